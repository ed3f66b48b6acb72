import { ownWords } from './inbound-text.js';
import {
  ABSENT_BODY,
  ABSENT_SUBJECT,
  AUTO_SUBJECT,
  BOUNCE_DELAY,
  BOUNCE_FINAL,
  BOUNCE_SUBJECT,
  asksIn,
  returnDate,
  wantsOut,
} from './inbound-words.js';

/** A mail as the MIME parser hands it over. Header keys in lower case; addresses bare; text decoded. */
export interface ParsedMail {
  headers: { key: string; value: string }[];
  from: { address: string; name: string } | null;
  to: string[];
  subject: string;
  text: string;
  date: Date | null;
  messageId: string | null;
  inReplyTo: string | null;
  references: string[];
  /** Parts a machine wrote, e.g. message/delivery-status, message/rfc822, text/rfc822-headers. */
  parts: { contentType: string; content: string }[];
}

export type InboundVerdict =
  /** A human, an assistant too. `asks`: their sentences that ask or request something. */
  | { kind: 'reply'; optOut: boolean; asks: string[] }
  /** `returnOn`: `YYYY-MM-DD` when stated. */
  | { kind: 'auto-reply'; returnOn: string | null }
  /** `status`: RFC 3463, e.g. `5.1.1`. `recipient` in lower case. */
  | {
      kind: 'bounce';
      severity: 'hard' | 'soft';
      recipient: string | null;
      status: string | null;
      diagnostic: string;
    }
  | { kind: 'opt-out' }
  | { kind: 'complaint' }
  | { kind: 'other'; why: string };

type Bounce = Extract<InboundVerdict, { kind: 'bounce' }>;

const PART_LIMIT = 64_000;
const TEXT_LIMIT = 20_000;
const ADDRESS = /[^\s<>,;:"()@]{1,64}@[^\s<>,;:"()@]{1,255}/;
const STATUS = /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\d|\.\d)/;
const DAEMON =
  /^(?:mailer-?daemon|mail-?daemon|postmaster|bounces?|microsoftexchange[0-9a-f]*)(?:[+-][^@]*)?@/i;
const NO_REPLY = /^(?:no|do-?not)[-_.]?reply[^@]*@|^notifications?@/i;

function header(mail: ParsedMail, key: string): string {
  return mail.headers.find((entry) => entry.key.toLowerCase() === key)?.value.trim() ?? '';
}

function part(mail: ParsedMail, type: RegExp): string | null {
  return (
    mail.parts.find((entry) => type.test(entry.contentType.trim()))?.content.slice(0, PART_LIMIT) ?? null
  );
}

/** Blocks of `Name: value` fields, unfolded, as RFC 3464 and RFC 5965 use them. */
function fieldBlocks(content: string): Map<string, string>[] {
  return content
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+(?=\S)/g, ' ')
    .split(/\n\s*\n/)
    .map((block) => {
      const fields = new Map<string, string>();
      for (const line of block.split('\n')) {
        const match = /^\s{0,3}([A-Za-z][A-Za-z-]{1,60})\s{0,3}:(.*)$/.exec(line);
        const key = match?.[1]?.toLowerCase();
        if (key !== undefined && !fields.has(key)) fields.set(key, match?.[2]?.trim() ?? '');
      }
      return fields;
    });
}

function clipped(text: string): string {
  return text
    .slice(0, 2000)
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .trim()
    .slice(0, 500);
}

