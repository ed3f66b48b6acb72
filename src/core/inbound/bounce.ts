import { linesAbout, sessionWith } from './about-recipient.js';
import { reasonInWords, reasonOf, refusedLines } from './bounce-reasons.js';
import { BOUNCE_SUBJECT, DAEMON, DAEMON_NAME, FINAL, GIVEN_UP, LATER, OPENING } from './bounce-words.js';
import { recipientReports, worst, type RecipientReport } from './delivery-status.js';
import { jsonReport } from './json-report.js';
import { TEXT_LIMIT, addressesIn, clipped, header, part, type ParsedMail } from './mail.js';
import { recipientInProse, recipientsOf } from './plain-recipient.js';
import { FORWARD, forwardedReport, withLostText } from './report-text.js';
import { splitReturned } from './returned-part.js';
import { judged } from './severity.js';
import { SENT, answersIn, quotedReply, replyClass, stageIn, statusIn } from './smtp-words.js';
import type { BounceReason, BounceVerdict, DelayVerdict, DeliveryOfOne } from './verdict.js';

type Verdict =
  | BounceVerdict
  | DelayVerdict
  | { kind: 'complaint'; recipient: string | null; why: string }
  | { kind: 'other'; why: string };

const STATUS_TYPE = /^message\/(?:global-)?delivery-status/i;
const RETURNED_TYPE = /^(?:message\/(?:global|rfc822)|text\/rfc822-headers)/i;
const NO_REPLY = /^(?:no|do-?not)[-_.]?reply[^@]{0,64}@/i;
const JSON_LIMIT = 200_000;
const REPORT_INSIDE =
  /^content-type:[^\n]{0,200}(?:\n[ \t][^\n]{0,200}){0,3}?report-type="?delivery-status/im;
const ANSWER = /^(?:re|aw|sv|antw|odp|fwd?|wg|tr|rv|回复|答复)\s{0,3}:/iu;

/** What a server reports of a mail of ours, or null where the mail is no such report. */
export function deliveryReport(given: ParsedMail): Verdict | null {
  const mail = forwardedReport(given) ?? withLostText(given);
  const notice = jsonReport(mail.text.slice(0, JSON_LIMIT));
  if (notice?.kind === 'complaint')
    return { kind: 'complaint', recipient: notice.recipient, why: 'a notice of the sending service' };
  if (notice) return fromFields(mail, notice.report, '', '');
  const { said, returned } = splitReturned(mail.text.slice(0, TEXT_LIMIT));
  const attached = ofAnother(mail, said) ? null : (part(mail, STATUS_TYPE) ?? handedOn(mail, said));
  const inText = /^[>\s]{0,4}final-recipient\s{0,3}:/imu.test(mail.text.slice(0, TEXT_LIMIT));
  const fields = attached ?? (inText && looksLikeReport(mail, said) ? mail.text.slice(0, TEXT_LIMIT) : null);
  const reports = fields === null ? [] : recipientReports(fields);
  const report = worst(reports);
  if (report) {
    const verdict = fromFields(mail, report, said, returned);
    if (verdict.kind !== 'bounce') return verdict;
    const recipients = eachOf(reports, said);
    return recipients.length > 1 ? { ...verdict, recipients } : verdict;
  }
  if (looksLikeReport(mail, said)) return fromProse(mail, said, returned);
  const typed = /report-type="?delivery-status/i.test(header(mail, 'content-type'));
  return attached !== null || typed ? { kind: 'other', why: 'a delivery report that cannot be read' } : null;
}

/** A person, or a list, that sends on a report they got: about a mail of theirs, so none of our addresses is dead. */
function ofAnother(mail: ParsedMail, said: string): boolean {
  const fromServer =
    /^\s*multipart\/report\b/i.test(header(mail, 'content-type')) ||
    /^<\s*>/.test(header(mail, 'return-path'));
  return !fromServer && !looksLikeReport(mail, said);
}

/** A gateway that hands on another server's report as it came: a report inside the returned mail. */
function handedOn(mail: ParsedMail, said: string): string | null {
  const inner = part(mail, /^message\/rfc822/i) ?? '';
  return REPORT_INSIDE.test(inner.slice(0, 8000)) &&
    /^final-recipient:/im.test(inner) &&
    looksLikeReport(mail, said)
    ? inner
    : null;
}

