import { row, rows, type Db } from '../../src/database/rows.js';
import { claimDue } from '../../src/delivery/claim.js';
import type { Mailbox } from '../../src/database/entities/owner.entity.js';
import { startApp, type TestApp } from '../app.js';
import { buildApproved, buildMailbox } from '../factories.js';
import { startScriptedSmtp, type ScriptedSmtp } from '../mail/scripted-smtp.js';

/** Monday 10:00 in Berlin. */
const NOW = '2026-11-23T09:00:00Z';
const MINUTE = 60_000;

describe('the pace of a mailbox', () => {
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
  const approved = (mailboxId: string, kind: 'first' | 'by-hand' = 'by-hand') =>
    buildApproved(app, { mailboxId, kind, subject: `a ${kind} word` });
  const several = async (count: number, mailboxId: string) => {
    for (let n = 0; n < count; n += 1) await approved(mailboxId);
  };
  const deliver = () => app.run('deliver');
  const minutesLater = (minutes: number) =>
    app.clock.set(new Date(app.clock.now().getTime() + minutes * MINUTE));

  it('sends one mail, and the next when the gap is over', async () => {
    const { id } = await mailboxWith({ gapSeconds: 180 });
    await several(3, id);
    await deliver();
    await deliver();
    expect(server.received).toHaveLength(1);
    const { nextSlotAt } = (await row<{ nextSlotAt: Date }>(
      app.db,
      `SELECT next_slot_at FROM mailbox WHERE id = $1`,
      [id],
    )) ?? {
      nextSlotAt: new Date(0),
    };
    const gap = nextSlotAt.getTime() - Date.parse(NOW);
    expect(gap).toBeGreaterThanOrEqual(90_000);
    expect(gap).toBeLessThanOrEqual(270_000);
    minutesLater(5);
    await deliver();
    expect(server.received).toHaveLength(2);
  });

  it('keeps the hourly and the daily cap, and begins anew on the next day of the owner', async () => {
    const { id } = await mailboxWith({ hourlyCap: 2, dailyCap: 3 });
    await several(6, id);
    await deliver();
    expect(server.received).toHaveLength(2);
    minutesLater(61);
    await deliver();
    expect(server.received).toHaveLength(3);
    minutesLater(120);
    await deliver();
    expect(server.received).toHaveLength(3);
    app.clock.set(new Date('2026-11-24T09:00:00Z'));
    await deliver();
    expect(server.received).toHaveLength(5);
  });

  it('starts a new mailbox with five a day', async () => {
    const { id } = await mailboxWith({ warmUpFrom: '2026-11-23' });
    await several(8, id);
    await deliver();
    expect(server.received).toHaveLength(5);
  });

  it('lets what goes on with somebody leave before first words when slots are short', async () => {
    const { id } = await mailboxWith({ dailyCap: 1 });
    await approved(id, 'first');
    await approved(id, 'by-hand');
    await deliver();
    expect(server.received.map(({ raw }) => /^Subject: (.*)$/m.exec(raw)?.[1]?.trim())).toEqual([
      'a by-hand word',
    ]);
  });

  it('gives each slot out once, however many workers ask', async () => {
    const { id } = await mailboxWith({ dailyCap: 4 });
    await several(12, id);
    const claim = (db: Db) =>
      claimDue(db, { mailboxId: id, now: app.clock.now(), limit: 3, leaseSeconds: 60 });
    const waiting = () =>
      rows(
        app.db,
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
    // The second asks before the claim of the first is written.
    const [first, second] = await app.db.transaction(async (tx) => {
      const taken = await claim(tx);
      const next = { isBack: false, claim: claim(app.db).finally(() => (next.isBack = true)) };
      while (!next.isBack && (await waiting()).length === 0);
      return [taken, next] as const;
    });
    expect([first.length, (await second.claim).length]).toEqual([3, 1]);
    expect(await claim(app.db)).toEqual([]);
  });

  it('after a week with the laptop closed, does not send all that waited at once', async () => {
    const { id } = await mailboxWith({ gapSeconds: 180, dailyCap: 20 });
    await several(30, id);
    app.clock.set(new Date('2026-11-30T09:00:00Z'));
    for (let minute = 0; minute < 60; minute += 1) {
      await deliver();
      minutesLater(1);
    }
    expect(server.received.length).toBeGreaterThanOrEqual(10);
    expect(server.received.length).toBeLessThanOrEqual(20);
  });
});
