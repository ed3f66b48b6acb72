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
  /** The address we wrote to, where it forwards and the report names both (RFC 3464, Original-Recipient). */
  originalRecipient?: string;
  /** RFC 3463, e.g. `5.1.1`. */
  status: string | null;
  reason: BounceReason;
  /** The server's own words, at most 500 characters. */
  diagnostic: string;
}

/** One of several recipients of whom a report speaks. `severity`: null where the server still tries. */
export type DeliveryOfOne = Omit<Delivery, 'diagnostic'> & { severity: BounceSeverity | null };

/** `recipients`: everybody of whom the report speaks ill, where that is more than one; the verdict is of the first. */
export type BounceVerdict = {
  kind: 'bounce';
  severity: BounceSeverity;
  why: string;
  recipients?: DeliveryOfOne[];
} & Delivery;
export type DelayVerdict = { kind: 'delay'; why: string } & Delivery;

/** Answers to a meeting (RFC 5546), or a meeting asked for or called off. */
export type CalendarAnswer = 'accepted' | 'declined' | 'tentative' | 'request' | 'cancel';
