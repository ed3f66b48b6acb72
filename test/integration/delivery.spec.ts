import { MailboxesService } from '../../src/accounts/mailboxes.service.js';
import type { Message } from '../../src/database/entities/message.entity.js';
import { appendSuppression, lockPersons } from '../../src/database/append.js';
import { row, rows } from '../../src/database/rows.js';
import { DUE } from '../../src/delivery/claim.js';
import { sealSecret } from '../../src/mail/secrets.js';
import { startApp, type TestApp } from '../app.js';
import {
  buildApproved,
  buildEnrollment,
  buildFact,
  buildInbound,
  buildMailbox,
  buildPromise,
  buildStep,
  buildSequence,
} from '../factories.js';
import { startScriptedSmtp, type Script, type ScriptedSmtp } from '../mail/scripted-smtp.js';

/** Monday 10:00 in Berlin: a good hour. */
const NOW = '2026-11-23T09:00:00Z';

describe('delivery', () => {
  let app: TestApp;
  let server: ScriptedSmtp;
  let mailboxId: string;

  beforeEach(async () => {
    app = await startApp({ now: NOW, overrides: { SEND_LEASE_SECONDS: '5', SMTP_TIMEOUT_SECONDS: '2' } });
    server = await startScriptedSmtp({ tls: 'none' });
    mailboxId = (await mailboxAt(server)).id;
  });
  afterEach(async () => {
    await server.close();
    await app.close();
  });

  const mailboxAt = (at: ScriptedSmtp) =>
    buildMailbox(app, { port: at.settings.port, address: 'ada@example.org' });

  const approved = (over: Parameters<typeof buildApproved>[1] = {}) =>
    buildApproved(app, { mailboxId, ...over });

  const deliver = () => app.run('deliver');

  const now = async (message: { id: string }): Promise<Message> =>
    (await row<Message>(app.db, 'SELECT * FROM message WHERE id = $1', [message.id]))!;

  it('sends what is approved and due, once, to exactly one recipient', async () => {
    const message = await approved({ email: 'grace@example.com' });
    await deliver();
    await deliver();
    expect(server.received.map((mail) => mail.to)).toEqual([['grace@example.com']]);
    const after = await now(message);
    expect(after).toMatchObject({ state: 'sent', sandbox: false, attempts: 1, leaseUntil: null });
    expect(after.sentAt).toEqual(new Date(NOW));
    expect(server.received[0]?.messageId).toBe(after.messageIdHeader);
  });

  it('leaves what is not due, not approved, or outside the window where it is', async () => {
    const later = await approved({ nextAt: new Date('2026-11-23T09:30:00Z') });
    const review = await approved({ state: 'needs_review' });
    app.clock.set(new Date('2026-11-21T09:00:00Z'));
    const saturday = await approved();
    await deliver();
    expect(server.received).toEqual([]);
    expect((await now(later)).state).toBe('approved');
    expect((await now(review)).state).toBe('needs_review');
    expect(await now(saturday)).toMatchObject({ state: 'approved', whyCode: 'window' });
    expect((await now(saturday)).nextAt).toEqual(new Date('2026-11-23T07:00:00Z'));
  });

  describe('law 2: stop means stop', () => {
    it('sends nothing after an answer, although it was approved', async () => {
      const enrollment = await buildEnrollment(app, { mailboxId });
      const message = await approved({ contactId: enrollment.contactId, enrollmentId: enrollment.id });
      await buildInbound(app, { contactId: enrollment.contactId });
      await deliver();
      expect(server.received).toEqual([]);
      expect(await now(message)).toMatchObject({ state: 'cancelled', whyCode: 'reply', handover: true });
    });

    it.each([
      ['do not contact', `UPDATE contact SET do_not_contact_at = now() WHERE id = $1`, 'do-not-contact'],
      ['an undone import', `UPDATE contact SET hidden_at = now() WHERE id = $1`, 'undone'],
    ])('sends nothing after %s', async (_, sql, code) => {
      const message = await approved();
      await app.db.query(sql, [message.contactId]);
      await deliver();
      expect(server.connections).toBe(0);
      expect(await now(message)).toMatchObject({ state: 'cancelled', whyCode: code });
    });

    it('withdraws a message when the stop is recorded after the server said go ahead', async () => {
      const message = await approved({ email: 'grace@example.com' });
      // The stop comes with RCPT: after the claim and the first look, before the mark.
      server.script = {
        tls: 'none',
        at: {
          rcpt: async () => {
            await app.db.transaction((tx) =>
              appendSuppression(tx, {
                ownerId: app.ownerId,
                address: 'grace@example.com',
                scope: 'everything',
                why: 'please stop',
                at: app.clock.now(),
                sourceKind: 'owner',
                sourceId: null,
              }),
            );
          },
        },
      };
      await deliver();
      expect(server.received).toEqual([]);
      expect(server.commands).toContain('DATA');
      expect(await now(message)).toMatchObject({
        state: 'cancelled',
        whyCode: 'suppressed',
        messageIdHeader: null,
      });
    });

    it('waits for a stop that is being recorded, and heeds it', async () => {
      const message = await approved({ email: 'grace@example.com' });
      let recorded: Promise<unknown> = Promise.resolve();
      const locked = signal();
      server.script = {
        tls: 'none',
        at: {
          rcpt: async () => {
            recorded = app.db.transaction(async (tx) => {
              await lockPersons(tx, app.ownerId, [message.contactId]);
              locked.done();
              // Held until the mark waits behind it: seen in the catalog, not guessed by a sleep.
              await waitUntil(async () => {
                const waiting = await rows(
                  app.db,
                  `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
                );
                return waiting.length > 0;
              });
              await tx.query(`UPDATE contact SET do_not_contact_at = now() WHERE id = $1`, [
                message.contactId,
              ]);
            });
            await locked.happened;
          },
        },
      };
      await deliver();
      await recorded;
      expect(server.received).toEqual([]);
      expect(await now(message)).toMatchObject({ state: 'cancelled', whyCode: 'do-not-contact' });
    });

    it('sends nothing while everything is stopped, and goes on after', async () => {
      const message = await approved();
      await app.db.query('UPDATE owner SET stopped_at = now()');
      await deliver();
      expect(server.connections).toBe(0);
      expect((await now(message)).state).toBe('approved');
      await app.db.query('UPDATE owner SET stopped_at = NULL');
      await deliver();
      expect(server.received).toHaveLength(1);
    });

    it.each([
      ['cannot listen', null],
      ['is no longer read', new Date('2026-11-20T09:00:00Z')],
    ])('sends no follow-up on its own from a mailbox that %s', async (_, readThroughAt) => {
      await app.db.query('UPDATE mailbox SET read_through_at = $2 WHERE id = $1', [mailboxId, readThroughAt]);
      const { id: sequenceId } = await buildSequence(app, { approval: 'after-ten' });
      const enrollment = await buildEnrollment(app, { mailboxId, sequenceId });
      const over = {
        contactId: enrollment.contactId,
        enrollmentId: enrollment.id,
        kind: 'follow-up' as const,
      };
      const message = await approved({ ...over, approvedBy: 'sequence' });
      await deliver();
      expect(server.received).toEqual([]);
      expect(await now(message)).toMatchObject({ state: 'planned', whyCode: 'cannot-listen' });
    });
  });

  describe('law 1: nothing goes out twice', () => {
    it('lets two workers share the work without sharing a message', async () => {
      for (let n = 0; n < 30; n += 1) await approved();
      await Promise.all([deliver(), deliver(), deliver()]);
      const ids = server.received.map((mail) => mail.messageId);
      expect(ids).toHaveLength(30);
      expect(new Set(ids).size).toBe(30);
    });

    it('calls a message unknown when the connection is lost after its end, and never repeats it', async () => {
      server.script = { tls: 'none', drop: 'dot' };
      const message = await approved();
      await deliver();
      server.script = { tls: 'none' };
      await deliver();
      expect(server.received).toHaveLength(1);
      expect(await now(message)).toMatchObject({ state: 'unknown', whyCode: 'lost' });
    });

    it('sends nothing else to a person while a message to them is unknown', async () => {
      const first = await approved({ state: 'unknown' });
      const second = await approved({ contactId: first.contactId });
      await deliver();
      expect(server.received).toEqual([]);
      expect(await now(second)).toMatchObject({ state: 'approved', whyCode: 'in-flight' });
    });

    it('greets nobody as new twice, also when two contacts turn out to be one person', async () => {
      const first = await approved({ email: 'ada@example.com' });
      const other = await approved({ email: 'ada@example.net' });
      await app.db.query('UPDATE contact SET merged_into = $2 WHERE id = $1', [
        other.contactId,
        first.contactId,
      ]);
      await deliver();
      app.clock.set(new Date('2026-11-30T09:00:00Z'));
      await deliver();
      expect(server.received).toHaveLength(1);
      expect([(await now(first)).state, (await now(other)).state].sort()).toEqual(['cancelled', 'sent']);
    });

    it('lets only the owner say what became of an unknown message', async () => {
      const message = await approved({ state: 'unknown' });
      const other = await approved({ state: 'unknown' });
      const sent = await app.http.post(`/messages/${message.id}/settle`).send({ was: 'sent' });
      expect(sent.body).toMatchObject({ state: 'sent' });
      const unsent = await app.http.post(`/messages/${other.id}/settle`).send({ was: 'not-sent' });
      expect(unsent.body).toMatchObject({ state: 'approved' });
      const again = await app.http.post(`/messages/${message.id}/settle`).send({ was: 'sent' });
      expect(again.status).toBe(409);
      await deliver();
      expect(server.received).toHaveLength(1);
    });

    it('offers a dead worker’s claims again, and calls what it was sending unknown', async () => {
      const claimed = await approved({ state: 'claimed', leaseUntil: new Date('2020-01-01') });
      const sending = await approved({ state: 'sending', leaseUntil: new Date('2020-01-01') });
      await deliver();
      expect((await now(claimed)).state).toBe('sent');
      expect(await now(sending)).toMatchObject({ state: 'unknown', whyCode: 'worker-lost' });
      expect(server.received).toHaveLength(1);
    });

    it('lets a late worker neither send nor overwrite: its fence is old', async () => {
      const message = await approved();
      server.script = {
        tls: 'none',
        at: {
          // While this worker hangs at RCPT, its lease passes to another, which gives the message back.
          rcpt: async () => {
            await app.db.query(
              `UPDATE message SET fence = fence + 1, state = 'approved', next_at = $2, why = 'somebody else' WHERE id = $1`,
              [message.id, new Date('2026-11-24T09:00:00Z')],
            );
          },
        },
      };
      await deliver();
      expect(server.received).toEqual([]);
      expect(await now(message)).toMatchObject({ state: 'approved', why: 'somebody else' });
    });
  });

  describe('what the server says', () => {
    const cases: [string, Script, Partial<Message>][] = [
      [
        'greylisting at RCPT',
        { rcpt: () => '450 4.7.1 try later' },
        { state: 'approved', whyCode: 'retry', attempts: 1 },
      ],
      ['an unknown user', { rcpt: () => '550 5.1.1 no such user' }, { state: 'failed', handover: false }],
      ['a refusal of the message', { dot: () => '554 5.7.1 looks like spam' }, { state: 'failed' }],
      [
        'a passing refusal of the message',
        { dot: () => '451 4.3.0 busy' },
        { state: 'approved', whyCode: 'retry' },
      ],
      ['a cut before the body', { drop: 'go-ahead' }, { state: 'approved' }],
    ];
    it.each(cases)('%s', async (_, script, expected) => {
      server.script = { tls: 'none', ...script };
      const message = await approved();
      await deliver();
      expect(server.received).toEqual([]);
      // A small body leaves in one piece with its dot, so a cut there may only be called unknown.
      const after = await now(message);
      if (script.drop) expect(['approved', 'unknown']).toContain(after.state);
      else expect(after).toMatchObject(expected);
    });

    it('suppresses an address that does not exist, and only that', async () => {
      server.script = {
        tls: 'none',
        rcpt: (address) => (address.includes('gone') ? '550 5.1.1 no such user' : '550 5.7.1 policy'),
      };
      await approved({ email: 'gone@example.com' });
      await approved({ email: 'policy@example.com' });
      await deliver();
      const suppressed = await rows<{ address: string }>(app.db, 'SELECT address FROM suppression');
      expect(suppressed).toEqual([{ address: 'gone@example.com' }]);
    });

    it('pauses the mailbox on a wrong password and fails no message', async () => {
      await server.close();
      server = await startScriptedSmtp({ tls: 'none', auth: { username: 'ada', password: 'right' } });
      const mailbox = await app.get(MailboxesService).add(app.ownerId, {
        address: 'ada@example.net',
        displayName: 'Ada',
        host: '127.0.0.1',
        port: server.settings.port,
        tls: 'none',
        username: 'ada',
        password: 'wrong',
      } as never);
      const messages = [await approved({ mailboxId: mailbox.id }), await approved({ mailboxId: mailbox.id })];
      await deliver();
      await deliver();
      for (const message of messages)
        expect(await now(message)).toMatchObject({ state: 'approved', attempts: 0 });
      const paused = await row<{ state: string; pausedUntil: Date | null; pausedWhy: string }>(
        app.db,
        'SELECT * FROM mailbox WHERE id = $1',
        [mailbox.id],
      );
      expect(paused).toMatchObject({ state: 'paused', pausedUntil: null });
      expect(paused?.pausedWhy).toMatch(/password/);
      expect(server.connections).toBe(1);
      expect(server.received).toEqual([]);
    });

    it('pauses the mailbox, and says why, where its password cannot be opened (another SECRET_KEY)', async () => {
      await app.db.query(`UPDATE mailbox SET username = 'ada', password_sealed = $2 WHERE id = $1`, [
        mailboxId,
        sealSecret('right', Buffer.alloc(32, 9), mailboxId),
      ]);
      const messages = [await approved(), await approved()];
      await deliver();
      for (const message of messages)
        expect(await now(message)).toMatchObject({ state: 'approved', attempts: 0 });
      const paused = await row<{ state: string; pausedWhy: string }>(
        app.db,
        'SELECT state, paused_why FROM mailbox WHERE id = $1',
        [mailboxId],
      );
      expect(paused).toEqual({
        state: 'paused',
        pausedWhy: expect.stringContaining('SECRET_KEY') as unknown,
      });
      expect(server.connections).toBe(0);
    });

    it('rests when nobody listens there, then tries by itself and goes on', async () => {
      const port = server.settings.port;
      await server.close();
      const message = await approved();
      await deliver();
      expect((await now(message)).state).toBe('approved');
      server = await startScriptedSmtp({ tls: 'none' });
      await app.db.query('UPDATE mailbox SET port = $2 WHERE port = $1', [port, server.settings.port]);
      await deliver();
      expect(server.received).toEqual([]);
      app.clock.set(new Date('2026-11-23T09:05:00Z'));
      await deliver();
      expect(server.received).toHaveLength(1);
      expect((await row(app.db, 'SELECT state FROM mailbox WHERE id = $1', [mailboxId]))!).toEqual({
        state: 'active',
      });
    });
  });

  /** What goes out a week after a first mail, in its thread; `id` is that first one's. */
  const goingOn = async (kind: 'follow-up' | 'by-hand', subject: string) => {
    const enrollment = await buildEnrollment(app, { mailboxId });
    const over = { contactId: enrollment.contactId, enrollmentId: enrollment.id };
    const first = await approved({ ...over, subject: 'After DevConf' });
    await deliver();
    app.clock.set(new Date('2026-11-30T09:00:00Z'));
    const { id: stepId } = await buildStep(app, { sequenceId: enrollment.sequenceId, position: 2 });
    await approved({ ...over, stepId, kind, subject });
    await deliver();
    return { raw: server.received[1]?.raw ?? '', id: (await now(first)).messageIdHeader! };
  };

  it('threads a follow-up: Re:, In-Reply-To, References', async () => {
    const { raw, id } = await goingOn('follow-up', 'After DevConf');
    expect(raw).toMatch(/^Subject: Re: After DevConf\r$/m);
    expect(raw).toContain(`In-Reply-To: ${id}`);
    expect(raw).toContain(`References: ${id}`);
  });

  it('goes on in a thread under the subject that was approved, where it is one of its own', async () => {
    const { raw, id } = await goingOn('by-hand', 'Since OpsDays');
    expect(raw).toMatch(/^Subject: Since OpsDays\r$/m);
    expect(raw).toContain(`In-Reply-To: ${id}`);
  });

  it('refuses a second recipient smuggled into the address, and header lines in the subject', async () => {
    const twice = await approved();
    await app.db.query(
      `UPDATE message SET to_address = 'Bob <bob@example.com>, evil@example.net' WHERE id = $1`,
      [twice.id],
    );
    const split = await approved({ subject: 'Hello\r\nBcc: evil@example.net' });
    const fine = await approved();
    await deliver();
    expect((await now(twice)).state).toBe('failed');
    expect((await now(twice)).why).toMatch(/recipient's address/);
    expect(await now(split)).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('subject') as string,
    });
    expect((await now(fine)).state).toBe('sent');
    expect(server.received).toHaveLength(1);
  });

  it('keeps what the sandbox took in the sandbox, for good', async () => {
    const sandbox = await row<{ id: string }>(app.db, `SELECT id FROM mailbox WHERE kind = 'sandbox'`);
    const message = await approved({ mailboxId: sandbox!.id });
    await deliver();
    expect(await now(message)).toMatchObject({ state: 'sent', sandbox: true });
    await deliver();
    expect(server.received).toEqual([]);
    const outcomes = await app.http.get('/outcomes');
    expect(outcomes.body.items[0]).toMatchObject({ sent: 0, arrived: 0 });
  });

  it('law 3: hands back a mail whose reason was taken back since', async () => {
    const message = await approved();
    const fact = await buildFact(app, { contactId: message.contactId, closedAt: app.clock.now() });
    await app.db.query('UPDATE message_reason SET ref_id = $1', [fact.id]);
    await deliver();
    expect(server.received).toEqual([]);
    expect(await now(message)).toMatchObject({ state: 'planned', whyCode: 'reason-gone' });
  });

  it('law 5: what is owed comes first', async () => {
    const message = await approved();
    await buildPromise(app, { contactId: message.contactId });
    await deliver();
    expect(server.received).toEqual([]);
    expect(await now(message)).toMatchObject({ state: 'approved', whyCode: 'owed' });
  });

  it('law 6: one word in two days, also through another contact with the same address', async () => {
    await approved({ email: 'office@example.com' });
    await deliver();
    const other = await approved({ email: 'office@example.com' });
    await deliver();
    expect(server.received).toHaveLength(1);
    expect(await now(other)).toMatchObject({ state: 'approved', whyCode: 'budget' });
    expect((await now(other)).nextAt).toEqual(new Date('2026-11-25T09:00:00Z'));
  });

  it('takes an approved message back, and says why when it cannot', async () => {
    const message = await approved();
    const taken = await app.http.post(`/messages/${message.id}/withdraw`);
    expect(taken.body).toMatchObject({ state: 'cancelled' });
    await deliver();
    expect(server.received).toEqual([]);
    const again = await app.http.post(`/messages/${message.id}/withdraw`);
    expect(again.status).toBe(409);
    expect(again.body.detail).toMatch(/cancelled/);
  });

  it.each([
    ['that are not due yet', `interval '1 year'`],
    ['that are all due at once', `- n * interval '1 second'`],
  ])('reads the heads of two indexes for a claim, beside ten thousand %s', async (_, dueIn) => {
    await approved();
    await app.db.query(
      `INSERT INTO message (id, owner_id, created_at, contact_id, kind, subject_key, occurs_on, channel, state, mailbox_id, due_at, next_at)
       SELECT gen_random_uuid(), owner_id, created_at, contact_id, CASE WHEN n % 2 = 0 THEN 'first' ELSE 'follow-up' END,
              'bulk-' || n, NULL, 'mail', 'approved', mailbox_id, due_at, due_at + ${dueIn}
         FROM message, generate_series(1, 10000) n`,
    );
    await app.db.query('ANALYZE message');
    const plan = await rows<{ queryPlan: string } & Record<string, string>>(
      app.db,
      `EXPLAIN (ANALYZE, FORMAT TEXT) WITH ${DUE} SELECT id FROM due`,
      [mailboxId, app.clock.now(), 20],
    );
    const text = plan.map((line) => Object.values(line).join('')).join('\n');
    expect(text).toContain('message_goes_on_idx');
    expect(text).toContain('message_first_idx');
    expect(text).not.toMatch(/Seq Scan|Sort/);
    expect(text).not.toMatch(/Rows Removed by Filter: [1-9]\d\d/);
  });
});

function signal(): { happened: Promise<void>; done: () => void } {
  let done!: () => void;
  const happened = new Promise<void>((resolve) => (done = resolve));
  return { happened, done };
}

async function waitUntil(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it never came to be');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
