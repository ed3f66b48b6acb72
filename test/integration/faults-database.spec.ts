import { jest } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { rows } from '../../src/database/rows.js';
import { FaultGround, LEASE, once, rewrite, type Worker } from '../faults/ground.js';
import { startFaultProxy, type FaultProxy } from '../faults/proxy.js';
import { rounds } from '../faults/rounds.js';
import type { Moment, ScriptedSmtp } from '../mail/scripted-smtp.js';

jest.setTimeout(60_000);

const LONG = `${'A line of a long letter about rehearsed migrations.\n'.repeat(20_000)}\nAda`;
const LONGER_THAN_THE_LEASE = LEASE * 1000 + 500;

/** One worker whose Postgres is reached through a proxy; the service itself and the test reach it directly. */
describe.each(rounds)('the fault table: Postgres, round %i', (round) => {
  let ground: FaultGround;
  let proxy: FaultProxy;
  let far: Worker;
  let server: ScriptedSmtp;
  let mailboxId: string;

  beforeAll(async () => {
    ground = await FaultGround.start();
  });
  beforeEach(async () => {
    proxy = ground.lent(await startFaultProxy(Number(new URL(ground.databaseUrl).port)));
    far = await ground.worker({ databaseUrl: proxy.url(ground.databaseUrl) });
    server = await ground.server();
    mailboxId = await ground.mailbox(server.settings.port);
  });
  afterEach(async () => {
    await proxy.heal();
    await ground.clear();
  });
  afterAll(() => ground.close());

  /** The far worker comes so far with one of its messages; then `act`. Resolves when it has been done. */
  const farComesTo = (moment: Moment, act: () => unknown): Promise<void> =>
    new Promise((resolve) => {
      let passed = 0;
      server.script.at = {
        [moment]: async () => {
          passed += 1;
          if (passed !== 1 + ((round - 1) % 2)) return;
          await act();
          resolve();
        },
      };
    });

  /** For longer than the lease, others look for what was left behind. They may be held up by the fault themselves. */
  const othersWork = async (): Promise<void> => {
    const end = performance.now() + LONGER_THAN_THE_LEASE;
    while (performance.now() < end) {
      const run = ground.deliver();
      others.push(run);
      await Promise.race([run, pause(300)]);
      await pause(50);
    }
  };
  const others: Promise<unknown>[] = [];
  const othersDone = () => Promise.all(others.splice(0));

  const stages: [name: string, moment: Moment, text: string][] = [
    ['claimed', 'rcpt', 'A few words.\n\nAda'],
    ['at the mark', 'data', 'A few words.\n\nAda'],
    ['sending', 'body', LONG],
    ['after the dot', 'dot', 'A few words.\n\nAda'],
    ['after 250', 'accepted', 'A few words.\n\nAda'],
  ];

  describe.each(['gone', 'frozen'] as const)('Postgres %s for longer than the lease', (how) => {
    it.each(stages)('%s: for this worker only; the others go on', async (_, moment, text) => {
      await ground.approved(mailboxId, 3, { text });
      const away = farComesTo(moment, () => (how === 'gone' ? proxy.refuse() : proxy.stall()));
      const run = far.deliver();
      await away;
      await othersWork();
      await proxy.heal();
      await run;
      await othersDone();
      await ground.settle();
      await ground.calm();
      const tally = await ground.account(server);
      expect(tally.sent + tally.unknown).toBe(3);
      // It lives and heard the 250s: what it can prove, it has written.
      expect(tally.unknown).toBe(0);
    });
  });

  it.each(stages)('Postgres gone for everybody, longer than the lease: %s', async (_, moment, text) => {
    await ground.approved(mailboxId, 3, { text });
    const away = farComesTo(moment, () => proxy.refuse());
    const run = far.deliver();
    await away;
    await pause(LONGER_THAN_THE_LEASE);
    await proxy.heal();
    await run;
    await far.deliver();
    await ground.settle();
    await ground.calm();
    const tally = await ground.account(server);
    expect(tally).toMatchObject({ sent: 3 });
  });

  it('Postgres frozen at the mark, while another took it and was told to come later: its word stands', async () => {
    const [message] = await ground.approved(mailboxId, 1);
    const away = new Promise<void>((resolve) => {
      server.script.at = {
        data: once(() => {
          proxy.stall();
          server.script.rcpt = '450 4.2.0 greylisted';
          resolve();
        }),
      };
    });
    const run = far.deliver();
    await away;
    await ground.until(async () => {
      await ground.deliver();
      return (await ground.message(message!.id)).whyCode === 'retry';
    });
    const before = await ground.message(message!.id);
    await proxy.heal();
    await run;
    expect(server.received).toEqual([]);
    expect(await ground.message(message!.id)).toEqual(before);
    expect(before).toMatchObject({ state: 'approved', fence: 2, attempts: 1, leaseUntil: null });
    rewrite(server);
    await ground.calm();
    expect(await ground.account(server)).toMatchObject({ sent: 1 });
  });

  it('Postgres gone before anything is claimed: the run fails, nothing is lost', async () => {
    await ground.approved(mailboxId, 3);
    await proxy.refuse();
    expect(String(await far.deliver())).toMatch(/ECONN/);
    await proxy.heal();
    await far.deliver();
    await ground.settle();
    expect(await ground.account(server)).toMatchObject({ sent: 3 });
  });

  it('pool exhausted: who gets no connection gives up, nothing is sent twice', async () => {
    const db = far.nest.get(DataSource);
    const { master } = db.driver as unknown as { master: { options: Record<string, number> } };
    const { connectionTimeoutMillis, max } = master.options;
    master.options['connectionTimeoutMillis'] = 300;
    await ground.approved(mailboxId, 4);
    const holders = Array.from({ length: max! }, () => db.createQueryRunner());
    const run = farComesTo('rcpt', async () => {
      // The connections it has just given back, and all others.
      await Promise.all(holders.map((holder) => holder.query('SELECT 1').catch(() => undefined)));
    });
    const delivered = far.deliver();
    await run;
    await othersWork();
    await Promise.all(holders.map((holder) => holder.release()));
    await delivered;
    await othersDone();
    master.options['connectionTimeoutMillis'] = connectionTimeoutMillis!;
    await far.deliver();
    await ground.settle();
    await ground.calm();
    expect(await ground.account(server)).toMatchObject({ sent: 4 });
  });

  describe('disk full (SQLSTATE 53100)', () => {
    /** Every write that matches finds the disk full, until `emptied`. */
    const full = async (table: string, when: string): Promise<void> => {
      await ground.app.db.query(`
        CREATE OR REPLACE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`);
      await ground.app.db.query(
        `CREATE TRIGGER disk_full BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION disk_is_full()`,
      );
    };
    const emptied = async (): Promise<void> => {
      for (const table of ['message', 'send_attempt', 'mailbox']) {
        await ground.app.db.query(`DROP TRIGGER IF EXISTS disk_full ON ${table}`);
      }
    };
    afterEach(async () => {
      await emptied();
      await othersDone();
    });

    it.each([
      ['at the claim', 'message', `NEW.state = 'claimed'`],
      ['at the mark', 'message', `NEW.state = 'sending'`],
      ['when the end is written', 'message', `NEW.state = 'sent'`],
      ['when it is handed back', 'message', `NEW.state IN ('sending', 'approved')`],
      ['when the try is written', 'send_attempt', 'true'],
      ['everywhere', 'message', 'true'],
    ])('%s', async (_, table, when) => {
      await ground.approved(mailboxId, 3);
      await full(table, when);
      const run = far.deliver();
      await othersWork();
      await emptied();
      await run;
      await othersDone();
      await ground.settle();
      await ground.calm();
      const tally = await ground.account(server);
      expect(tally).toMatchObject({ sent: 3 });
    });

    it('when the mailbox should be told to rest', async () => {
      rewrite(server, { greeting: '421 4.3.2 busy' });
      await ground.approved(mailboxId, 3);
      await full('mailbox', 'true');
      await far.deliver();
      await emptied();
      await ground.settle();
      await ground.account(server);
      rewrite(server);
      await ground.calm();
      expect(await ground.account(server)).toMatchObject({ sent: 3 });
    });
  });

  it('a writer that holds a person’s row for longer than the lease: that one waits, the neighbours go', async () => {
    const [held] = await ground.approved(mailboxId, 3);
    const runner = ground.app.db.createQueryRunner();
    await runner.startTransaction();
    await runner.query(`SELECT 1 FROM contact WHERE id = $1 FOR UPDATE`, [held!.contactId]);
    const run = far.deliver();
    await othersWork();
    await runner.rollbackTransaction();
    await runner.release();
    await run;
    await othersDone();
    await ground.settle();
    await ground.calm();
    expect(await ground.account(server)).toMatchObject({ sent: 3 });
    expect(await rows(ground.app.db, `SELECT 1 FROM pg_prepared_xacts`)).toEqual([]);
  });
});
