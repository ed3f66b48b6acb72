import { DataSource } from 'typeorm';
import { rows } from '../../src/database/rows.js';
import { comesTo, startFarWorker } from '../faults/far-worker.js';
import { FaultGround, rewrite, type Worker } from '../faults/ground.js';
import type { FaultProxy } from '../faults/proxy.js';
import { rounds } from '../faults/rounds.js';
import type { ScriptedSmtp } from '../mail/scripted-smtp.js';

/** It answers, and cannot do what is asked. */
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
    ({ proxy, far, server, mailboxId } = await startFarWorker(ground));
  });
  afterEach(async () => {
    await proxy.heal();
    await ground.clear();
  });
  afterAll(() => ground.close());

  it.each([
    ['before the mark', 'rcpt'],
    ['before the end is written', 'dot'],
  ] as const)('pool exhausted %s: nothing is sent twice, nothing forgotten', async (_, moment) => {
    const db = far.nest.get(DataSource);
    const { master } = db.driver as unknown as { master: { options: Record<string, number> } };
    const { connectionTimeoutMillis, max } = master.options;
    await ground.approved(mailboxId, 4);
    const holders = Array.from({ length: max! }, () => db.createQueryRunner());
    const run = comesTo(server, moment, round, async () => {
      // Not before: on a busy machine it would not come so far.
      master.options['connectionTimeoutMillis'] = 300;
      // The connections it has just given back, and all others.
      await Promise.all(holders.map((holder) => holder.query('SELECT 1').catch(() => undefined)));
    });
    const delivered = far.deliver();
    await run;
    await ground.othersWork();
    await Promise.all(holders.map((holder) => holder.release()));
    await delivered;
    await ground.othersDone();
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
      for (const table of ['message', 'send_attempt', 'mailbox', 'suppression', 'sent_copy']) {
        await ground.app.db.query(`DROP TRIGGER IF EXISTS disk_full ON ${table}`);
      }
    };
    afterEach(async () => {
      await emptied();
      await ground.othersDone();
    });

    it.each([
      ['at the claim', 'message', `NEW.state = 'claimed'`],
      ['at the mark', 'message', `NEW.state = 'sending'`],
      ['when the end is written', 'message', `NEW.state = 'sent'`],
      ['when it is handed back', 'message', `NEW.state IN ('sending', 'approved')`],
      ['when the try is written', 'send_attempt', 'true'],
      ['everywhere', 'message', 'true'],
      ['when the slots are given out', 'mailbox', 'NEW.next_slot_at IS NOT NULL'],
      ['when our copy is kept for Sent', 'sent_copy', 'true'],
    ])('%s', async (_, table, when) => {
      await ground.approved(mailboxId, 3);
      await full(table, when);
      const run = far.deliver();
      await ground.othersWork();
      await emptied();
      await run;
      await ground.othersDone();
      await ground.settle();
      await ground.calm();
      const tally = await ground.account(server);
      expect(tally).toMatchObject({ sent: 3 });
    });

    it('when the address of nobody is suppressed: the refusal is not forgotten, and nobody tries again', async () => {
      server.script.rcpt = (to) => (to.startsWith('gone') ? '550 5.1.1 no such user' : undefined);
      const [gone] = await ground.approved(mailboxId, 1, { email: 'gone@example.com' });
      await ground.approved(mailboxId, 2);
      await full('suppression', 'true');
      const run = far.deliver();
      await ground.othersWork();
      expect(await rows(ground.app.db, 'SELECT 1 FROM suppression')).toEqual([]);
      await emptied();
      await run;
      await ground.othersDone();
      await ground.settle();
      await ground.calm();
      expect(await ground.account(server)).toMatchObject({ sent: 2, failed: 1 });
      expect(await ground.message(gone!.id)).toMatchObject({ state: 'failed', whyCode: 'refused' });
      expect(await rows(ground.app.db, 'SELECT address FROM suppression')).toEqual([
        { address: 'gone@example.com' },
      ]);
      expect(server.commands.filter((command) => command.startsWith('RCPT TO:<gone'))).toHaveLength(1);
    });

    it('when what a dead worker left is called unknown', async () => {
      const [left] = await ground.approved(mailboxId, 1, {
        state: 'sending',
        leaseUntil: new Date('2020-01-01'),
        nextAt: null,
      });
      await ground.approved(mailboxId, 1);
      await full('message', `NEW.state = 'unknown'`);
      await ground.othersWork();
      await emptied();
      await ground.othersDone();
      await ground.settle();
      expect(await ground.message(left!.id)).toMatchObject({ state: 'unknown', whyCode: 'worker-lost' });
      expect(await ground.account(server)).toMatchObject({ sent: 1, unknown: 1 });
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
    await ground.othersWork();
    await runner.rollbackTransaction();
    await runner.release();
    await run;
    await ground.othersDone();
    await ground.settle();
    await ground.calm();
    expect(await ground.account(server)).toMatchObject({ sent: 3 });
    expect(await rows(ground.app.db, `SELECT 1 FROM pg_prepared_xacts`)).toEqual([]);
  });
});
