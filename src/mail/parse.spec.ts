import fc from 'fast-check';
import type { ParsedMail } from '../core/inbound.js';
import { htmlToText } from './html-text.js';
import { MAIL_LIMIT, parseMail } from './parse.js';

const HEAD =
  'From: Ada <ada@example.org>\r\nTo: olga@example.com\r\nSubject: Hello\r\nMessage-ID: <1@example.org>\r\n';

async function read(raw: string | Buffer): Promise<ParsedMail> {
  const parsed = await parseMail(Buffer.from(raw));
  if (parsed.kind === 'refused') throw new Error(parsed.reason);
  return parsed.mail;
}

describe('reading a mail', () => {
  it('gives ids in brackets, plain addresses and an instant', async () => {
    const mail = await read(
      'From: =?utf-8?Q?J=C3=BCrgen?= <juergen@example.org>\r\n' +
        'To: Olga <olga@example.com>, team: a@example.com, b@example.com;\r\n' +
        'Subject: Re: =?utf-8?B?R3LDvMOfZQ==?=\r\nDate: Tue, 17 Nov 2026 09:05:00 +0100\r\n' +
        'Message-ID: <2@example.org>\r\nIn-Reply-To: <1@example.com> (Olga)\r\n' +
        'References: <0@example.com>\r\n\t<1@example.com>\r\nAuto-Submitted: no\r\n\r\nYes!\r\n',
    );
    expect(mail).toMatchObject({
      from: { address: 'juergen@example.org', name: 'Jürgen' },
      to: ['olga@example.com', 'a@example.com', 'b@example.com'],
      subject: 'Re: Grüße',
      date: new Date('2026-11-17T08:05:00Z'),
      messageId: '<2@example.org>',
      inReplyTo: '<1@example.com>',
      references: ['<0@example.com>', '<1@example.com>'],
      parts: [],
    });
    expect(mail.text.trim()).toBe('Yes!');
    expect(mail.headers).toContainEqual({ key: 'auto-submitted', value: 'no' });
  });

  it('says null where nothing usable stands', async () => {
    const mail = await read('Subject: x\r\nDate: soon\r\nFrom: undisclosed:;\r\nMessage-ID: none\r\n\r\n');
    expect(mail).toMatchObject({
      from: null,
      to: [],
      date: null,
      messageId: null,
      inReplyTo: null,
      references: [],
    });
  });

  it('keeps the parts of a delivery report apart from its words', async () => {
    const mail = await read(
      `${HEAD}Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n` +
        '--b\r\nContent-Type: text/plain\r\n\r\nIt did not arrive.\r\n' +
        '--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n' +
        'Final-Recipient: rfc822; nobody@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n' +
        '--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <our@example.com>\r\nSubject: Ours\r\n\r\nHi\r\n--b--\r\n',
    );
    expect(mail.text.trim()).toBe('It did not arrive.');
    expect(mail.parts.map(({ contentType }) => contentType)).toEqual([
      'message/delivery-status',
      'message/rfc822',
    ]);
    expect(mail.parts[0]?.content).toContain('Status: 5.1.1');
    expect(mail.parts[1]?.content).toContain('Message-ID: <our@example.com>');
  });

  it('reads HTML as words when there is nothing else, quotes marked', async () => {
    const mail = await read(
      `${HEAD}Content-Type: text/html; charset=utf-8\r\n\r\n<style>p{}</style><p>Yes,&nbsp;gladly &amp; soon!</p>` +
        '<div>Ada</div><blockquote><p>Shall we?</p><br>Olga</blockquote>',
    );
    expect(mail.text).toBe('Yes, gladly & soon!\n\nAda\n> Shall we?\n\n> Olga');
  });

  it('cleans NUL and lone surrogates, in header and body', async () => {
    const mail = await read(
      Buffer.from(`Subject: a\0b\r\n${HEAD.replace(/Subject.*\r\n/, '')}\r\nx\0y \ud800z\r\n`),
    );
    expect([mail.subject, mail.text.includes('xy')]).toEqual(['ab', true]);
    expect(JSON.stringify(mail)).not.toMatch(/\\u0000|\\ud800/);
  });

  it('takes the line of a mailbox file for no header', async () => {
    expect(await read(`From ada@example.org Tue Nov 17 09:05:00 2026\r\n${HEAD}\r\nHi`)).toMatchObject({
      subject: 'Hello',
      messageId: '<1@example.org>',
    });
  });

  it('refuses rubbish with its reason', async () => {
    const reasons: [Buffer, RegExp][] = [
      [Buffer.alloc(0), /empty/],
      [Buffer.from(' \r\n\r\n'), /empty/],
      [Buffer.from('Just some words.\n'), /not a mail/],
      [Buffer.from('name,e-mail\r\nAda,ada@example.org\r\n'), /not a mail/],
      [Buffer.from('Note: this is no mail\r\n\r\nHi'), /not a mail/],
      [Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 1, 2, 3, 4, 5]), /binary/],
      [
        Buffer.concat([Buffer.from(HEAD), Buffer.alloc(10_000_000, 'X-Long: y\r\n')]),
        /header is larger than 256 KB/,
      ],
      [Buffer.from(`Subject: ${'x'.repeat(10_000_000)}\r\n\r\nHi`), /header is larger than 256 KB/],
      [Buffer.concat([Buffer.from(`${HEAD}\r\n`), Buffer.alloc(MAIL_LIMIT)]), /larger than 25 MB/],
      [Buffer.from(`${HEAD}${nested(60)}`), /cannot be read/],
    ];
    for (const [raw, reason] of reasons) {
      expect(await parseMail(raw)).toEqual({
        kind: 'refused',
        reason: expect.stringMatching(reason) as string,
      });
    }
  });

  it('never throws, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const parsed = await parseMail(Buffer.concat([Buffer.from(HEAD), bytes]));
        expect(JSON.stringify(parsed)).not.toContain('\\u0000');
      }),
    );
  });

  it('reads HTML in linear time and never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', 'p', '/', '!--', '&', '#', '9', ';') }),
        (html) => {
          expect(htmlToText(html)).not.toMatch(/\n{3}/);
        },
      ),
    );
    expect(htmlToText('<'.repeat(300_000))).toBe('');
    expect(htmlToText(`a${'<b>'.repeat(150_000)}c`)).toBe('ac');
  });
});

function nested(levels: number): string {
  let mime = '';
  for (let n = 0; n < levels; n += 1)
    mime += `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`;
  return mime;
}
