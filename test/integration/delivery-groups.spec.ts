import { appendSuppression } from '../../src/database/append.js';
import type { Message } from '../../src/database/entities/message.entity.js';
import type { Mailbox } from '../../src/database/entities/owner.entity.js';
import { row, rows } from '../../src/database/rows.js';
import { claimDue, renewLeases, sweepLeases } from '../../src/delivery/claim.js';
import { DeliverWorker } from '../../src/delivery/deliver.worker.js';
import { lookAndMark } from '../../src/delivery/last-look.js';
import { settleAll } from '../../src/delivery/settle.js';
import { startApp, type TestApp } from '../app.js';
import { buildApproved, buildMailbox } from '../factories.js';
import { startScriptedSmtp, type ScriptedSmtp } from '../mail/scripted-smtp.js';

/** Monday 10:00 in Berlin: a good hour. */
const NOW = '2026-11-23T09:00:00Z';

describe('delivery over several connections, marks and ends in groups', () => {
  let app: TestApp;
  let server: ScriptedSmtp;
  let mailboxId: string;

  const start = async (overrides: Record<string, string> = {}): Promise<void> => {
    app = await startApp({
      now: NOW,
      overrides: {
        SEND_LEASE_SECONDS: '20',
        SMTP_TIMEOUT_SECONDS: '15',
        SMTP_CONNECTIONS: '3',
        ...overrides,
      },
    });
    server = await startScriptedSmtp({ tls: 'none' });
    const pace = { dailyCap: 100_000, hourlyCap: 100_000, gapSeconds: 0 };
    const { port } = server.settings;
    mailboxId = (await buildMailbox(app, { port, address: 'ada@example.org', ...pace })).id;
  };
  afterEach(async () => {
    await server.close();
    await app.close();
  });

  const approved = (over: Parameters<typeof buildApproved>[1] = {}) =>
    buildApproved(app, { mailboxId, ...over });
  const several = async (count: number): Promise<Message[]> => {
    const made: Message[] = [];
    for (let n = 0; n < count; n += 1) made.push(await approved());
    return made;
  };
  const deliver = () => app.run('deliver');
  const now = async ({ id }: { id: string }): Promise<Message> =>
    (await row<Message>(app.db, 'SELECT * FROM message WHERE id = $1', [id]))!;
  const mailbox = async (): Promise<Mailbox> =>
    (await row<Mailbox>(app.db, 'SELECT * FROM mailbox WHERE id = $1', [mailboxId]))!;
  const states = async (messages: readonly Message[]): Promise<string[]> =>
    Promise.all(messages.map(async (message) => (await now(message)).state));

  /** All of them stand before their 354 at once; then `act`, then they go on together. */
  const atTheDoor = (count: number, act: () => Promise<unknown>): void => {
    let here = 0;
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    server.script = {
      tls: 'none',
      at: {
        data: async () => {
          here += 1;
          if (here === count) await act().then(open);
          await opened;
        },
      },
    };
  };

  const claimAll = async () => {
    const claimed = await claimDue(app.db, { mailboxId, now: app.clock.now(), limit: 10, leaseSeconds: 20 });
    claimed.sort((a, b) => (a.id < b.id ? -1 : 1));
    return claimed.map((one) => ({
      claimed: one,
      header: { messageId: `<${one.id}@example.org>`, inReplyTo: null, references: [] },
    }));
  };
  const markAll = async () =>
    lookAndMark(app.db, await claimAll(), { now: app.clock.now(), leaseSeconds: 20 });

  it('law 2: a stop between claim and mark holds the one it is about, and nobody else of the group', async () => {
    await start();
    const messages = [await approved({ email: 'grace@example.com' }), ...(await several(2))];
    atTheDoor(3, () =>
      app.db.transaction((tx) =>
        appendSuppression(tx, {
          ownerId: app.ownerId,
          address: 'grace@example.com',
          scope: 'everything',
          why: 'please stop',
          at: app.clock.now(),
          sourceKind: 'owner',
          sourceId: null,
        }),
      ),
    );
    await deliver();
    expect(await states(messages)).toEqual(['cancelled', 'sent', 'sent']);
    expect(server.received.flatMap(({ to }) => to)).not.toContain('grace@example.com');
    expect(server.received).toHaveLength(2);
  });

  it('law 2: "stop everything" while all stand before the mark: none leaves', async () => {
    await start();
    const messages = await several(3);
    atTheDoor(3, () => app.db.query('UPDATE owner SET stopped_at = $1', [app.clock.now()]));
    await deliver();
    expect(server.received).toEqual([]);
    expect(await states(messages)).toEqual(['approved', 'approved', 'approved']);
  });

  it('law 1: marks many in one transaction', async () => {
    await start();
    const messages = await several(5);
    expect(await markAll()).toEqual(messages.map(() => ({ kind: 'marked' })));
    const written = await rows<{ xmin: string }>(app.db, 'SELECT DISTINCT xmin::text FROM message');
    expect(written).toHaveLength(1);
  });

  it('law 1: of two to one address in one group, one goes and the other waits', async () => {
    await start();
    await approved({ email: 'office@example.com' });
    await approved({ email: 'office@example.com' });
    await approved();
    const looks = await markAll();
    expect(looks.map(({ kind }) => kind)).toEqual(['marked', 'held', 'marked']);
    expect(looks[1]).toMatchObject({ decision: { kind: 'wait', code: 'in-flight' } });
  });

  it('law 1: of two to one person with two addresses in one group, one goes and the other waits', async () => {
    await start();
    const first = await approved({ kind: 'by-hand' });
    const other = await approved({ kind: 'by-hand' });
    await app.db.query('UPDATE contact SET merged_into = $2 WHERE id = $1', [
      other.contactId,
      first.contactId,
    ]);
    const looks = await markAll();
    expect(looks.map(({ kind }) => kind)).toEqual(['marked', 'held']);
    expect(looks[1]).toMatchObject({ decision: { code: 'in-flight' } });
  });

  it('sets a message aside that cannot be looked at; its neighbours go', async () => {
    await start();
    const messages = await several(4);
    await poison(messages[1]!);
    await deliver();
    expect(await states(messages)).toEqual(['sent', 'approved', 'sent', 'sent']);
    expect((await now(messages[1]!)).nextAt).toEqual(new Date('2026-11-23T10:00:00Z'));
    expect(server.received).toHaveLength(3);
  });

  it('withdraws a message whose last look fails; the others of its group go', async () => {
    await start();
    const messages = await several(3);
    atTheDoor(3, () => poison(messages[2]!));
    await deliver();
    expect(await states(messages)).toEqual(['sent', 'sent', 'approved']);
    expect(await now(messages[2]!)).toMatchObject({ whyCode: 'handed-back', messageIdHeader: null });
    expect(server.received).toHaveLength(2);
  });

  /** The words' sources are no list: the query of the decision fails for every group this one is in. */
  const poison = ({ id }: Message) =>
    app.db.query(`UPDATE message_body SET paragraphs = '{"a": 1}' WHERE message_id = $1`, [id]);

  it('lets a conversation end and writes it when the process stops; the rest is handed back', async () => {
    await start({ SMTP_CONNECTIONS: '1' });
    const messages = await several(4);
    const worker = app.get(DeliverWorker);
    let stopped: Promise<void> = Promise.resolve();
    let bodies = 0;
    server.script = {
      tls: 'none',
      at: {
        dot: () => {
          bodies += 1;
          if (bodies === 2) stopped = worker.onModuleDestroy();
          return Promise.resolve();
        },
      },
    };
    const delivering = deliver();
    await delivering;
    await stopped;
    expect(server.received).toHaveLength(2);
    expect((await states(messages)).sort()).toEqual(['approved', 'approved', 'sent', 'sent']);
    await deliver();
    expect(server.received).toHaveLength(2);
  });

  it('keeps the lease of what waits while slow servers take their time', async () => {
    await start({ SEND_LEASE_SECONDS: '1', SMTP_TIMEOUT_SECONDS: '0.9', SMTP_CONNECTIONS: '1' });
    const messages = await several(6);
    const slowly = () => new Promise<void>((resolve) => setTimeout(resolve, 350));
    server.script = { tls: 'none', at: { mail: slowly } };
    const ended = { done: false };
    const delivering = deliver().finally(() => (ended.done = true));
    while (!ended.done) {
      const swept = await sweepLeases(app.db, app.clock.now());
      expect(swept).toEqual({ offered: 0, unknown: 0 });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await delivering;
    const after = await Promise.all(messages.map(now));
    expect(after.map(({ state, fence, attempts }) => [state, fence, attempts])).toEqual(
      messages.map(() => ['sent', 1, 1]),
    );
  });

  it('does not revive a lease that ran out, nor one of an older fence', async () => {
    await start();
    await several(3);
    const [out, older, mine] = (await claimAll()).map(({ claimed }) => claimed);
    await app.db.query(`UPDATE message SET lease_until = clock_timestamp() WHERE id = $1`, [out!.id]);
    await app.db.query(`UPDATE message SET fence = fence + 1 WHERE id = $1`, [older!.id]);
    expect(await renewLeases(app.db, [out!, older!, mine!], 20)).toEqual(new Set([mine!.id]));
  });

  it('law 1: the end of an older claim changes nothing', async () => {
    await start();
    await several(1);
    const claimed = (await claimAll())[0]!.claimed;
    await app.db.query(`UPDATE message SET fence = fence + 1`);
    const before = await now(claimed);
    for (const to of ['sent', 'failed', 'approved', 'cancelled'] as const) {
      const end = { to, why: 'late', whyCode: 'late', sentAt: app.clock.now() };
      expect(await settleAll(app.db, [{ claimed, end }], app.clock.now())).toEqual(new Set());
    }
    expect(await now(claimed)).toEqual(before);
  });

  it('tries a wrong password once, whatever the number of connections', async () => {
    await start();
    await several(8);
    server.script = { tls: 'none', greeting: '554 not you' };
    await deliver();
    expect(server.connections).toBe(1);
    expect(await mailbox()).toMatchObject({ state: 'paused', pausedUntil: null });
  });

  it('goes on with the connections it has where the server lets it have no more', async () => {
    await start();
    const messages = await several(8);
    server.script = { tls: 'none', at: { connect: () => Promise.resolve() } };
    const greeting = () => {
      server.script = { ...server.script, greeting: '421 too many connections from you' };
      return Promise.resolve();
    };
    server.script.at = { mail: greeting };
    await deliver();
    expect(await states(messages)).toEqual(messages.map(() => 'sent'));
    expect(await mailbox()).toMatchObject({ state: 'active', slowFactor: 1 });
  });

  it('slows a mailbox down whose provider asks for less, says so, and speeds up after a good day', async () => {
    await start();
    const messages = await several(2);
    server.script = { tls: 'none', greeting: '421 4.7.0 Too much mail from you, try later' };
    await deliver();
    expect(await states(messages)).toEqual(['approved', 'approved']);
    const slowed = await mailbox();
    expect(slowed).toMatchObject({ state: 'paused', slowFactor: 2 });
    expect(slowed.slowedUntil).toEqual(new Date('2026-11-24T09:00:00Z'));
    expect(slowed.pausedWhy).toMatch(/Too much mail.*2 times the usual gap/);
    server.script = { tls: 'none' };
    app.clock.set(new Date('2026-11-23T09:05:00Z'));
    await deliver();
    // Without gaps of its own it keeps some for a while.
    expect((await states(messages)).sort()).toEqual(['approved', 'sent']);
    app.clock.set(new Date('2026-11-23T09:10:00Z'));
    await deliver();
    expect(await states(messages)).toEqual(['sent', 'sent']);
    expect(await mailbox()).toMatchObject({ state: 'active', slowFactor: 2 });
    app.clock.set(new Date('2026-11-24T09:05:00Z'));
    await approved();
    await deliver();
    expect(await mailbox()).toMatchObject({ slowFactor: 1, slowedUntil: null });
  });
});
