/** Why a mail came back: the closed list. `other` where the report does not say. */
export type BounceReason =
  | 'user-unknown'
  | 'host-unknown'
  | 'mailbox-full'
  | 'suspended'
  | 'moved'
  | 'policy'
  | 'spam'
  | 'authentication'
  | 'size'
  | 'content'
  | 'expired'
  | 'network'
  | 'system'
  | 'relay'
  | 'rate'
  | 'other';

/**
 * `hard`: the address is dead. `blocked`: it may well live, but this mail or its sender is not wanted there.
 * `soft`: a passing reason.
 */
export type BounceSeverity = 'hard' | 'soft' | 'blocked';

/** What a server's report says of one recipient. */
export interface Delivery {
  /** In lower case. */
  recipient: string | null;
  /** RFC 3463, e.g. `5.1.1`. */
  status: string | null;
  reason: BounceReason;
  /** The server's own words, at most 500 characters. */
  diagnostic: string;
}

export type BounceVerdict = { kind: 'bounce'; severity: BounceSeverity; why: string } & Delivery;
export type DelayVerdict = { kind: 'delay'; why: string } & Delivery;

/** Answers to a meeting (RFC 5546), or a meeting asked for or called off. */
export type CalendarAnswer = 'accepted' | 'declined' | 'tentative' | 'request' | 'cancel';
