import { addressIn, fieldBlocks } from './mail.js';
import { statusIn } from './smtp-words.js';

/** One recipient of a delivery status notification (RFC 3464). */
export interface RecipientReport {
  /** `failed`, `delayed`, `delivered`, `relayed`, `expanded`, or '' where not said. */
  action: string;
  /** The address that the sender wrote, where the report names it and another one was tried. */
  original?: string;
  /** The address that was tried, in lower case. */
  recipient: string | null;
  /** RFC 3463; the better of what the field and the diagnostic say. */
  status: string | null;
  /** Diagnostic-Code and what some servers put in its place. */
  said: string;
}

/** Every recipient block of a message/delivery-status part, or of a text that quotes one. */
export function recipientReports(content: string): RecipientReport[] {
  return fieldBlocks(content)
    .filter((fields) => ['action', 'status', 'final-recipient'].some((key) => fields.has(key)))
    .map((fields) => {
      const said = [fields.get('diagnostic-code'), fields.get('x-supplementary-info')]
        .filter((each) => each !== undefined && each !== '')
        .join(' ')
        .replace(/^\s*[\w-]{1,20}\s*;\s*/u, '');
      const stated = statusIn(fields.get('status') ?? '');
      const vague = stated === null || stated.endsWith('.0.0');
      const recipient = recipientOf(fields);
      const wrote = addressIn(fields.get('original-recipient'));
      return {
        ...(wrote !== null && wrote !== recipient && { original: wrote }),
        action: /[a-z]{1,20}/i.exec(fields.get('action') ?? '')?.[0].toLowerCase() ?? '',
        recipient,
        status: vague ? (statusIn(said) ?? stated) : stated,
        said,
      };
    });
}

/** The address tried; where that one is the server's own name for a mailbox, the one the sender wrote. */
function recipientOf(fields: Map<string, string>): string | null {
  const tried = addressIn(fields.get('final-recipient'));
  const wrote = addressIn(fields.get('original-recipient'));
  const local = /^[^@]*@(?:localhost|[^@.]+|.*\.(?:local|internal|lan))$/u;
  if (tried !== null && (wrote === null || !local.test(tried))) return tried;
  return wrote ?? tried ?? addressIn(fields.get('x-actual-recipient'));
}

/** The report that matters: one that failed for good, before one that waits, before one that arrived. */
export function worst(reports: RecipientReport[]): RecipientReport | null {
  const rank = (report: RecipientReport): number =>
    report.action === 'failed' ? 0 : report.action === 'delayed' ? 1 : report.action === '' ? 2 : 3;
  const named = reports.filter((report) => report.recipient !== null);
  return [...(named.length > 0 ? named : reports)].sort((a, b) => rank(a) - rank(b))[0] ?? null;
}
