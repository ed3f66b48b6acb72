import { randomBytes } from 'node:crypto';
import { foldLines } from 'nodemailer/lib/mime-funcs';
import MimeNode from 'nodemailer/lib/mime-node';
import { encode, wrap } from 'nodemailer/lib/qp';

interface Mailbox {
  name: string;
  address: string;
}

/** A mail to be written: everything checked, ids in angle brackets, line ends CRLF. */
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

/** Knows how header values are encoded (RFC 2047, 6532); holds nothing. */
const encoder = new MimeNode('text/plain');

/**
 * The bytes of one mail, text in quoted-printable, HTML beside it as an alternative. Says what nodemailer's composer says,
 * by its own encoders, without its tree and its streams, which cost more than the writing itself: a spec holds the two equal.
 */
export function mimeBytes(mail: MimeFields): Buffer {
  const header = [
    ...Object.entries(mail.headers ?? {}).map(([key, value]) => encoded(key, value)),
    address('From', mail.from),
    address('To', mail.to),
    /^[\w ,.'-]*$/.test(mail.subject) ? field('Subject', mail.subject) : encoded('Subject', mail.subject),
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
    content: wrap(encode(content), 76),
  };
}

/** Headers of mail to addresses outside ASCII are UTF-8 (RFC 6532). */
function bytes(pieces: readonly string[], ended: boolean): Buffer {
  return Buffer.from(pieces.join('') + (ended ? '' : '\r\n'), 'utf8');
}

function address(key: string, { name, address }: Mailbox): string {
  const plain = /^[\w ]*\w$/.test(name) && /^[\w.+-]+@[a-z0-9.-]+$/.test(address);
  return plain ? field(key, `${name} <${address}>`) : encoded(key, { name, address });
}

function encoded(key: string, value: string | Mailbox): string {
  return field(key, encoder.encodeHeaderValue(key, value));
}

/** Folded where it is long (RFC 5322 2.2.3); an empty one is left out. */
function field(key: string, value: string): string {
  if (value.trim() === '') return '';
  const line = `${key}: ${value}`;
  return `${line.length < 76 ? line : foldLines(line, 76)}\r\n`;
}
