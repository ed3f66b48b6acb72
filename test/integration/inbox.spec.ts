import { row, rows } from '../../src/database/rows.js';
import type { Inbound, ReplyDebt } from '../../src/database/entities/inbound.entity.js';
import type { Message } from '../../src/database/entities/message.entity.js';
import { startApp, type TestApp } from '../app.js';
import { buildContact, buildEnrollment, buildIdentity, buildMessage } from '../factories.js';

const NOW = '2026-11-26T09:00:00Z';

interface MailParts {
  from?: string;
  subject?: string;
  headers?: string[];
  text?: string;
  id?: string;
}

function mail({
  from = 'Grace <grace@example.com>',
  subject = 'Re: After DevConf',
  headers = [],
  text = 'Hello',
  id,
}: MailParts): Buffer {
  return Buffer.from(
    [
      `From: ${from}`,
      'To: Ada <ada@example.org>',
      `Subject: ${subject}`,
      `Message-ID: <${id ?? Math.random().toString(36).slice(2)}@example.com>`,
      'Date: Thu, 26 Nov 2026 09:00:00 +0000',
      'MIME-Version: 1.0',
      ...(headers.some((line) => /^content-type/i.test(line))
        ? []
        : ['Content-Type: text/plain; charset=utf-8']),
      ...headers,
      '',
      text,
    ].join('\r\n'),
  );
}