/** Prose that only a mailer writes, from one that may. People answer and forward such reports too. */
function looksLikeReport(mail: ParsedMail, said: string): boolean {
  if (header(mail, 'x-failed-recipients') !== '') return true;
  const from = mail.from?.address ?? '';
  const daemon = from === '' || DAEMON.test(from) || DAEMON_NAME.test(mail.from?.name ?? '');
  const nullPath = /^<\s*>/.test(header(mail, 'return-path'));
  const typed = /report-type="?delivery-status/i.test(header(mail, 'content-type'));
  const named = BOUNCE_SUBJECT.test(mail.subject);
  const opens = OPENING.test(said.slice(0, 3000).replace(/\s+/gu, ' '));
  const start = said
    .slice(0, 400)
    .replace(/[\s*]+/gu, ' ')
    .search(OPENING);
  const begins = start >= 0 && start <= 2 && !FORWARD.test(mail.subject) && !/^>/mu.test(said);
  const failing =
    FINAL.test(said) || LATER.test(said) || statusIn(said) !== null || replyClass(said) !== null;
  const answers = mail.inReplyTo !== null || mail.references.length > 0 || !named || !begins;
  if (ANSWER.test(mail.subject) && answers && !nullPath && !DAEMON.test(from)) return false;
  if (daemon && (named || opens || failing)) return true;
  if ((nullPath || typed) && (named || opens)) return true;
  if (typed && failing) return true;
  const handsBack = mail.parts.some(({ contentType }) => RETURNED_TYPE.test(contentType));
  if (NO_REPLY.test(from) && opens && (named || handsBack)) return true;
  const sentOn = part(mail, STATUS_TYPE) !== null;
  return named && (opens || LATER.test(said.slice(0, 3000))) && mail.inReplyTo === null && !sentOn;
}

function fromFields(mail: ParsedMail, report: RecipientReport, said: string, returned: string): Verdict {
  if (/^(?:delivered|deliverable|relayed|expanded)$/.test(report.action))
    return { kind: 'other', why: `the server's report says ${report.action}` };
  const recipient = report.recipient ?? failedAddress(mail, said, returned);
  const focus = linesAbout(said, recipient);
  const words = report.said === '' ? focus : report.said;
  const failed = report.status !== null && !report.status.startsWith('2') ? report.status : null;
  const status =
    failed !== null && !failed.endsWith('.0.0')
      ? failed
      : (statusIn(answersIn(focus)) ?? statusIn(focus) ?? failed);
  // Mailers that run a command report its exit code alone.
  const sayings = /^\d{1,3}$/.test(report.said)
    ? [focus, `mailer error ${report.said}`]
    : [report.said, focus];
  const found = reasonOf(status, sayings, said);
  const { reason, severity } = weighed(found, status, words, [report.said, ...nearest(focus, said)]);
  const diagnostic = clipped(words === '' ? `${report.action} ${status ?? ''}` : words);
  const why =
    `the server's report says ${[report.action, status].filter(Boolean).join(' ')}`.trimEnd() +
    inWords(found, reason);
  const original = report.original !== undefined && { originalRecipient: report.original };
  const about = { recipient, ...original, status, reason, diagnostic, why };
  if (report.action === 'delayed' || (report.action === '' && waits(mail, said))) {
    return { kind: 'delay', ...about };
  }
  return { kind: 'bounce', severity, ...about };
}

/** An address at the head of a paragraph about it, as qmail and Postfix write it. */
const HEADING = /^<([^<>\s@]{1,64}@[^<>\s@]{1,255})>:/u;

/** Bounces of servers that do not speak RFC 3464. */
function fromProse(mail: ParsedMail, said: string, returned: string): Verdict {
  const recipient = failedAddress(mail, said, returned);
  const focus = linesAbout(said, recipient);
  const status = statusIn(answersIn(focus)) ?? statusIn(focus) ?? statusIn(said);
  const found = reasonOf(status, [refusedLines(focus), focus].filter(Boolean), `${said}\n\n${mail.subject}`);
  const { reason, severity } = weighed(found, status, focus, nearest(focus, sessionWith(said, recipient)));
  const diagnostic = clipped(focus.trim() !== '' ? focus : said.trim() !== '' ? said : mail.subject);
  const about = { recipient, status, reason, diagnostic };
  const basis = status === null ? "the server's words" : `the server's words and its code ${status}`;
  const why = basis + inWords(found, reason);
  if (waits(mail, said)) return { kind: 'delay', ...about, why };
  const recipients = eachOf(underHeadings(said), said);
  return {
    kind: 'bounce',
    severity,
    ...about,
    why,
    ...(recipients.length > 1 && { recipients }),
  };
}

