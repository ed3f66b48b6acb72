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
  name: words.map((name) => name.trim()),
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

function hexOf(char: string): string {
  return (char === '_' ? ' ' : char).charCodeAt(0).toString(16);
}

/** RFC 2047, 6.2: what the words say, without what stands between two of them. */
function decoded(value: string): string {
  const text = value.replace(/\r\n(?=[ \t])/g, '').replace(/\?=\s+=\?/g, '?==?');
  return text.replace(/(?:=\?UTF-8\?[BQ]\?[^?]*\?=)+/g, (words) =>
    Buffer.concat(
      [...words.matchAll(/\?([BQ])\?([^?]*)\?=/g)].map(([, encoding, said = '']) =>
        encoding === 'B'
          ? Buffer.from(said, 'base64')
          : Buffer.from(
              said.replace(/=(..)|(.)/g, (_all, hex?: string, char = '') => hex ?? hexOf(char)),
              'hex',
            ),
      ),
    ).toString(),
  );
}

/** Header fields in any order, boundaries by another name, words encoded in other pieces: none of it says anything. */
function told(raw: Buffer): { header: string[]; body: string } {
  const [boundary = ''] = /(?<=boundary=")[^"]+/.exec(raw.toString()) ?? [];
  const text = boundary === '' ? raw.toString() : raw.toString().replaceAll(boundary, 'BOUNDARY');
  const end = text.indexOf('\r\n\r\n');
  return {
    header: text
      .slice(0, end)
      .split(/\r\n(?![ \t])/)
      .map((field) => decoded(field).replace(/"/g, ''))
      .sort(),
    body: text.slice(end).replace(/^\.$/gm, '=2E'),
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

  const plain = (over: Partial<MimeFields>): string =>
    mimeBytes({
      from: { name: 'Olga', address: 'olga@example.com' },
      to: { name: 'Ada', address: 'ada@example.org' },
      subject: 'x',
      text: 'x',
      messageId: '<a@example.com>',
      date: 'Mon, 23 Nov 2026 10:00:00 +0100',
      ...over,
    }).toString();
  const head = (raw: string, name: string): string =>
    new RegExp(`^${name}: ((?:.*)(?:\\r\\n[ \\t].*)*)`, 'm').exec(raw)?.[1] ?? '';

  // A reader that decodes it would read a line break and a second recipient.
  it.each(['=?utf-8?Q?=0D=0ABcc:_eve=40example.net?=', 'a =?x', 'two  spaces', 'a\ttab', 'trailing '])(
    'lets "%s" be read as it was written',
    (words) => {
      const raw = plain({ subject: words, to: { name: words, address: 'ada@example.org' } });
      const subject = head(raw, 'Subject');
      expect(subject).toMatch(/^(?:=\?UTF-8\?[BQ]\?[^? ]+\?=\s*)+$/);
      expect(decoded(subject)).toBe(words);
      expect(decoded(head(raw, 'To'))).toBe(`${words} <ada@example.org>`);
    },
  );

  it('encodes whole characters in words of at most 75, ending where words of the text do', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), (given) => {
        // U+FFFD is what half a character is read as: the text itself has none.
        const subject = `Grüße ${given.replace(/\p{Cc}|\ufffd/gu, '')}`;
        const raw = plain({ subject });
        const value = head(raw, 'Subject');
        expect(decoded(value)).toBe(subject);
        for (const line of `Subject: ${value}`.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76);
        for (const word of value.split(/\s+/)) {
          expect(word.length).toBeLessThanOrEqual(75);
          expect(decoded(word)).not.toContain('\ufffd');
        }
      }),
    );
    const name = 'Jürgen Müller-Lüdenscheidt von und zu Großherzogenaurach am See';
    const words = head(plain({ to: { name, address: 'ada@example.org' } }), 'To').split(/\s+/);
    expect(words.slice(0, -2).every((word) => decoded(word).endsWith(' '))).toBe(true);
  });

  it('begins no line with "From " and leaves no dot alone, wherever lines break', () => {
    const raw = plain({ text: `From here\r\n.\r\n${'x'.repeat(74)} From ${'y'.repeat(75)}.\r\nFrom there` });
    expect(raw).not.toMatch(/^(?:From |\.\r$)/m);
    expect(raw).toContain('=46rom here\r\n=2E\r\n');
    for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76);
  });
});
