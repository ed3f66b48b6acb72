import type { ImapFlowOptions } from 'imapflow';

/** How to reach an IMAP server (RFC 9051, RFC 8314). */
export interface ImapSettings {
  host: string;
  port: number;
  /** `starttls`: required, never a plain fallback. */
  tls: 'implicit' | 'starttls' | 'none';
  username: string;
  /** One of the two; a token signs in by OAUTHBEARER or XOAUTH2. */
  password?: string;
  accessToken?: string;
  /** A certificate authority in PEM, trusted instead of the public ones. For tests. */
  ca?: string;
  /** In ms. */
  timeouts?: { connect: number; greeting: number; socket: number };
}

/** The same as imapflow wants it. Nothing of a conversation is logged: it holds mail, and secrets. */
export function imapOptions(settings: ImapSettings): ImapFlowOptions {
  const { host, port, tls, username, password, accessToken, ca, timeouts } = settings;
  return {
    host,
    port,
    secure: tls === 'implicit',
    ...(tls !== 'implicit' && { doSTARTTLS: tls === 'starttls' }),
    auth: { user: username, ...(accessToken === undefined ? { pass: password ?? '' } : { accessToken }) },
    ...(ca !== undefined && { tls: { ca } }),
    ...(timeouts && {
      connectionTimeout: timeouts.connect,
      greetingTimeout: timeouts.greeting,
      socketTimeout: timeouts.socket,
    }),
    clientInfo: { name: 'Followthrough', version: false, vendor: false, 'support-url': false },
    logger: false,
  };
}
