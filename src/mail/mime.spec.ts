import fc from 'fast-check';
import { htmlBody } from './html-body.js';
import { composeMime, HeaderRefused, type MimeInput } from './mime.js';
import { parseMail } from './parse.js';

const FROM = 'olga@example.com';
const TO = 'ada@example.org';

describe('composing', () => {
  const INPUT: MimeInput = {
    from: { name: 'Olga Özil', address: FROM },
    to: { name: 'Lovelace, Ada "the first"', address: TO },
    subject:
      'Re: Grüße aus Zürich – your question about the analytical engine and its notes on Bernoulli numbers',
    text: 'Hello Ada,\n\nZoë’s link: https://example.com/x\n.\nFrom here on\n',
    messageId: 'abc.1@example.com',
    date: new Date('2026-11-17T08:05:00Z'),
    zone: 'Europe/Zurich',
    inReplyTo: '<abc.0@example.com>',
    references: ['<abc.0@example.com>', 'abc.x@example.com'],
    headers: { 'X-Entity-Ref': '1' },
  };

  it('writes what it was given, and nothing else', async () => {
    const mime = await composeMime(INPUT);
    const parsed = await parseMail(mime);
    expect(parsed).toMatchObject({
      kind: 'mail',
      mail: {
        from: INPUT.from,
        to: [TO],
        subject: INPUT.subject,
        messageId: '<abc.1@example.com>',
        inReplyTo: '<abc.0@example.com>',
        references: ['<abc.0@example.com>', '<abc.x@example.com>'],
        date: INPUT.date,
        parts: [],
      },
    });
    if (parsed.kind === 'mail') expect(parsed.mail.text.trimEnd()).toBe(INPUT.text.trimEnd());
    const raw = mime.toString('latin1');
    expect(raw).toContain('Date: Tue, 17 Nov 2026 09:05:00 +0100\r\n');
    expect(raw).toContain('Content-Type: text/plain; charset=utf-8');
    expect(raw).not.toMatch(/x-mailer|^bcc/im);
    expect(raw).not.toMatch(/[^\r\n\x20-\x7e]|[^\r\n]{999}/);
  });

  it('takes a text of many short lines: each of them ends', async () => {
    const text = Array.from({ length: 300 }, (_, n) => `line ${n}`).join('\n');
    const raw = (await composeMime({ ...INPUT, text })).toString();
    expect(raw).toContain('\r\nline 1\r\nline 2\r\n');
    expect(raw).not.toMatch(/[^\r]\n/);
  });

  it('brings text and HTML that say the same as alternatives', async () => {
    const mime = await composeMime({ ...INPUT, html: '<p>Hello Ada</p>' });
    expect(mime.toString()).toContain('multipart/alternative');
  });

  it('keeps an IDN address one address', async () => {
    const mime = await composeMime({ ...INPUT, to: { name: '', address: 'ada@bücher.example' } });
    expect(mime.toString()).toContain('To: ada@xn--bcher-kva.example\r\n');
  });

  it.each<[string, Partial<MimeInput>]>([
    ['subject', { subject: 'Hello\r\nBcc: evil@example.net' }],
    ['subject', { subject: 'Hello\0' }],
    ['subject', { subject: 'Hello\u2028Bcc: evil@example.net' }],
    ['subject', { subject: 'x'.repeat(1_000) }],
    ['headers.X-Kind', { headers: { 'X-Kind': `<${'x'.repeat(990)}>` } }],
    ['headers.X-Kind', { headers: { 'X-Kind': '<mailto:é@example.org>' } }],
    ['to.name', { to: { name: 'Ada\nBcc: evil@example.net', address: TO } }],
    ['to.address', { to: { name: 'Bob', address: 'a@example.org, evil@example.net' } }],
    ['to.address', { to: { name: 'Bob', address: 'ada@example.org\r\nBcc: evil@example.net' } }],
    ['from.name', { from: { name: 'Olga\r', address: FROM } }],
    ['from.address', { from: { name: 'Olga', address: 'friends:olga@example.com;' } }],
    ['messageId', { messageId: '<a@example.com> <b@example.com>' }],
    ['inReplyTo', { inReplyTo: '<a@example.com>\r\nX: y' }],
    ['references[1]', { references: ['<a@example.com>', '<b\n@example.com>'] }],
    ['headers.X-Kind', { headers: { 'X-Kind': 'a\r\nBcc: evil@example.net' } }],
    ['headers.X Kind', { headers: { 'X Kind': 'a' } }],
    ['headers.Bcc', { headers: { Bcc: 'evil@example.net' } }],
    ['headers.to', { headers: { to: 'evil@example.net' } }],
    ['date', { date: new Date(NaN) }],
    ['zone', { zone: 'Europe/Atlantis' }],
  ])('refuses and names %s', async (field, change) => {
    const refused = composeMime({ ...INPUT, ...change });
    await expect(refused).rejects.toThrow(HeaderRefused);
    await expect(refused).rejects.toMatchObject({ field });
  });

  // What some servers take for the end of a message, and what follows for the next one (CVE-2023-51764 and its family).
  it('has no line end but CRLF, no line of one dot and nothing beyond ASCII, whatever the words', async () => {
    const piece = fc.constantFrom('\r', '\n', '\r\n', '.', '..', '\0', '\u2028', '\u0085', 'ü', 'MAIL FROM:<e@example.net>', 'x'.repeat(998), ' '); // prettier-ignore
    const words = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(words, async (text) => {
        const raw = (await composeMime({ ...INPUT, text, html: htmlBody(text) })).toString('latin1');
        expect(raw).not.toMatch(/\r(?!\n)|(?<!\r)\n|^\.\r$|[^\r\n\x20-\x7e]/m);
        expect(raw.endsWith('\r\n')).toBe(true);
      }),
    );
  });

  it('lets no name redirect the mail', async () => {
    for (const name of [
      'Bob <evil@example.net>',
      'a@example.net,',
      'x"\\',
      'friends:',
      '<',
      'evil@example.net',
      '\u202eevil',
    ]) {
      const mime = await composeMime({ ...INPUT, to: { name, address: TO } });
      expect(await parseMail(mime)).toMatchObject({ mail: { to: [TO] } });
    }
  });
});
