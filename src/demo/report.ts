import type { DraftParagraph } from '../core/compose.js';
import { rows, type Db } from '../database/rows.js';
import type { OutcomeRow } from '../outcomes/outcomes.schemas.js';
import type { Why } from '../outcomes/why.schemas.js';
import type { Received } from './town.js';

const WIDTH = 88;

export interface SentMail {
  name: string;
  to: string;
  kind: string;
  subject: string;
  sentAt: Date;
  paragraphs: DraftParagraph[];
}

/** Three that show most: an answer to what was asked, a kept promise in its thread, and one who only stood on the list. */
export async function threeMails(
  db: Db,
  ownerId: string,
  received: readonly Received[],
): Promise<SentMail[]> {
  const sent = await rows<SentMail & { messageId: string }>(
    db,
    `SELECT DISTINCT ON (support) support, c.full_name AS name, m.to_address AS "to", m.kind, w.subject, m.sent_at, w.paragraphs,
            m.message_id_header AS message_id
       FROM message m JOIN message_body w ON w.message_id = m.id JOIN contact g ON g.id = m.contact_id
       JOIN contact c ON c.id = coalesce(g.merged_into, g.id)
      CROSS JOIN LATERAL (
        SELECT CASE WHEN m.kind = 'follow-up' AND w.paragraphs @> '[{"id":"kept"}]' THEN '2 kept'
                    WHEN m.kind = 'first' AND w.paragraphs @> '[{"id":"attended"}]' THEN '3 attended'
                    WHEN m.kind = 'first' AND w.paragraphs @> '[{"id":"asked"}]' THEN '1 asked' END AS support) s
      WHERE m.owner_id = $1 AND m.state = 'sent' AND m.channel = 'mail' AND support IS NOT NULL
      ORDER BY support, m.sent_at, c.full_name`,
    [ownerId],
  );
  // The subject of a follow-up is its thread's, and was written on the way out.
  const subjects = new Map(received.map(({ mail }) => [mail.messageId, mail.subject]));
  return sent.map((mail) => ({ ...mail, subject: subjects.get(mail.messageId) ?? mail.subject }));
}

/** Every mail as it arrived, by instant and recipient. */
export function letters(received: readonly Received[]): string {
  const key = ({ recipient, mail }: Received): string => `${mail.date?.toISOString() ?? ''} ${recipient}`;
  return [...received]
    .sort((a, b) => (key(a) < key(b) ? -1 : 1))
    .map(({ recipient, mail }) => {
      const head = [
        `Date: ${mail.date?.toISOString() ?? ''}`,
        `To: ${recipient}`,
        `Subject: ${mail.subject}`,
      ];
      if (mail.inReplyTo !== null) head.push(`In-Reply-To: ${mail.inReplyTo}`);
      return `${head.join('\n')}\n\n${mail.text.trim()}\n`;
    })
    .join(`\n${'-'.repeat(WIDTH)}\n\n`);
}

export function mailWithProvenance(mail: SentMail): string {
  const lines = [
    `  To:      ${mail.name} <${mail.to}>`,
    `  Subject: ${mail.subject}`,
    `  Sent:    ${mail.sentAt.toISOString().slice(0, 16).replace('T', ' ')} UTC (${mail.kind})`,
    '',
  ];
  for (const { text, sources } of mail.paragraphs) {
    lines.push(
      ...text
        .split('\n')
        .flatMap((line) => wrap(line, WIDTH - 4))
        .map((line) => `  │ ${line}`),
    );
    lines.push(`  └ from ${provenance(sources)}`, '');
  }
  return lines.join('\n').trimEnd();
}

function provenance(sources: DraftParagraph['sources']): string {
  const named = sources.map(({ kind, words }) => {
    if (kind === 'template') return 'the template';
    return kind === 'encounter'
      ? `the encounter (${words})`
      : `${kind === 'fact' ? 'your note' : `the ${kind}`} “${short(words)}”`;
  });
  return [...new Set(named)].join(', ');
}

