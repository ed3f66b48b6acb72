import { asciiDomain } from './address.js';

/** The columns of a sent message that matching needs; callers may pass rows with more. */
export interface OurMessage {
  id: string;
  /** With angle brackets. */
  messageId: string;
  /** The one address it went to. */
  to: string;
  sentAt: Date;
}

/** What an inbound mail says about where it belongs. Ids with or without angle brackets. */
export interface ThreadMail {
  inReplyTo: string | null;
  references: string[];
  /** Messages of ours that a plus-address names (see `plusIds`). */
  plusIds?: string[];
  /** Bare address. */
  from: string | null;
  /** When it arrived; null: not known. */
  at?: Date | null;
  /** Message-IDs of the mail that a bounce returns, the likeliest first (see `returned`). */
  returnedIds: string[];
  returnedRecipients: string[];
}

export type ThreadMatch<M extends OurMessage> =
  | { kind: 'message'; message: M; by: 'references' | 'plus-address' | 'dsn' }
  /** Of somebody we wrote to. `answers`: it may be about that very message, which is the last before it. */
  | { kind: 'sender'; message: M; by: 'from' | 'returned-recipient'; answers: boolean }
  | { kind: 'none' };

/** How a mail was found to belong to somebody; `owner`: by their hand. */
export type MatchedBy = 'references' | 'plus-address' | 'dsn' | 'token' | 'sender' | 'subject' | 'owner';

/** References longer than this are folded: a line of a header holds 998 octets (RFC 5322). */
const REFERENCES_OCTETS = 900;
const HEAD_LIMIT = 64_000;
/** So far clocks of servers may differ before a mail counts as older than what it seems to answer: ms. */
const SKEW = 3_600_000;

/** `<id@host>` without white space, or null for what is no Message-ID. The case is kept: ids are case-sensitive. */
export function normaliseId(raw: string): string | null {
  const bare = (/<([^<>]+)>/.exec(raw)?.[1] ?? raw).replace(/[\s<>]/gu, '');
  return bare === '' || bare.length > 900 || /\p{Cc}/u.test(bare) ? null : `<${bare}>`;
}

/** All ids of a header that may list several, in their order. */
function idsIn(value: string): string[] {
  const found = value.match(/<[^<>]+>/g) ?? [value];
  return found.flatMap((raw) => normaliseId(raw) ?? []);
}

/** Ids of the form of ours in a header that a gateway has broken: folded inside an id, a bracket lost, escaped for HTML. */
export function idsInBroken(value: string): string[] {
  const joined = value.slice(0, HEAD_LIMIT).replace(/\s+/gu, '');
  const ours = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@[a-z0-9-]+(?:\.[a-z0-9-]+)*/gi;
  return (joined.match(ours) ?? []).map((id) => `<${id}>`);
}

/** Direct answer first, then References from the newest to the oldest. */
function answeredIds(mail: ThreadMail): string[] {
  return [
    ...(mail.inReplyTo === null ? [] : idsIn(mail.inReplyTo)),
    ...mail.references.flatMap(idsIn).reverse(),
  ];
}

/** Every Message-ID the mail may be about, best first and each once: the caller loads these rows. */
export function candidateIds(mail: ThreadMail): string[] {
  return [...new Set([...answeredIds(mail), ...mail.returnedIds.flatMap(idsIn)])];
}

/** Every address whose latest message may be the one, in lower case: the caller loads these rows too. */
export function candidateAddresses(mail: ThreadMail): string[] {
  const all = [...(mail.from === null ? [] : [mail.from]), ...mail.returnedRecipients];
  return [...new Set(all.map((address) => address.trim().toLowerCase()).filter((address) => address !== ''))];
}

/**
 * Which of our messages a mail belongs to. `rows` are the messages with one of `candidateIds` or to one of
 * `candidateAddresses`; their order does not matter. Ids win over addresses: an assistant answers from elsewhere. What came
 * before our mail does not answer it, and what returns an id that is not ours is about some other mail.
 */
export function matchThread<M extends OurMessage>(mail: ThreadMail, rows: readonly M[]): ThreadMatch<M> {
  const byId = new Map(rows.map((row) => [normaliseId(row.messageId), row]));
  const firstOf = (ids: string[]): M | undefined =>
    ids.map((id) => byId.get(id)).find((row) => row !== undefined);
  const before = (row: M): boolean => !mail.at || row.sentAt.getTime() <= mail.at.getTime() + SKEW;
  const latestTo = (addresses: string[]): { message: M; answers: boolean } | null => {
    const wanted = new Set(addresses.map((address) => address.trim().toLowerCase()));
    const theirs = rows
      .filter((row) => wanted.has(row.to.trim().toLowerCase()))
      .sort((a, b) => b.sentAt.getTime() - a.sentAt.getTime());
    const last = theirs.find(before);
    const message = last ?? theirs[0];
    return message ? { message, answers: last !== undefined && mail.returnedIds.length === 0 } : null;
  };

  const answered = firstOf(answeredIds(mail));
  if (answered) return { kind: 'message', message: answered, by: 'references' };
  const named = rows.find(({ id }) => mail.plusIds?.includes(id));
  if (named) return { kind: 'message', message: named, by: 'plus-address' };
  const bounced = firstOf(mail.returnedIds.flatMap(idsIn));
  if (bounced) return { kind: 'message', message: bounced, by: 'dsn' };
  const toSender = latestTo(mail.from === null ? [] : [mail.from]);
  if (toSender) return { kind: 'sender', by: 'from', ...toSender };
  const toRecipient = latestTo(mail.returnedRecipients);
  return toRecipient ? { kind: 'sender', by: 'returned-recipient', ...toRecipient } : { kind: 'none' };
}

