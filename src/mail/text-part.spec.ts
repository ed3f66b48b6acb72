import { writtenText } from '../core/inbound/written.js';
import { parseMail } from './parse.js';
import { isPoorText, unflow } from './text-part.js';

const HEAD = 'From: Ada <ada@example.org>\r\nTo: olga@example.com\r\nSubject: x\r\nMIME-Version: 1.0\r\n';

async function textOf(raw: string | Buffer): Promise<string> {
  const parsed = await parseMail(Buffer.isBuffer(raw) ? raw : Buffer.from(raw));
  return parsed.kind === 'mail' ? parsed.mail.text.trim() : parsed.reason;
}

describe('flowed text', () => {
  it('joins what flows, at one depth of quote only', async () => {
    const body =
      '> Shall we \r\n> meet?\r\n>> before \r\n> Soon? \r\nYes, \r\ngladly.\r\n From here.\r\n\r\n-- \r\nAda\r\n';
    const wanted = '> Shall we meet?\n>> before \n> Soon? \nYes, gladly.\nFrom here.\n\n-- \nAda';
    const text = await textOf(
      `${HEAD}Content-Type: text/plain; charset=utf-8;\r\n format=flowed\r\n\r\n${body}`,
    );
    expect(text).toBe(wanted);
    expect(writtenText(text).text).toBe('Yes, gladly.\nFrom here.');
    expect(await textOf(`${HEAD}Content-Type: text/plain; charset=utf-8\r\n\r\n${body}`)).toContain(
      'Yes, \n',
    );
  });

  it('drops the space where DelSp says so', async () => {
    expect(unflow('\u4f60 \n\u597d', true)).toBe('\u4f60\u597d');
    expect(
      await textOf(`${HEAD}Content-Type: text/plain; format="flowed"; delsp=yes\r\n\r\nab \r\ncd\r\n`),
    ).toBe('abcd');
  });

  it('asks no mail that is only attached', async () => {
    const raw = `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nAda \r\nBob\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nContent-Type: text/plain; format=flowed\r\n\r\nx\r\n--b--\r\n`;
    expect(await textOf(raw)).toBe('Ada \nBob');
  });
});

describe('charsets', () => {
  const plain = (charset: string, bytes: number[]): Buffer =>
    Buffer.concat([
      Buffer.from(`${HEAD}Content-Type: text/plain${charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`),
      Buffer.from(bytes),
    ]);

  it.each([
    ['; charset=iso-2022-jp', [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42], '日本'],
    ['; charset=gb2312', [0xc4, 0xe3, 0xba, 0xc3], '你好'],
    ['; charset=koi8-r', [0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4], 'Привет'],
    ['; charset=big5', [0xa7, 0x41, 0xa6, 0x6e], '你好'],
    ['; charset=us-ascii', [0x47, 0x72, 0xfc, 0xdf, 0x65], 'Grüße'],
    ['', [0x47, 0x72, 0xfc, 0xdf, 0x65, 0x20, 0x80], 'Grüße €'],
    ['', [0x47, 0x72, 0xc3, 0xbc, 0xc3, 0x9f, 0x65], 'Grüße'],
  ])('reads text/plain%s', async (charset, bytes, text) => {
    expect(await textOf(plain(charset, bytes))).toBe(text);
  });

  it('reads a mail that declares nothing at all', async () => {
    expect(
      await textOf(
        Buffer.concat([Buffer.from('From: a@example.org\r\nSubject: x\r\n\r\n'), Buffer.from([0x47, 0xfc])]),
      ),
    ).toBe('Gü');
  });
});

describe('a poor text part', () => {
  it('gives way to the HTML', async () => {
    const mail = (text: string): string =>
      `${HEAD}Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n${text}\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Rich.</p>\r\n--b--\r\n`;
    expect(await textOf(mail(' \u00a0 '))).toBe('Rich.');
    expect(await textOf(mail('Your mail program does not support HTML. Please use another.'))).toBe('Rich.');
    expect(await textOf(mail('Plain.'))).toBe('Plain.');
    expect(await textOf(mail('👍'))).toBe('👍');
    expect(isPoorText('I like HTML.')).toBe(false);
  });
});