function addressIn(text: string | undefined): string | null {
  return (
    ADDRESS.exec(text?.slice(0, 2000) ?? '')?.[0]
      ?.replace(/[.'\]]+$/, '')
      .toLowerCase() ?? null
  );
}

/** Class (2, 4, 5) of the first SMTP reply in a text, or null. */
function replyClass(text: string): string | null {
  return /(?<![\d.])([245])\d\d(?=[\s-]+(?:[245]\.\d|\S))/.exec(text)?.[1] ?? null;
}

/**
 * A delivery status notification (RFC 3464). Action `delayed` is soft whatever the status; `failed` is hard for 5.x.x
 * and soft for 4.x.x. Some servers write the empty status x.0.0: then a better one in the diagnostic counts.
 */
function deliveryStatus(content: string): Bounce | { kind: 'other'; why: string } | null {
  const reports = fieldBlocks(content).filter(
    (fields) => fields.has('action') || fields.has('status') || fields.has('final-recipient'),
  );
  const actionOf = (fields: Map<string, string>): string =>
    /[a-z]+/i.exec(fields.get('action') ?? '')?.[0].toLowerCase() ?? '';
  const fields =
    reports.find((report) => actionOf(report) === 'failed') ??
    reports.find((report) => actionOf(report) === 'delayed') ??
    reports.find((report) => actionOf(report) === '') ??
    reports[0];
  if (!fields) return null;
  const action = actionOf(fields);
  if (/^(?:delivered|relayed|expanded)$/.test(action))
    return { kind: 'other', why: `delivery report: ${action}` };

  const said = fields.get('diagnostic-code') ?? '';
  const stated = STATUS.exec(fields.get('status') ?? '')?.[0] ?? null;
  const better = STATUS.exec(said)?.[0] ?? null;
  const vague = stated === null || stated.endsWith('.0.0') || stated.startsWith('2');
  const status = vague ? (better ?? stated) : stated;
  const severityClass = status !== null && !status.startsWith('2') ? status[0] : replyClass(said);
  return {
    kind: 'bounce',
    severity: action === 'delayed' || severityClass === '4' ? 'soft' : 'hard',
    recipient: addressIn(fields.get('original-recipient')) ?? addressIn(fields.get('final-recipient')),
    status,
    diagnostic: clipped(said === '' ? `${action} ${status ?? ''}` : said),
  };
}

/** Bounces of servers that do not speak RFC 3464: no return path or a mailer's address, and words of failure. */
function plainBounce(mail: ParsedMail): InboundVerdict | null {
  const failed = header(mail, 'x-failed-recipients');
  const daemon = DAEMON.test(mail.from?.address ?? '');
  const nullPath = /^<\s*>/.test(header(mail, 'return-path'));
  const named = BOUNCE_SUBJECT.test(mail.subject);
  const text = mail.text.slice(0, TEXT_LIMIT);
  if (
    failed === '' &&
    !(daemon && (named || BOUNCE_FINAL.test(text) || STATUS.test(text))) &&
    !(nullPath && named)
  )
    return null;
  if (/Final-Recipient:/i.test(text)) {
    const report = deliveryStatus(text);
    if (report !== null) return report;
  }
  const status = STATUS.exec(text)?.[0] ?? null;
  const line = text.split('\n').find((each) => STATUS.test(each) || replyClass(each) !== null) ?? '';
  const stated = status !== null && !status.startsWith('2') ? status[0] : replyClass(line);
  const delayed =
    /delay|verzögert|warning/i.test(mail.subject) || (stated !== '5' && BOUNCE_DELAY.test(text));
  const hard = stated === '5' || (stated === null && (BOUNCE_FINAL.test(text) || failed !== '' || named));
  return {
    kind: 'bounce',
    severity: hard && !delayed ? 'hard' : 'soft',
    recipient: addressIn(failed) ?? addressIn(text),
    status,
    diagnostic: clipped(line === '' ? (text.trim() === '' ? mail.subject : text.trimStart()) : line),
  };
}

/** RFC 3834 and its older relatives. X-Auto-Response-Suppress alone proves nothing: newsletters carry it too. */
function isAutoReply(mail: ParsedMail, own: string, listed: boolean): boolean {
  const said = (key: string): boolean => !/^(?:|no|false|0)$/i.test(header(mail, key));
  const submitted = header(mail, 'auto-submitted');
  if (submitted !== '' && !/^no(?:$|[\s;(])/i.test(submitted)) return true;
  if (['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-mail-autoreply', 'x-auto-reply-from'].some(said))
    return true;
  const precedence = header(mail, 'precedence');
  // Lists mark what people write as bulk; an answer that came over a list is still an answer.
  if (/^auto[_-]?reply$/i.test(precedence) || (!listed && /^(?:bulk|junk)$/i.test(precedence))) return true;
  if (AUTO_SUBJECT.test(mail.subject)) return true;
  // "Out of office" may be a person's subject too: the body has to say the same of the present.
  const absent = ABSENT_BODY.test(own.slice(0, TEXT_LIMIT));
  return absent && (ABSENT_SUBJECT.test(mail.subject) || /^<\s*>/.test(header(mail, 'return-path')));
}

function complaint(mail: ParsedMail): InboundVerdict | null {
  const report = part(mail, /^message\/feedback-report/i);
  if (report === null && !/report-type="?feedback-report/i.test(header(mail, 'content-type'))) return null;
  const type =
    fieldBlocks(report ?? '').map((fields) => fields.get('feedback-type')?.toLowerCase())[0] ?? 'abuse';
  if (type === 'opt-out' || type === 'opt-out-list') return { kind: 'opt-out' };
  // "not-spam" takes a complaint back; "auth-failure" (RFC 6591) is a report about DKIM and SPF.
  return /^(?:not-spam|auth-failure|dmarc)/.test(type)
    ? { kind: 'other', why: `feedback report: ${type}` }
    : { kind: 'complaint' };
}

/**
 * What an inbound mail is. Never throws. In doubt it is a `reply`: a reply stops what is planned, and stopping is the
 * mistake that harms nobody. Only what the person wrote is read for opt-outs and asks; quotes are stripped.
 */
export function classify(mail: ParsedMail): InboundVerdict {
  const complained = complaint(mail);
  if (complained) return complained;
  const type = header(mail, 'content-type').slice(0, 1000);
  if (
    part(mail, /^message\/disposition-notification/i) !== null ||
    /report-type="?disposition-notification/i.test(type)
  ) {
    return { kind: 'other', why: 'read receipt' };
  }
  const status = part(mail, /^message\/(?:global-)?delivery-status/i);
  const report = status === null ? null : deliveryStatus(status);
  if (report) return report;
  if (/^\s*unsubscribe\s*$/i.test(mail.subject)) return { kind: 'opt-out' };
  const bounced = plainBounce(mail);
  if (bounced) return bounced;
  if (status !== null || /report-type="?delivery-status/i.test(type))
    return { kind: 'other', why: 'unreadable delivery report' };

  const own = ownWords(mail.text);
  const answers = mail.inReplyTo !== null || mail.references.length > 0;
  const listed = header(mail, 'list-id') !== '' || /^list$/i.test(header(mail, 'precedence'));
  if (listed && !answers) return { kind: 'other', why: 'mailing list' };
  if (isAutoReply(mail, own, listed)) {
    return { kind: 'auto-reply', returnOn: returnDate(`${mail.subject}\n\n${own}`, mail.date) };
  }
  if (mail.from === null) return { kind: 'other', why: 'no sender' };
  if (!answers && NO_REPLY.test(mail.from.address)) return { kind: 'other', why: 'automatic notification' };

  const optOut = wantsOut(own);
  const asks = asksIn(own);
  const short = own.split(/\s+/).length <= 30;
  return optOut && short && asks.length === 0 ? { kind: 'opt-out' } : { kind: 'reply', optOut, asks };
}
