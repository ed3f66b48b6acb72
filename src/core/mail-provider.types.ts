/** One server of a mail provider. `implicit`: TLS from the first byte; `starttls`: required. */
export interface MailServer {
  host: string;
  port: number;
  tls: 'implicit' | 'starttls' | 'none';
}

/** What is known of a provider, so that its customers need to type an address and a password only. */
export interface MailProvider {
  name: string;
  /** Addresses under these are its own. */
  domains: readonly string[];
  /** Ends of the names of its mail exchangers: who has these for an own domain is its customer. */
  mx: readonly string[];
  smtp: MailServer;
  /** Null: it cannot be read. */
  imap: MailServer | null;
  /** Signs in with the whole address, or with what stands before the @. */
  username: 'address' | 'local';
  /** Where the owner makes an app password, which this provider wants in place of the one they know; null: none. */
  appPassword: string | null;
  /** By whose OAuth it can be signed in to. */
  oauth: 'google' | 'microsoft' | null;
  /** Takes no password at all. */
  oauthOnly: boolean;
  /** Files a copy of what is submitted by SMTP in Sent; null: not known. */
  savesSent: boolean | null;
  /** Recipients in a day after which it refuses more, as it says itself for an ordinary account; null: not known. */
  perDay: number | null;
  /** What the owner has to switch on first, a sentence; null: nothing. */
  first: string | null;
}