describe('inbox', () => {
  let app: TestApp;
  let sent: Message;

  beforeEach(async () => {
    app = await startApp({ now: NOW });
    const contact = await buildContact(app, { email: 'grace@example.com', fullName: 'Grace Hop' });
    const enrollment = await buildEnrollment(app, {
      contactId: contact.id,
      startedAt: new Date('2026-11-20'),
      nextAt: null,
    });
    sent = await buildMessage(app, {
      contactId: contact.id,
      enrollmentId: enrollment.id,
      stepId: enrollment.nextStepId,
      state: 'sent',
      sentAt: new Date('2026-11-24T09:00:00Z'),
      messageIdHeader: '<0193-first@example.org>',
    });
  });
  afterEach(() => app.close());

  const hand = async (raw: Buffer): Promise<{ status: number; body: Record<string, unknown> }> => {
    const answer = await app.http.post('/inbound').set('Content-Type', 'message/rfc822').send(raw);
    return { status: answer.status, body: answer.body as Record<string, unknown> };
  };
  const answering = ['In-Reply-To: <0193-first@example.org>', 'References: <0193-first@example.org>'];
  const enrollment = () =>
    row<{ state: string; why: string }>(app.db, 'SELECT state, why FROM enrollment WHERE id = $1', [
      sent.enrollmentId,
    ]);

  it('takes an answer: stops every enrollment of the person and opens a debt', async () => {
    const other = await buildEnrollment(app, { contactId: sent.contactId, nextAt: null });
    const { status, body } = await hand(
      mail({ headers: answering, text: 'Thanks! Could you send me the checklist?' }),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'reply',
      messageId: sent.id,
      contactId: sent.contactId,
      matchedBy: 'references',
      new: true,
    });
    await app.run('plan');
    expect((await enrollment())?.state).toBe('stopped');
    expect(await row(app.db, 'SELECT state FROM enrollment WHERE id = $1', [other.id])).toEqual({
      state: 'stopped',
    });
    const [debt] = await rows<ReplyDebt>(app.db, 'SELECT * FROM reply_debt');
    // Two working days after Thursday: Monday.
    expect(debt).toMatchObject({
      contactId: sent.contactId,
      dueOn: '2026-11-30',
      asks: ['Could you send me the checklist?'],
    });
    const debts = await app.http.get('/debts');
    expect(debts.body.items[0]).toMatchObject({ contactName: 'Grace Hop' });
  });

  it('takes an answer from elsewhere by its references: an assistant speaks for the person', async () => {
    const { body } = await hand(
      mail({ from: 'Desk <desk@example.net>', headers: answering, text: 'Grace asked me to answer.' }),
    );
    expect(body).toMatchObject({ kind: 'reply', contactId: sent.contactId, matchedBy: 'references' });
  });

  it('takes a fresh mail of the person for an answer by its sender', async () => {
    const { body } = await hand(mail({ subject: 'Hello again', text: 'About your mail ...' }));
    expect(body).toMatchObject({ kind: 'reply', messageId: sent.id, matchedBy: 'sender' });
  });

  it('takes the same mail once', async () => {
    const raw = mail({ headers: answering, id: 'same' });
    const first = await hand(raw);
    const second = await hand(raw);
    expect(second.body).toMatchObject({ id: first.body['id'], new: false });
    expect(await rows(app.db, 'SELECT id FROM inbound')).toHaveLength(1);
    expect(await rows(app.db, 'SELECT id FROM reply_debt')).toHaveLength(1);
  });

  it('tells an auto-reply from an answer: nothing stops, nothing is owed', async () => {
    const { body } = await hand(
      mail({
        subject: 'Out of office',
        headers: [...answering, 'Auto-Submitted: auto-replied'],
        text: 'I am away until 7 December 2026.',
      }),
    );
    expect(body['kind']).toBe('auto-reply');
    await app.run('plan');
    expect((await enrollment())?.state).toBe('active');
    expect(await rows(app.db, 'SELECT id FROM reply_debt')).toEqual([]);
    const [inbound] = await rows<Inbound>(app.db, 'SELECT * FROM inbound');
    expect(inbound?.returnOn).toBe('2026-12-07');
  });

  it('tells a hard bounce: the address is suppressed and the sequence stopped', async () => {
    const { body } = await hand(bounce('5.1.1', '550 5.1.1 no such user'));
    expect(body).toMatchObject({ kind: 'bounce', messageId: sent.id, matchedBy: 'dsn' });
    await app.run('plan');
    expect((await enrollment())?.state).toBe('stopped');
    expect(await rows(app.db, 'SELECT address, scope FROM suppression')).toEqual([
      { address: 'grace@example.com', scope: 'everything' },
    ]);
  });

  it('leaves a soft bounce and a delay without consequence', async () => {
    const { body } = await hand(bounce('4.2.2', '452 4.2.2 mailbox full'));
    expect(body['kind']).toBe('bounce');
    const later = await hand(bounce('4.4.1', '451 4.4.1 no answer from host', 'delayed'));
    expect(later.body['kind']).toBe('delay');
    await app.run('plan');
    expect((await enrollment())?.state).toBe('active');
    expect(await rows(app.db, 'SELECT id FROM suppression')).toEqual([]);
  });

  it('hears "no more": nothing goes to them any more', async () => {
    const { body } = await hand(mail({ headers: answering, text: 'No more, please.' }));
    expect(body['kind']).toBe('opt-out');
    expect(await rows(app.db, 'SELECT address, scope FROM suppression')).toEqual([
      { address: 'grace@example.com', scope: 'everything' },
    ]);
  });

  it('keeps a stranger’s mail and lets it change nothing', async () => {
    const { body } = await hand(mail({ from: 'Nobody <nobody@example.net>' }));
    expect(body).toMatchObject({ contactId: null, messageId: null });
    await app.run('plan');
    expect((await enrollment())?.state).toBe('active');
  });

  it('does not guess between two people who share the sender’s address', async () => {
    for (const name of ['One', 'Two']) {
      const contact = await buildContact(app, { email: null, fullName: name });
      await buildIdentity(app, { contactId: contact.id, value: 'office@example.com', shared: true });
    }
    const { body } = await hand(mail({ from: 'office@example.com' }));
    expect(body).toMatchObject({ kind: 'reply', contactId: null });
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['a page', Buffer.from('<html><body>Sign in</body></html>'), 'mail'],
    [
      'a 10 MB header',
      Buffer.from(`From: a@example.com\r\nX-Big: ${'x'.repeat(10_000_000)}\r\n\r\nhi`),
      'header',
    ],
    ['binary', Buffer.from(Array.from({ length: 5000 }, (_, n) => n % 256)), 'mail'],
  ])('refuses %s with a clear error', async (_, raw, word) => {
    const { status, body } = await hand(raw);
    expect(status).toBe(400);
    expect(String(body['detail'])).toContain(word);
    expect(await rows(app.db, 'SELECT id FROM inbound')).toEqual([]);
  });

  it('takes NUL and broken characters without harm', async () => {
    const raw = Buffer.concat([
      mail({ headers: answering, text: 'so\0 be it ' }),
      Buffer.from([0xed, 0xa0, 0x80, 0xff]),
    ]);
    const { status } = await hand(raw);
    expect(status).toBe(201);
    const list = await app.http.get('/inbound');
    expect(list.body.items[0].text).toContain('so be it');
  });

  it('lets the owner close a debt, which counts as a word to the person', async () => {
    await hand(mail({ headers: answering, text: 'Could you call me?' }));
    const debts = await app.http.get('/debts');
    const id = (debts.body as { items: { id: string }[] }).items[0]!.id;
    const closed = await app.http.post(`/debts/${id}/close`).send({ how: 'answered' });
    expect(closed.status).toBe(204);
    expect(await rows(app.db, `SELECT kind FROM interaction`)).toEqual([{ kind: 'mail-by-hand' }]);
    expect((await app.http.post(`/debts/${id}/close`).send({ how: 'answered' })).status).toBe(404);
  });

  function bounce(status: string, diagnostic: string, action = 'failed'): Buffer {
    const text = [
      '--b',
      'Content-Type: text/plain',
      '',
      'Your message could not be delivered.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.com',
      '',
      'Final-Recipient: rfc822; grace@example.com',
      `Action: ${action}`,
      `Status: ${status}`,
      `Diagnostic-Code: smtp; ${diagnostic}`,
      '',
      '--b',
      'Content-Type: message/rfc822',
      '',
      'Message-ID: <0193-first@example.org>',
      'To: grace@example.com',
      'Subject: After DevConf',
      '',
      'Hi',
      '--b--',
      '',
    ].join('\r\n');
    return mail({
      from: 'Mail Delivery System <mailer-daemon@mx.example.com>',
      subject: 'Undelivered Mail Returned to Sender',
      headers: [
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        'Auto-Submitted: auto-replied',
      ],
      text,
    });
  }
});
