import fc from 'fast-check';
import MailComposer from 'nodemailer/lib/mail-composer';
import { mimeBytes, type MimeFields } from './mime-bytes.js';

const words = fc.oneof(
  fc.stringMatching(/^[A-Za-z ,.'-]{0,90}$/),
  fc.string({ unit: 'grapheme', maxLength: 120 }).map((text) => text.replace(/\p{Cc}/gu, '')),
);
const body = fc
  .array(words, { minLength: 1, maxLength: 40 })
  .chain((lines) =>
    fc.constantFrom('\r\n', '\r\n\r\n', ' \r\n', ' ').map((end) => `.${lines.join(end)}`.trimEnd()),
  );
const mailbox = fc.record({
  name: words,
  address: fc.constantFrom(
    'ada@example.org',
    'grace.hopper+1@mail.example.com',
    'jürgen@example.com',
    "o'b@example.org",
  ),
});
const id = fc.stringMatching(/^<[a-z0-9.]{1,60}@example\.org>$/);
const extra: (Record<string, string> | undefined)[] = [
  undefined,
  { 'X-Entity-Ref': '1' },
  { 'List-Unsubscribe': '<mailto:a@example.org>' },
];
const mail = fc.record({
  from: mailbox,
  to: mailbox,
  subject: words,
  text: body,
  html: fc.option(body, { nil: undefined }),
  messageId: id,
  date: fc.constant('Mon, 23 Nov 2026 10:00:00 +0100'),
  inReplyTo: fc.option(id, { nil: undefined }),
  references: fc.option(fc.array(id, { minLength: 1, maxLength: 8 }), { nil: undefined }),
  headers: fc.constantFrom(...extra),
});

/** Header fields in any order, boundaries by another name: neither says anything. */
function told(raw: Buffer): { header: string[]; body: string } {
  const [boundary = ''] = /(?<=boundary=")[^"]+/.exec(raw.toString()) ?? [];
  const text = boundary === '' ? raw.toString() : raw.toString().replaceAll(boundary, 'BOUNDARY');
  const end = text.indexOf('\r\n\r\n');
  return {
    header: text
      .slice(0, end)
      .split(/\r\n(?![ \t])/)
      .sort(),
    body: text.slice(end),
  };
}

describe('mimeBytes', () => {
  it('says what nodemailer would', async () => {
    await fc.assert(
      fc.asyncProperty(mail, async (given) => {
        const fields: MimeFields = given;
        const { references, headers, ...rest } = fields;
        const composer = new MailComposer({
          ...structuredClone(rest),
          ...(references && { references: [...references] }),
          ...(headers && { headers: { ...headers } }),
          encoding: 'quoted-printable',
        });
        expect(told(mimeBytes(fields))).toEqual(told(await composer.compile().build()));
      }),
      { numRuns: 300 },
    );
  });
});
