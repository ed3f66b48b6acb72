import { jest } from '@jest/globals';
import { row, rows } from '../../src/database/rows.js';
import type { Message } from '../../src/database/entities/message.entity.js';
import { newId } from '../../src/database/ids.js';
import { claimDue } from '../../src/delivery/claim.js';
import { lookAndMark } from '../../src/delivery/last-look.js';
import { startApp, type TestApp } from '../app.js';
import {
  buildApproved,
  buildContact,
  buildEnrollment,
  buildMailbox,
  buildStep,
  insert,
} from '../factories.js';
import { startScriptedSmtp, type ScriptedSmtp } from '../mail/scripted-smtp.js';

/** Monday 10:00 in Berlin and in Vienna, where it is the national holiday. */
const NOW = '2026-10-26T09:00:00Z';

describe('delivery, when things change under way', () => {
  let app: TestApp;
  let server: ScriptedSmtp;
  let mailboxId: string;

  beforeEach(async () => {
    app = await startApp({ now: NOW, overrides: { SEND_LEASE_SECONDS: '5', SMTP_TIMEOUT_SECONDS: '4' } });
    server = await startScriptedSmtp({ tls: 'none' });
    mailboxId = (await buildMailbox(app, { port: server.settings.port })).id;
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await server.close();
    await app.close();
  });

  const approved = (over: Partial<Message> = {}) => buildApproved(app, { mailboxId, ...over });
  const deliver = () => app.run('deliver');
  const stateOf = ({ id }: { id: string }) =>
    row<Pick<Message, 'state' | 'whyCode' | 'nextAt'>>(
      app.db,
      `SELECT state, why_code, next_at FROM message WHERE id = $1`,
      [id],
    );
  /** Once, between the recipient and the body. */
  const underWay = (act: () => Promise<unknown>) => {
    let done = false;
    server.script = {
      tls: 'none',
      at: {
        rcpt: async () => {
          if (done) return;
          done = true;
          await act();
        },
      },
    };
  };

  it.each([
    [
      'they turn out to live where it is night',
      (contactId: string) =>
        app.db.query(`UPDATE contact SET zone = 'Asia/Tokyo' WHERE id = $1`, [contactId]),
      'window',
      '2026-10-26T23:00:00Z',
    ],
    [
      'they turn out to live where it is a holiday',
      (contactId: string) =>
        app.db.query(`UPDATE contact SET zone = 'Europe/Vienna' WHERE id = $1`, [contactId]),
      'window',
      '2026-10-27T07:00:00Z',
    ],
    [
      'the owner takes time off',
      () => app.http.post('/time-off').send({ fromOn: '2026-10-26', untilOn: '2026-10-27' }).expect(201),
      'owner-away',
      '2026-10-28T07:00:00Z',
    ],
  ] as const)('holds a message before its body when %s', async (_, change, whyCode, nextAt) => {
    const message = await approved();
    underWay(async () => {
      await change(message.contactId);
    });
    await deliver();
    expect(server.received.length).toBe(0);
    expect(await stateOf(message)).toEqual({ state: 'approved', whyCode, nextAt: new Date(nextAt) });
  });

  it('lets nothing leave that was marked before the machine slept for longer than the lease', async () => {
    await approved();
    const now = app.clock.now();
    const [claimed] = await claimDue(app.db, { mailboxId, now, limit: 1, leaseSeconds: 5 });
    const header = { messageId: '<one@example.org>', inReplyTo: null, references: [] };
    // A laptop that sleeps: its monotonic clock stands still, and the one on the wall goes on.
    const marking = lookAndMark(app.db, [{ claimed: claimed!, header }], { now, leaseSeconds: 5 });
    const wall = Date.now.bind(Date);
    jest.spyOn(Date, 'now').mockImplementation(() => wall() + 3_600_000);
    expect(await marking).toEqual([{ kind: 'lost' }]);
  });

  it('sets aside whom it cannot decide about, and lets the neighbours go', async () => {
    const { id: contactId } = await buildContact(app, { zone: 'Mars/Olympus_Mons' });
    const [strange, other] = [await approved({ contactId }), await approved()];
    await deliver();
    expect(server.received.length).toBe(1);
    expect(await stateOf(other)).toMatchObject({ state: 'sent' });
    expect(await stateOf(strange)).toEqual({
      state: 'approved',
      whyCode: 'handed-back',
      nextAt: new Date('2026-10-26T10:00:00Z'),
    });
  });

  it('stops at an address that was refused in another spelling', async () => {
    const { id: contactId } = await buildContact(app, { email: null });
    await app.db.query(
      `INSERT INTO identity (id, owner_id, created_at, contact_id, kind, value, canonical)
       VALUES ($1, $2, now(), $3, 'email', 'Grace@Bücher.example.com', 'grace@xn--bcher-kva.example.com')`,
      [newId(), app.ownerId, contactId],
    );
    for (const address of ['GRACE@bücher.example.com', 'grace@XN--BCHER-KVA.example.com']) {
      await app.http.post('/suppressions').send({ address, scope: 'everything' }).expect(201);
    }
    const held = await rows<{ address: string }>(app.db, `SELECT DISTINCT address FROM suppression`);
    expect(held).toEqual([{ address: 'grace@xn--bcher-kva.example.com' }]);
  });
});

describe('law 1: nothing goes out twice, by the word of the database', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ now: NOW });
  });
  afterAll(() => app.close());

  it('takes one message of a step and attempt, two attempts, and never two that are open', async () => {
    const { id: stepId, sequenceId } = await buildStep(app);
    const { id: enrollmentId, contactId, mailboxId } = await buildEnrollment(app, { sequenceId });
    const attempt = (number: number, state: Message['state']) =>
      insert<Message>(app, 'message', {
        contactId,
        mailboxId,
        enrollmentId,
        stepId,
        kind: 'first',
        channel: 'mail',
        state,
        attempt: number,
        dueAt: app.clock.now(),
      });
    const first = await attempt(1, 'unknown');
    await expect(attempt(1, 'sent')).rejects.toThrow('message_step_key');
    for (const open of ['planned', 'needs_review', 'withheld', 'approved', 'claimed', 'sending'] as const) {
      await expect(attempt(2, open)).rejects.toThrow('message_open_step_key');
    }
    await app.db.query(`UPDATE message SET state = 'sent' WHERE id = $1`, [first.id]);
    await attempt(2, 'planned');
    await expect(attempt(3, 'planned')).rejects.toThrow('message_attempt_check');
    await expect(
      app.db.query(`UPDATE message SET state = 'approved' WHERE id = $1`, [first.id]),
    ).rejects.toThrow('message_open_step_key');
  });
});
