import { mailsIn } from './mail-files.js';

async function read(text: string, piece = 7): Promise<{ at: number | null; raw: string }[]> {
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < text.length; at += piece)
      yield await Promise.resolve(Buffer.from(text.slice(at, at + piece)));
  }
  const mails = [];
  for await (const { at, raw } of mailsIn(pieces())) mails.push({ at, raw: raw.toString() });
  return mails;
}

const LINE = 'From ada@example.com Fri Nov 20 09:00:00 2026\n';

describe('mailsIn', () => {
  it('gives a single mail as it is, whatever its pieces', async () => {
    const mail = 'Subject: a\r\n\r\nFrom here on 09:00\r\n\r\n>From there\r\n';
    for (const piece of [1, 7, 1000]) expect(await read(mail, piece)).toEqual([{ at: null, raw: mail }]);
  });

  it('splits a mailbox file and takes the quoting of "From " back', async () => {
    const box = `${LINE}Subject: a\n\none\nFrom the start\n>From two\n\n${LINE}Subject: b\n\nlast`;
    expect(await read(box)).toEqual([
      { at: 1, raw: `Subject: a\n\none\nFrom the start\nFrom two\n\n` },
      { at: 2, raw: `Subject: b\n\nlast` },
    ]);
  });

  it('gives nothing for nothing', async () => {
    expect(await read('')).toEqual([]);
  });
});
