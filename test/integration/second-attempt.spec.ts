import { MailboxesService } from '../../src/accounts/mailboxes.service.js';
import type { DraftView } from '../../src/composing/composing.schemas.js';
import type { Message } from '../../src/database/entities/message.entity.js';
import { affected, rows } from '../../src/database/rows.js';
import { startApp, type TestApp } from '../app.js';
import { buildEvent } from '../factories.js';
import { startScriptedSmtp, type ScriptedSmtp } from '../mail/scripted-smtp.js';

/** Monday 10:00 in Berlin; DevConf ended on the Friday before. */
const MONDAY = '2026-11-23T09:00:00Z';

/** One mail comes back because a mailbox is full, through all the rooms. */
describe('a second attempt', () => {
  let app: TestApp;
  let server: ScriptedSmtp;

  beforeEach(async () => {
    app = await startApp({ now: MONDAY, overrides: { SEND_LEASE_SECONDS: '5', SMTP_TIMEOUT_SECONDS: '2' } });
    server = await startScriptedSmtp();
    const { port } = server.settings;
    await app
      .get(MailboxesService)
      .add(app.ownerId, { address: 'ada@example.org', host: '127.0.0.1', port, tls: 'none' });
  });
  afterEach(async () => {
    await app.close();
    await server.close();
  });

  const run = (job: 'plan' | 'compose' | 'deliver') => app.run(job);
  const messages = () => rows<Message>(app.db, 'SELECT * FROM message ORDER BY attempt');

  async function approveAndSend(at: string): Promise<void> {
    const { items } = (await app.http.get('/drafts').expect(200)).body as { items: DraftView[] };
    const [draft] = items;
    await app.http.post(`/drafts/${draft!.id}/approve`).set('If-Match', `"${draft!.version}"`).expect(200);
    await affected(app.db, `UPDATE message SET next_at = $2, due_at = $2 WHERE id = $1`, [
      draft!.id,
      new Date(at),
    ]);
    app.clock.set(new Date(at));
    await run('deliver');
  }

  async function comeBack(id: string): Promise<void> {
    const lines = ['From: Mail Delivery System <mailer-daemon@mx.example.com>', 'To: ada@example.org', 'Subject: Undelivered Mail Returned to Sender', `Message-ID: <back-${id.slice(1, 20)}@mx.example.com>`, 'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', '', '--b', 'Content-Type: text/plain', '', 'The mailbox is full.', '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example.com', '', 'Final-Recipient: rfc822; grace@example.com', 'Action: failed', 'Status: 4.2.2', 'Diagnostic-Code: smtp; 452 4.2.2 mailbox full', '', '--b', 'Content-Type: message/rfc822', '', `Message-ID: ${id}`, 'To: grace@example.com', '', 'Hi', '--b--', '']; // prettier-ignore
    const raw = Buffer.from(lines.join('\r\n'));
    await app.http.post('/inbound').set('Content-Type', 'message/rfc822').send(raw).expect(201);
  }

  it('law 1: is written, approved and sent like any other, and there is never a third', async () => {
    const event = await buildEvent(app, { name: 'DevConf' });
    const grace = {
      fullName: 'Grace Roe',
      givenName: 'Grace',
      emails: ['grace@example.com'],
      zone: 'Europe/Berlin',
    };
    const { id: contactId } = (await app.http.post('/contacts').send(grace).expect(201)).body as {
      id: string;
    };
    const decisions = [
      { contactId, decision: 'write', met: true, line: 'asked: why Grace rehearses migrations' },
    ];
    await app.http.post(`/events/${event.id}/debrief`).send({ decisions });
    await app.http.post(`/events/${event.id}/debrief/confirm`).send({ expect: 1 });
    await app.drain();
    await approveAndSend('2026-11-24T09:00:00Z');
    const [first] = await messages();
    expect(first).toMatchObject({ state: 'sent', attempt: 1 });

    await comeBack(first!.messageIdHeader!);
    await run('plan');
    await run('compose');
    expect((await messages()).map(({ attempt, state }) => [attempt, state])).toEqual([
      [1, 'sent'],
      [2, 'needs_review'],
    ]);
    await approveAndSend('2026-11-27T09:00:00Z');
    expect(server.received.map(({ to }) => to.join())).toEqual(['grace@example.com', 'grace@example.com']);
    const [, second] = await messages();
    expect(second).toMatchObject({ state: 'sent' });

    await comeBack(second!.messageIdHeader!);
    await run('plan');
    await run('compose');
    expect(await messages()).toHaveLength(2);
    const enrollments = (await app.http.get('/enrollments').expect(200)).body as {
      items: { state: string }[];
    };
    expect(enrollments.items).toEqual([expect.objectContaining({ state: 'paused' })]);
  });
});
