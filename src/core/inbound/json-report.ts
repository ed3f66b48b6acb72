import type { RecipientReport } from './delivery-status.js';
import { addressIn } from './mail.js';
import { statusIn } from './smtp-words.js';

/** A notice of a sending service in JSON, as Amazon SES mails it through SNS. */
export type JsonReport =
  { kind: 'report'; report: RecipientReport } | { kind: 'complaint'; recipient: string | null };

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const first = (value: unknown): Record<string, unknown> => record(Array.isArray(value) ? value[0] : value);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The notice at the head of a text, or null. Whatever follows the object, a footer for instance, is left out. */
export function jsonReport(body: string): JsonReport | null {
  const start = body.slice(0, 200).search(/\S/u);
  if (body[start] !== '{' || !/"(?:notificationType|eventType|Message|bounce)"/u.test(body)) return null;
  const outer = record(parsed(body.slice(start)));
  const notice = typeof outer.Message === 'string' ? record(parsed(outer.Message)) : outer;
  const kind = (text(notice.notificationType) || text(notice.eventType)).toLowerCase();
  if (kind === 'complaint') {
    const who = first(record(notice.complaint).complainedRecipients);
    return { kind: 'complaint', recipient: addressIn(text(who.emailAddress)) };
  }
  if (kind === 'delivery') {
    const [to] = Array.isArray(record(notice.delivery).recipients)
      ? (record(notice.delivery).recipients as unknown[])
      : [];
    return {
      kind: 'report',
      report: { action: 'delivered', recipient: addressIn(text(to)), status: null, said: '' },
    };
  }
  const details = record(notice.bounce ?? notice.deliveryDelay);
  if (kind !== 'bounce' && kind !== 'deliverydelay') return null;
  const who = first(details.bouncedRecipients ?? details.delayedRecipients);
  const said = text(who.diagnosticCode).replace(/^\s*[\w-]{1,20}\s*;\s*/u, '');
  const types =
    `${text(details.bounceType)} ${text(details.bounceSubType)} ${text(details.delayType)}`.trim();
  return {
    kind: 'report',
    report: {
      action: kind === 'bounce' ? 'failed' : 'delayed',
      recipient: addressIn(text(who.emailAddress)),
      status: statusIn(text(who.status)) ?? statusIn(said),
      said: said === '' ? (SUBTYPES[text(details.bounceSubType)] ?? types) : said,
    },
  };
}

/** SES's own words for what no server said. */
const SUBTYPES: Record<string, string> = {
  NoEmail: 'unknown recipient',
  Suppressed: 'unknown recipient (suppression list of the service)',
  MailboxFull: 'mailbox full',
  MessageTooLarge: 'message too large',
  ContentRejected: 'message content rejected',
  AttachmentRejected: 'attachment rejected',
};

/** The object with which a text begins, or undefined. A line break that mailing put into a string is taken out. */
function parsed(body: string): unknown {
  const given = body.slice(0, 200_000);
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < given.length; at += 1) {
    const char = given[at];
    if (char === '\\' && quoted) at += 1;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === '{') depth += 1;
    else if (!quoted && char === '}' && (depth -= 1) === 0) {
      try {
        return JSON.parse(given.slice(0, at + 1).replace(/[\r\n]+ ?/gu, ' ')) as unknown;
      } catch {
        return undefined;
      }
    }
  }
  return undefined;
}
