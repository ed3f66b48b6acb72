import { randomBytes } from 'node:crypto';
import { foldLines } from 'nodemailer/lib/mime-funcs';
import { encode, wrap } from 'nodemailer/lib/qp';
import { encodedWords } from './encoded-words.js';

interface Mailbox {
  name: string;
  address: string;
}

/** A mail to be written: everything checked, ids in angle brackets, line ends CRLF, other headers in ASCII. */
export interface MimeFields {
  from: Mailbox;
  to: Mailbox;
  subject: string;
  text: string;
  html?: string | undefined;
  messageId: string;
  /** As it stands in the header. */
  date: string;
  inReplyTo?: string | undefined;
  references?: readonly string[] | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * The bytes of one mail, text in quoted-printable, HTML beside it as an alternative. Says what nodemailer's composer says,
 * without its tree and its streams, which cost more than the writing itself: a spec holds the two equal.
 */
export function mimeBytes(mail: MimeFields): Buffer {
  const header = [
    ...Object.entries(mail.headers ?? {}).map(([key, value]) => field(key, value)),
    address('From', mail.from),
    address('To', mail.to),
    field(
      'Subject',
      readable(mail.subject, (subject) => subject),
    ),
    field('Message-ID', mail.messageId),
    field('In-Reply-To', mail.inReplyTo ?? ''),
    field('References', mail.references?.join(' ') ?? ''),
  ];
  const closing = [field('Date', mail.date), 'MIME-Version: 1.0\r\n'];
  const text = part('plain', mail.text);
  if (mail.html === undefined) {
    const body = [text.encoding, ...closing, text.type, '\r\n', text.content];
    return bytes([...header, ...body], text.content.endsWith('\n'));
  }
  // "=_" cannot occur in quoted-printable (RFC 2045 6.7).
  const boundary = `=_${randomBytes(12).toString('hex')}`;
  const type = `Content-Type: multipart/alternative;\r\n boundary="${boundary}"\r\n`;
  const parts = [text, part('html', mail.html)].map(
    ({ type: of, encoding, content }) => `--${boundary}\r\n${of}${encoding}\r\n${content}\r\n`,
  );
  return bytes([...header, ...closing, type, '\r\n', ...parts, `--${boundary}--\r\n`], true);
}

function part(kind: 'plain' | 'html', content: string): Record<'type' | 'encoding' | 'content', string> {
  return {
    type: `Content-Type: text/${kind}; charset=utf-8\r\n`,
    encoding: 'Content-Transfer-Encoding: quoted-printable\r\n',
    content: safeLines(encode(content)),
  };
}

/**
 * Lines no program on the way takes for something else (RFC 2049, 3): some put ">" before "From ", which breaks a
 * signature, and a dot alone ends a message. Breaking a line may make either, so the first is written before it, the
 * second, which grows by two in a line of one, after.
 */
function safeLines(encoded: string): string {
  const lines = wrap(encoded.replaceAll('From ', '=46rom '), 76);
  return lines.startsWith('.') || lines.includes('\n.') ? lines.replace(/^\.$/gm, '=2E') : lines;
}

/** Headers of mail to addresses outside ASCII are UTF-8 (RFC 6532). */
function bytes(pieces: readonly string[], ended: boolean): Buffer {
  return Buffer.from(pieces.join('') + (ended ? '' : '\r\n'), 'utf8');
}

/** @param mailbox its address a dot-atom (`envelopeAddress`), so that it stands as it is */
function address(key: string, { name, address: bare }: Mailbox): string {
  const words = readable(name, phrase);
  return field(key, words === '' ? bare : `${words} <${bare}>`);
}

/** Words of ASCII, one space between them, and nothing a reader would decode: what is read is what was written. */
const PLAIN = /^(?!.*=\?)[!-~]+(?: [!-~]+)*$/;

function readable(text: string, plainly: (text: string) => string): string {
  if (text.trim() === '') return '';
  return PLAIN.test(text) ? plainly(text) : encodedWords(text);
}

/** Atoms as they are, else a quoted-string (RFC 5322, 3.2.4). */
function phrase(name: string): string {
  return /^[\w ]+$/.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`;
}

/** Folded where it is long (RFC 5322 2.2.3); an empty one is left out. */
function field(key: string, value: string): string {
  if (value.trim() === '') return '';
  const line = `${key}: ${value}`;
  return `${line.length < 76 ? line : foldLines(line, 76)}\r\n`;
}
