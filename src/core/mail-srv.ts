import type { MailServer } from './mail-provider.types.js';

/** An SRV record (RFC 2782). */
export interface SrvRecord {
  name: string;
  port: number;
  priority: number;
  weight: number;
}

/** What a domain says of its mail servers, by the names asked for. Missing: it says nothing. */
export interface SrvAnswers {
  /** `_submissions._tcp`, RFC 8314. */
  submissions?: readonly SrvRecord[];
  /** `_submission._tcp`, RFC 6186. */
  submission?: readonly SrvRecord[];
  imaps?: readonly SrvRecord[];
  imap?: readonly SrvRecord[];
}

/** The servers that a domain announces (RFC 6186, RFC 8314 5.1): TLS from the first byte before STARTTLS. */
export function serversOfSrv(said: SrvAnswers): { smtp: MailServer | null; imap: MailServer | null } {
  return {
    smtp: best(said.submissions, 'implicit') ?? best(said.submission, 'starttls'),
    imap: best(said.imaps, 'implicit') ?? best(said.imap, 'starttls'),
  };
}

/** Lowest priority, then greatest weight: one mailbox spreads no load. A single dot says that there is no such service. */
function best(records: readonly SrvRecord[] = [], tls: 'implicit' | 'starttls'): MailServer | null {
  const [first] = records
    .filter(({ name, port }) => name !== '' && name !== '.' && port > 0)
    .sort((a, b) => a.priority - b.priority || b.weight - a.weight || (a.name < b.name ? -1 : 1));
  if (!first) return null;
  return { host: first.name.replace(/\.$/, '').toLowerCase(), port: first.port, tls };
}
