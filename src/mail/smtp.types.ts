/** How to reach a submission server (RFC 6409) or a relay. */
export interface SmtpSettings {
  host: string;
  port: number;
  /** `implicit`: TLS from the first byte (RFC 8314). `starttls`: required, never a plain fallback. */
  tls: 'implicit' | 'starttls' | 'none';
  username?: string;
  password?: string;
  /** Instead of a password: signs in by XOAUTH2. */
  accessToken?: string;
  /** A certificate authority in PEM, trusted instead of the public ones. For tests. */
  ca?: string;
  /** In ms. `socket` is the silence allowed at any later moment; RFC 5321 4.5.3.2 asks for ten minutes. */
  timeouts?: { connect: number; greeting: number; socket: number };
}

/**
 * Where a conversation ended. Everything up to and including `body` is provably unsent: the final dot cannot
 * have left. `dot` with a code is a refusal; `dot` without one is unknown.
 */
export type Stage =
  'connect' | 'tls' | 'greeting' | 'ehlo' | 'auth' | 'mail' | 'rcpt' | 'data' | 'body' | 'dot';

/** `code` is the server's own 4xx or 5xx; null means that no such reply came (lost, timed out, or refused by us). */
export interface Ended {
  kind: 'ended';
  stage: Stage;
  code: number | null;
  text: string;
}

export type SendEnd =
  | {
      kind: 'accepted';
      response: string;
      /** The id the server says it put in place of ours (Microsoft 365, Amazon SES), with angle brackets. */
      serverMessageId?: string;
    }
  | { kind: 'withdrawn' }
  | Ended;

export interface OpenRefused {
  kind: 'refused';
  stage: Stage;
  code: number | null;
  text: string;
}