/** Where to look for the stage: near the recipient first, since each has their own; a transcript is read whole. */
function nearest(focus: string, all: string): string[] {
  return SENT.test(all) ? [all] : [focus, all];
}

function weighed(
  reason: BounceReason,
  status: string | null,
  words: string,
  told: string[],
): ReturnType<typeof judged> {
  return judged(reason, {
    status,
    stage: stageIn(told),
    hearsay:
      /^(?:|\d\.[03]\.0)$/.test(status ?? '') &&
      quotedReply(words).some((each) => reasonInWords(each) === 'user-unknown'),
    passing: status === null ? replyClass(words) === '4' : status.startsWith('4'),
    plainly: PLAINLY.test(words.replace(/\s+/gu, ' ')),
  });
}

/**
 * The sentences of Yahoo and Mail.ru, which look for the mailbox only once they have the mail; words of machines,
 * such as Barracuda's for "no such user"; and the 542 of MessageLabs (Symantec), for an address not registered there.
 */
const PLAINLY =
  /(?:user|recipient) doesn[’']t have an? \S{1,80} account|\b(?:local mailbox \S{1,320} is unavailable: user|mailbox) not found|(?:nosuchuser|cuda_nsu)\b|\b542 \S{1,320} rejected/iu;

/** The same from prose that puts each address over a paragraph of its own. */
function underHeadings(said: string): RecipientReport[] {
  return said
    .split(/^(?=<[^<>\s@]{1,64}@[^<>\s@]{1,255}>:)/mu)
    .slice(1)
    .map((paragraph) => ({
      action: 'failed',
      recipient: HEADING.exec(paragraph)?.[1]?.toLowerCase() ?? null,
      status: statusIn(paragraph),
      said: paragraph.replace(HEADING, '').split(/\n[ \t]*\n/u)[0] ?? '',
    }));
}

/** What a report of several recipients says of each that it did not deliver to. */
function eachOf(reports: RecipientReport[], said: string): DeliveryOfOne[] {
  const each = new Map<string, DeliveryOfOne>();
  for (const report of reports.slice(0, 200)) {
    const { recipient, status } = report;
    if (recipient === null || each.has(recipient) || !/^(?:|failed|delayed)$/.test(report.action)) continue;
    const about = linesAbout(said, recipient);
    const words = report.said === '' ? about : report.said;
    const { reason, severity } = weighed(reasonOf(status, [words], ''), status, words, [report.said, about]);
    each.set(recipient, {
      recipient,
      status,
      reason,
      severity: report.action === 'delayed' ? null : severity,
    });
  }
  return [...each.values()];
}

function inWords(found: BounceReason, reason: BounceReason): string {
  if (reason === 'other') return '';
  return `: ${found.replaceAll('-', ' ')}${found === reason ? '' : ', but as filters say it'}`;
}

function waits(mail: ParsedMail, said: string): boolean {
  return LATER.test(`${mail.subject}\n${said}`) && !GIVEN_UP.test(said);
}

function failedAddress(mail: ParsedMail, said: string, returned: string): string | null {
  const stated = addressesIn(header(mail, 'x-failed-recipients'));
  const failed = stated.find((address) => said.toLowerCase().includes(address));
  if (failed !== undefined) return failed;
  if (stated.length === 1 && !said.includes('@')) return stated[0] ?? null;
  const head = part(mail, /^(?:message\/(?:global|rfc822)|text\/(?:rfc822|message)-headers)/i) ?? returned;
  const not = [...mail.to, ...(mail.from ? [mail.from.address] : []), ...addressesIn(header(mail, 'to'))];
  return recipientInProse(said, head, not) ?? stated[0] ?? recipientsOf(head)[0] ?? null;
}
