import { row } from '../../src/database/rows.js';
import type { Mailbox } from '../../src/database/entities/owner.entity.js';
import { ForgetService } from '../../src/contacts/forget.service.js';
import { sweepLeases } from '../../src/delivery/claim.js';
import { startApp, type TestApp } from '../app.js';
import { buildApproved, buildInbound, buildMailbox, buildMessage } from '../factories.js';
import { startScriptedSmtp, type ScriptedSmtp } from '../mail/scripted-smtp.js';

/** Monday 10:00 in Berlin. */
const NOW = '2026-11-23T09:00:00Z';
const MINUTE = 60_000;

describe('the pace of a mailbox, when things are not as they were', () => {
  let app: TestApp;
  let server: ScriptedSmtp;

  beforeEach(async () => {
    app = await startApp({ now: NOW });
    server = await startScriptedSmtp({ tls: 'none' });
  });
  afterEach(async () => {
    await server.close();
    await app.close();
  });

  const mailboxWith = (over: Partial<Mailbox>) => buildMailbox(app, { port: server.settings.port, ...over });
  const approve = async (mailboxId: string, count: number) => {
    for (let n = 0; n < count; n += 1) await buildApproved(app, { mailboxId, kind: 'by-hand' });
  };
  const deliver = () => app.run('deliver');
  const later = (minutes: number) => app.clock.set(new Date(app.clock.now().getTime() + minutes * MINUTE));
  /** A tick each minute; how many mails went out in them. */
  const minutes = async (count: number) => {
    const before = server.received.length;
    for (let minute = 0; minute < count; minute += 1) {
      later(1);
      await deliver();
    }
    return server.received.length - before;
  };

  it('goes on within its longest gap when the clock was set back', async () => {
    const { id } = await mailboxWith({ gapSeconds: 180 });
    later(60 * 24);
    await approve(id, 1);
    await deliver();
    expect(server.received.length).toBe(1);
    app.clock.set(new Date(NOW));
    await approve(id, 1);
    expect(await minutes(1)).toBe(0);
    expect(await minutes(5)).toBe(1);
  });

  it('does not rest for ever when it was paused while the clock was ahead', async () => {
    const { id } = await mailboxWith({});
    app.clock.set(new Date('2027-11-22T09:00:00Z'));
    server.script = { tls: 'none', greeting: '421 4.3.2 shutting down' };
    await approve(id, 1);
    await deliver();
    app.clock.set(new Date(NOW));
    server.script = { tls: 'none' };
    await approve(id, 1);
    await deliver();
    expect(server.received.length).toBe(1);
  });

  it('rests its hour out though another worker’s clock is some seconds behind', async () => {
    const { id } = await mailboxWith({});
    const until = new Date(Date.parse(NOW) + 60 * MINUTE);
    await app.db.query(`UPDATE mailbox SET state = 'paused', paused_until = $2 WHERE id = $1`, [id, until]);
    app.clock.set(new Date(Date.parse(NOW) - 5000));
    await approve(id, 1);
    await deliver();
    expect(server.received.length).toBe(0);
    app.clock.set(until);
    await deliver();
    expect(server.received.length).toBe(1);
  });

  it('is not held by what was sent while the clock was a year ahead', async () => {
    const { id } = await mailboxWith({ dailyCap: 1, hourlyCap: 1 });
    app.clock.set(new Date('2027-11-22T09:00:00Z'));
    await approve(id, 1);
    await deliver();
    app.clock.set(new Date(NOW));
    await approve(id, 2);
    await deliver();
    await deliver();
    expect(server.received.length).toBe(2);
  });

  it('keeps its caps while the clock is set an hour back and forth', async () => {
    const { id } = await mailboxWith({ hourlyCap: 2, dailyCap: 3 });
    await approve(id, 6);
    for (const hours of [0, -1, 0, -1, 0]) {
      app.clock.set(new Date(Date.parse(NOW) + hours * 60 * MINUTE));
      await deliver();
    }
    expect(server.received.length).toBe(2);
    later(61);
    await deliver();
    expect(server.received.length).toBe(3);
  });

  it('spends no slot on a message that is held before its body', async () => {
    const { id } = await mailboxWith({ gapSeconds: 180 });
    await approve(id, 2);
    let first = true;
    const pauseFirst = async () => {
      if (!first) return;
      first = false;
      await app.db.query(
        `UPDATE contact SET paused_until = '2026-12-31' WHERE id IN (SELECT contact_id FROM message WHERE state = 'claimed')`,
      );
    };
    server.script = { tls: 'none', at: { rcpt: pauseFirst } };
    await deliver();
    expect(server.received.length).toBe(1);
  });

  it('goes on at once when its cap is raised', async () => {
    const { id } = await mailboxWith({ dailyCap: 1 });
    await approve(id, 3);
    await deliver();
    await deliver();
    expect(server.received.length).toBe(1);
    await app.db.query(`UPDATE mailbox SET daily_cap = 10 WHERE id = $1`, [id]);
    await deliver();
    expect(server.received.length).toBe(3);
    // Nothing holds it any more, and it says so.
    expect(await row(app.db, `SELECT next_slot_at FROM mailbox WHERE id = $1`, [id])).toEqual({
      nextSlotAt: null,
    });
  });

  it('counts what a lost worker may have sent', async () => {
    const { id } = await mailboxWith({ dailyCap: 1 });
    await buildMessage(app, {
      mailboxId: id,
      kind: 'by-hand',
      state: 'sending',
      fence: 1,
      leaseUntil: new Date('2020-01-01'),
      messageIdHeader: '<lost@example.org>',
    });
    await approve(id, 1);
    expect(await sweepLeases(app.db, app.clock.now())).toMatchObject({ unknown: 1 });
    await deliver();
    expect(server.received.length).toBe(0);
    app.clock.set(new Date('2026-11-24T09:00:00Z'));
    await deliver();
    expect(server.received.length).toBe(1);
  });

  it('counts the mail to somebody who was forgotten since', async () => {
    const { id } = await mailboxWith({ dailyCap: 1 });
    const { contactId } = await buildApproved(app, { mailboxId: id, kind: 'by-hand' });
    await deliver();
    await app.get(ForgetService).forget(app.ownerId, contactId, null);
    await approve(id, 1);
    await deliver();
    expect(server.received.length).toBe(1);
    app.clock.set(new Date('2026-11-24T09:00:00Z'));
    await deliver();
    expect(server.received.length).toBe(2);
  });

  it('begins its warm-up with the first mail, however long ago it was connected', async () => {
    const { id } = await mailboxWith({ warmUpFrom: '2026-08-01' });
    await approve(id, 20);
    await deliver();
    expect(server.received.length).toBe(5);
    // A week in which it sent nothing is no practice.
    app.clock.set(new Date('2026-11-30T09:00:00Z'));
    await deliver();
    expect(server.received.length).toBe(5 + 7);
  });

  it('takes one trouble of the provider for one, however often it meets it', async () => {
    const { id } = await mailboxWith({ gapSeconds: 180 });
    server.script = { ...server.script, greeting: '421 4.3.2 shutting down' };
    await approve(id, 4);
    await minutes(10);
    const slowed = () =>
      row<{ slowFactor: number; slowedUntil: Date | null }>(
        app.db,
        `SELECT slow_factor, slowed_until FROM mailbox WHERE id = $1`,
        [id],
      );
    expect(await slowed()).toMatchObject({ slowFactor: 2 });
    server.script = { tls: 'none' };
    expect(await minutes(10)).toBeGreaterThanOrEqual(1);
    expect(await slowed()).toMatchObject({ slowFactor: 2 });
  });

  it('comes back to its usual pace by steps, not all at once', async () => {
    const { id } = await mailboxWith({
      gapSeconds: 0,
      dailyCap: 40,
      slowFactor: 4,
      slowedUntil: new Date('2026-11-23T08:59:00Z'),
    });
    await approve(id, 20);
    await deliver();
    expect(server.received.length).toBe(1);
    expect(await row(app.db, `SELECT slow_factor FROM mailbox WHERE id = $1`, [id])).toEqual({
      slowFactor: 2,
    });
  });

  it('lets a message go when the owner no longer pauses its person', async () => {
    const { id } = await mailboxWith({});
    const { contactId } = await buildApproved(app, { mailboxId: id });
    const edit = async (body: object) => {
      const { version } = (await app.http.get(`/contacts/${contactId}`)).body as { version: number };
      await app.http.patch(`/contacts/${contactId}`).set('If-Match', `"${version}"`).send(body).expect(200);
    };
    await edit({ pausedUntil: '2026-12-31T00:00:00Z' });
    await deliver();
    expect(server.received.length).toBe(0);
    await edit({ pausedUntil: null });
    await deliver();
    expect(server.received.length).toBe(1);
  });

  it('lets a message go when the owner gives up their time off', async () => {
    const { id } = await mailboxWith({});
    await buildApproved(app, { mailboxId: id });
    const taken = await app.http
      .post('/time-off')
      .send({ fromOn: '2026-11-20', untilOn: '2026-12-24' })
      .expect(201);
    await deliver();
    expect(server.received.length).toBe(0);
    await app.http.delete(`/time-off/${(taken.body as { id: string }).id}`).expect(204);
    await deliver();
    expect(server.received.length).toBe(1);
  });

  it('lets a message go when what was taken for an absence was none', async () => {
    const { id } = await mailboxWith({});
    const { contactId } = await buildApproved(app, { mailboxId: id });
    const absence = await buildInbound(app, {
      contactId,
      kind: 'auto-reply',
      returnOn: '2026-12-21',
    });
    await deliver();
    expect(server.received.length).toBe(0);
    await app.http.post(`/inbound/${absence.id}/class`).send({ kind: 'other' }).expect(200);
    await app.run('plan');
    await deliver();
    expect(server.received.length).toBe(1);
  });
});
