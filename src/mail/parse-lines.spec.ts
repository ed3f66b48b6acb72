import fc from 'fast-check';
import { withoutEndlessParts } from './parse-lines.js';
import { parseMail } from './parse.js';

const HEAD = 'From: ada@example.com\r\nSubject: x\r\nMIME-Version: 1.0\r\n';
const MIXED = `${HEAD}Content-Type: multipart/mixed; boundary="b"\r\n\r\n`;

describe('endless parts', () => {
  it('are cut, and what stands behind them is still read', async () => {
    const raw = Buffer.from(
      `${MIXED}--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n${'\n'.repeat(100_000)}--b\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n--b--\r\n`,
    );
    expect(withoutEndlessParts(raw).length).toBeLessThan(30_000);
    const parsed = await parseMail(raw);
    expect(parsed).toMatchObject({
      kind: 'mail',
      mail: {
        parts: [{ contentType: 'text/calendar', content: expect.stringContaining('BEGIN:VCALENDAR') }],
      },
    });
    expect(parsed.kind === 'mail' && parsed.mail.text.trim()).toBe('hello');
  });

  it('are bounded also where there are many of them, or where lines only look like boundaries', () => {
    const many = `--b\r\n\r\n${'\n'.repeat(19_000)}`.repeat(20);
    expect(withoutEndlessParts(Buffer.from(MIXED + many)).length).toBeLessThan(210_000);
    expect(withoutEndlessParts(Buffer.from(`${HEAD}\r\n${'--\n'.repeat(100_000)}`)).length).toBeLessThan(
      61_000,
    );
  });

  it('leaves alone whatever is short', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('--b', '--b--', '', 'x'.repeat(500), 'boundary=b')), (lines) => {
        const raw = Buffer.from(MIXED + lines.join('\r\n'));
        expect(withoutEndlessParts(raw)).toBe(raw);
      }),
    );
  });
});