/**
 * The messages of ours that the tag of a recipient names: `ada+0193...@example.org` for the message of that id, with or
 * without its dashes, where `ada@example.org` is ours.
 * @param recipients bare addresses the mail went to
 * @param own bare addresses of the owner
 */
export function plusIds(recipients: readonly string[], own: readonly string[]): string[] {
  const ours = new Set(own.map((address) => address.trim().toLowerCase()));
  return recipients.flatMap((recipient) => {
    const [, local, tag, domain] =
      /^([^+@\s]{1,64})\+([^@\s]{1,100})@(\S{1,255})$/.exec(recipient.trim().toLowerCase()) ?? [];
    if (tag === undefined || !ours.has(`${local}@${domain}`)) return [];
    const hex = /(?:^|[^0-9a-f])([0-9a-f]{32})$/.exec(` ${tag.replaceAll('-', '')}`)?.[1];
    return hex === undefined ? [] : [hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')];
  });
}

/**
 * Ids and recipients in the mail that a bounce returns: its `message/rfc822` or `text/rfc822-headers` part
 * (RFC 3464, RFC 6522), else headers copied into the text. The returned Message-ID comes first, then its References,
 * because some providers replace the id and keep ours there.
 */
export function returned(mail: { text: string; parts: { contentType: string; content: string }[] }): {
  ids: string[];
  recipients: string[];
} {
  const heads = mail.parts
    .filter((part) => /^\s*(?:message\/(?:rfc822|global)|text\/rfc822-headers)/i.test(part.contentType))
    .map(
      (part) =>
        part.content
          .slice(0, HEAD_LIMIT)
          .trimStart()
          .split(/\r?\n\r?\n/, 1)[0] ?? '',
    );
  const source = (heads.length > 0 ? heads.join('\n') : mail.text.slice(0, HEAD_LIMIT)).replace(
    /\r?\n[ \t]+/g,
    ' ',
  );
  const values = (name: string): string[] =>
    [...source.matchAll(new RegExp(`^[> \\t]*${name}:[ \\t]*(\\S.*)$`, 'gim'))].map(
      (match) => match[1] ?? '',
    );
  return {
    ids: [...values('Message-ID').flatMap(idsIn), ...values('References').flatMap(idsIn).reverse()],
    recipients: values('To').flatMap(
      (value) => value.match(/[^\s<>,;:"()@]{1,64}@[^\s<>,;:"()@]{1,255}/g) ?? [],
    ),
  };
}

/**
 * Headers of a mail that goes on in the thread of `previous` (RFC 5322, 3.6.4): its subject as that of an answer, and
 * References cut to the first and the last ten.
 */
export function replyHeaders(previous: { messageId: string; references: string[]; subject: string }): {
  inReplyTo: string;
  references: string[];
  subject: string;
} {
  const own = normaliseId(previous.messageId);
  if (own === null) throw new RangeError('A thread needs the Message-ID of the mail before.');
  const chain = [...new Set(previous.references.flatMap(idsIn))].filter((id) => id !== own);
  const all = [...chain, own];
  const [first, ...rest] = all;
  const references = first === undefined || all.length <= 11 ? all : [first, ...rest.slice(-10)];
  while (references.length > 2 && references.join(' ').length > REFERENCES_OCTETS) references.splice(1, 1);
  return { inReplyTo: own, references, subject: replySubject(previous.subject) };
}

/** The same subject with one `Re: `, however often the client's language put its own before it. */
export function replySubject(subject: string): string {
  const reply = /^\s*(?:re|aw|antw?|sv|vs|ref|rif|res|tr)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*/i;
  let plain = subject.replace(/\s+/gu, ' ').trim();
  while (reply.test(plain)) plain = plain.replace(reply, '');
  return `Re: ${plain}`.trim();
}

/**
 * A Message-ID of ours, stable for one message because the UUID is kept with its row.
 * @throws RangeError for a UUID or domain that is none; both are ours, so that is a mistake in the program.
 */
export function newMessageId(uuid: string, domain: string): string {
  const host = asciiDomain(domain);
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid))
    throw new RangeError('A Message-ID needs a UUID.');
  if (host === null) throw new RangeError(`A Message-ID needs a domain, not ${JSON.stringify(domain)}.`);
  return `<${uuid.toLowerCase()}@${host}>`;
}
