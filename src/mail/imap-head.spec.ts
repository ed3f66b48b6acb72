import { readHead } from './imap-head.js';

const head = (...lines: string[]) => readHead(Buffer.from(`${lines.join('\r\n')}\r\n`));

describe('the header of a mail in a folder', () => {
  it('names everybody it goes to, each once, and what it answers', async () => {
    const read = await head(
      'Message-ID: <one@example.org>',
      'In-Reply-To: <two@example.com>',
      'References: <three@example.com>',
      ' <two@example.com>',
      'From: =?utf-8?q?Ad=C3=A9l?= <Ada@Example.org>',
      'To: "Hop, Grace" <Grace@example.com>, Friends: a@example.net, b@example.net;',
      'Cc: grace@example.com',
      'Bcc: c@example.net',
      'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=',
      'Date: Mon, 23 Nov 2026 10:00:00 +0100',
    );
    expect(read).toEqual({
      messageId: '<one@example.org>',
      inReplyTo: ['<two@example.com>'],
      references: ['<three@example.com>', '<two@example.com>'],
      from: 'ada@example.org',
      recipients: ['grace@example.com', 'a@example.net', 'b@example.net', 'c@example.net'],
      subject: 'Grüße',
      date: new Date('2026-11-23T09:00:00Z'),
      automatic: false,
      ours: null,
    });
  });

  it.each([
    ['auto-replied', true],
    ['auto-generated; x=1', true],
    ['no', false],
  ])('tells a machine by Auto-Submitted: %s', async (value, automatic) => {
    expect((await head('From: a@example.org', `Auto-Submitted: ${value}`)).automatic).toBe(automatic);
  });

  it('says nothing of what it cannot read', async () => {
    expect(await head('Date: yesterday', 'To: undisclosed-recipients:;', 'From: nobody')).toMatchObject({
      messageId: null,
      references: [],
      from: null,
      recipients: [],
      date: null,
    });
    expect((await readHead(Buffer.alloc(0))).messageId).toBeNull();
  });
});