export interface Withheld {
  /** All who wait for the same cause; the words are about the first. */
  names: string[];
  kind: string;
  why: string;
}

export function withheldOnes(db: Db, ownerId: string): Promise<Withheld[]> {
  return rows<Withheld>(
    db,
    `SELECT array_agg(name ORDER BY name) AS names, kind, min(why) FILTER (WHERE first) AS why
       FROM (SELECT c.full_name AS name, m.kind, m.why_code, m.why,
                    row_number() OVER (PARTITION BY m.why_code, m.kind ORDER BY c.full_name) = 1 AS first
               FROM message m JOIN contact g ON g.id = m.contact_id
               JOIN contact c ON c.id = coalesce(g.merged_into, g.id)
              WHERE m.owner_id = $1 AND m.state = 'withheld') withheld
      GROUP BY why_code, kind ORDER BY why_code, kind`,
    [ownerId],
  );
}

/** The birthdays that were brought to the owner's mind in time. */
export function remindedOf(db: Db, ownerId: string): Promise<{ name: string; on: string }[]> {
  return rows(
    db,
    `SELECT c.full_name AS name, m.occurs_on::text AS "on" FROM message m JOIN contact g ON g.id = m.contact_id
       JOIN contact c ON c.id = coalesce(g.merged_into, g.id)
      WHERE m.owner_id = $1 AND m.kind = 'birthday-reminder' AND m.state = 'sent' ORDER BY m.occurs_on, c.full_name`,
    [ownerId],
  );
}

/** The response rates, one row per group, with what is not known left open. */
export function ratesTable(items: readonly OutcomeRow[]): string {
  const percent = (value: number): string => `${(100 * value).toFixed(0)} %`;
  const head = ['', 'sent', 'arrived', 'answered', 'rate', '95 % interval', 'median to answer', 'opted out'];
  const body = items.map((item) => [
    item.group,
    String(item.sent),
    String(item.arrived),
    String(item.answered),
    item.rate ? percent(item.rate.value) : 'not enough data',
    item.rate ? `${percent(item.rate.low)} to ${percent(item.rate.high)}` : '',
    item.medianHours === null ? '' : hours(item.medianHours),
    String(item.optedOut),
  ]);
  return columns([head, ...body]);
}

function hours(value: number): string {
  return value < 48 ? `${value.toFixed(1)} hours` : `${(value / 24).toFixed(1)} days`;
}

export function columns(table: readonly (readonly string[])[]): string {
  const widths = (table[0] ?? []).map((_, index) =>
    Math.max(...table.map((row) => (row[index] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) =>
        index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0),
      )
      .join('  ');
  return table.map((row) => `  ${line(row)}`.trimEnd()).join('\n');
}

/** The short form of `followthrough why`. */
export function whyLine(why: Why): string {
  const said = why.messages.map(({ kind, state, sentAt, reasons }) => {
    const from = reasons
      .map(({ words }) => `“${short(words)}”`)
      .sort()
      .join(' and ');
    return `${kind} ${state}${sentAt ? ` on ${day(sentAt)}` : ''}${from ? `, because of ${from}` : ''}`;
  });
  const heard = why.inbound.map(({ kind, at }) => `${kind} on ${day(at)}`);
  const next = why.next.map(({ what, why: reason }) => `${what}: ${reason}`);
  const ended = why.enrollments.map(
    ({ state, why: reason }) => `the sequence is ${state}${reason ? `, ${reason}` : ''}`,
  );
  const parts = [...said, ...heard, ...ended, ...(next.length > 0 ? next : ['nothing more is planned'])];
  return wrapped(`${why.contact.fullName}: ${parts.join('; ')}.`);
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function short(words: string): string {
  const line = words.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** A paragraph of the report. */
export function wrapped(text: string): string {
  return wrap(text, WIDTH)
    .map((line) => `  ${line}`)
    .join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
