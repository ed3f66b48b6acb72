import type { Message } from '../../src/database/entities/message.entity.js';
import { claimDue } from '../../src/delivery/claim.js';
import { AT_THE_MARK, FaultGround, LEASE, NOW, once, SETTINGS } from '../faults/ground.js';
import { startFaultProxy } from '../faults/proxy.js';
import { rounds } from '../faults/rounds.js';
import { startWorkerProcess, type WorkerProcess } from '../faults/worker-process.js';
import type { Moment, ScriptedSmtp } from '../mail/scripted-smtp.js';

/** More than the kernel takes in one go: the server sees its beginning while its end has not left. */
const LONG = `${'A line of a long letter about rehearsed migrations.\n'.repeat(20_000)}\nAda`;

describe.each(rounds)('the fault table: workers, round %i', (round) => {
  let ground: FaultGround;
  /** Booted while the row before is played, for a boot takes longer than a row. */
  let next: Promise<WorkerProcess>;
  const taken: WorkerProcess[] = [];
  const boot = (over: Record<string, string> = {}): Promise<WorkerProcess> =>
    startWorkerProcess(NOW, { ...SETTINGS, ROLES: 'web', DATABASE_URL: ground.databaseUrl, ...over });
  const take = async (): Promise<WorkerProcess> => {
    const ready = await next;
    next = boot();
    next.catch(() => undefined);
    taken.push(ready);
    return ready;
  };

  beforeAll(async () => {
    ground = await FaultGround.start();
    next = boot();
    await next;
  });
  afterEach(async () => {
    await Promise.all(taken.splice(0).map((one) => one.kill()));
    await ground.clear();
  });
  afterAll(async () => {
    await (await next).kill();
    await ground.close();
  });

  /** At this moment of the conversation number `of`, the first that comes to it so far. */
  const when = (server: ScriptedSmtp, moment: Moment, of: number, act: () => unknown): void => {
    let passed = 0;
    const first = once(act);
    server.script.at = {
      [moment]: async () => {
        passed += 1;
        if (passed === of) await first();
      },
    };
  };

  describe('kill -9 in the middle; the next worker finds what was left', () => {
    const cases: [name: string, moment: Moment, text: string, left: string[]][] = [
      ['worker killed before DATA', 'rcpt', 'A few words.\n\nAda', ['approved', 'claimed']],
      ['worker killed at DATA, before a byte left', 'data', 'A few words.\n\nAda', ['approved', 'claimed']],
      ['worker killed after DATA, in the body', 'body', LONG, ['sending']],
      ['worker killed after the dot, before 250', 'dot', 'A few words.\n\nAda', ['sending']],
      ['250 then worker killed', 'accepted', 'A few words.\n\nAda', ['sending', 'sent']],
    ];
    it.each(cases)('%s', async (_, moment, text, left) => {
      const worker = await take();
      const server = await ground.server();
      const mailboxId = await ground.mailbox(server.settings.port);
      const messages = await ground.approved(mailboxId, 4, { text });
      const victim = 1 + ((round - 1) % 3);
      let stateThen: (string | undefined)[] = [];
      let killed: () => void = () => undefined;
      const dead = new Promise<void>((resolve) => (killed = resolve));
      when(server, moment, victim, async () => {
        await worker.kill();
        stateThen = await Promise.all(messages.map(async ({ id }) => (await ground.message(id)).state));
        killed();
      });
      worker.go();
      await dead;
      // The kill has caught one in the state that the row is about, or the row proves nothing.
      expect(stateThen.some((state) => state !== undefined && left.includes(state))).toBe(true);
      await ground.settle();
      await ground.calm();
      const tally = await ground.account(server);
      expect(tally.sent + tally.unknown).toBe(4);
      // At most the one in the server's hands, or the one before it, whose end was not written yet.
      expect(tally.unknown).toBeLessThanOrEqual(victim > 1 || left.includes('sending') ? 1 : 0);
      if (left.length === 1) expect(tally.unknown).toBe(1);
    });
  });

  describe('worker frozen for longer than the lease: late, it neither sends nor overwrites', () => {
    const cases: [name: string, moment: Moment, text: string][] = [
      ['frozen before DATA', 'rcpt', 'A few words.\n\nAda'],
      ['frozen at the go-ahead', 'data', 'A few words.\n\nAda'],
      ['frozen in the body', 'body', LONG],
      ['frozen between dot and 250', 'dot', 'A few words.\n\nAda'],
    ];
    it.each(cases)('%s', async (_, moment, text) => {
      const worker = await take();
      const server = await ground.server();
      const mailboxId = await ground.mailbox(server.settings.port);
      const messages = await ground.approved(mailboxId, 3, { text });
      let frozen: () => void = () => undefined;
      const still = new Promise<void>((resolve) => (frozen = resolve));
      when(server, moment, 1, () => {
        worker.freeze();
        frozen();
      });
      worker.go();
      await still;
      // Others take over what the lease sets free, while it stands there.
      const leaseEnds = performance.now() + LEASE * 1000 + 500;
      await ground.until(async () => {
        await ground.deliver();
        return performance.now() > leaseEnds && (await ground.inState('claimed', 'sending')) === 0;
      });
      await ground.calm();
      const before = await Promise.all(messages.map(({ id }) => ground.message(id)));
      expect(before.every(({ state }) => state === 'sent' || state === 'unknown')).toBe(true);
      worker.thaw();
      // It comes to itself: at its latest when it takes the next thing that is due.
      const [after] = await ground.approved(mailboxId, 1);
      await ground.until(async () => (await ground.message(after!.id)).state === 'sent');
      await worker.kill();
      await ground.settle();
      await ground.account(server);
      for (const { id, state, fence, sentAt } of before) {
        const now = await ground.message(id);
        expect(now.fence).toBe(fence);
        // A 250 that it heard in its sleep may still prove an unknown one sent; nothing else may change.
        if (state === 'sent') expect(now).toMatchObject({ state, sentAt });
        else expect(['sent', 'unknown']).toContain(now.state);
      }
    });

    it('frozen between the commit of its mark and its return', async () => {
      const proxy = ground.lent(await startFaultProxy(Number(new URL(ground.databaseUrl).port)));
      const worker = await boot({
        DATABASE_URL: proxy.url(ground.databaseUrl),
        // On a busy machine it must still come to the mark within its lease, or nothing is marked.
        SEND_LEASE_SECONDS: '6',
        SMTP_TIMEOUT_SECONDS: '5',
      });
      taken.push(worker);
      const server = await ground.server();
      const mailboxId = await ground.mailbox(server.settings.port);
      const [message] = await ground.approved(mailboxId, 1, { text: LONG });
      const frozen = new Promise<void>((resolve) => {
        proxy.on(AT_THE_MARK, {
          after: () => {
            worker.freeze();
            resolve();
          },
        });
      });
      worker.go();
      await frozen;
      await ground.until(async () => {
        await ground.deliver();
        return (await ground.message(message!.id)).state === 'unknown';
      });
      // The owner looks into Sent, finds nothing, and it goes by another worker.
      await ground.app.http.post(`/messages/${message!.id}/settle`).send({ was: 'not-sent' }).expect(200);
      await ground.settle();
      const before = await ground.message(message!.id);
      expect(before).toMatchObject({ state: 'sent', fence: 2 });
      worker.thaw();
      const [after] = await ground.approved(mailboxId, 1);
      await ground.until(async () => (await ground.message(after!.id)).state === 'sent');
      await worker.kill();
      await ground.settle();
      expect(await ground.account(server)).toMatchObject({ received: 2, sent: 2 });
      expect(await ground.message(message!.id)).toEqual(before);
    });
  });

  describe('more than one of them', () => {
    it('two workers on one row: two processes and this one', async () => {
      const workers = [await take(), await take()];
      const server = await ground.server();
      const mailboxId = await ground.mailbox(server.settings.port);
      await ground.approved(mailboxId, 40);
      workers.forEach((worker) => worker.go());
      await ground.settle();
      // One row that all of them want, again and again.
      for (let n = 0; n < 10; n += 1) {
        const [one] = await ground.approved(mailboxId, 1);
        await ground.until(async () => (await ground.message(one!.id)).state === 'sent');
      }
      expect(await ground.account(server)).toMatchObject({ received: 50, sent: 50 });
    });

    it('two workers at one slot: who comes second counts what the first has taken', async () => {
      const mailboxId = await ground.mailbox(1, { gapSeconds: 180 });
      await ground.approved(mailboxId, 5);
      const input = { mailboxId, now: ground.app.clock.now(), limit: 5, leaseSeconds: LEASE };
      // Nobody can take a message yet; whoever may count the slots has counted them.
      const holder = ground.app.db.createQueryRunner();
      await holder.startTransaction();
      await holder.query('LOCK TABLE message IN SHARE MODE');
      const claims = [claimDue(ground.app.db, input), claimDue(ground.app.db, input)];
      await ground.until(async () => (await ground.waitingForLocks()) === 2);
      await holder.rollbackTransaction();
      await holder.release();
      expect((await Promise.all(claims)).flat()).toHaveLength(1);
    });

    it('two workers on one row: one claim of twenty is given', async () => {
      const server = await ground.server();
      const mailboxId = await ground.mailbox(server.settings.port);
      const [message] = await ground.approved(mailboxId, 1);
      const input = { mailboxId, now: ground.app.clock.now(), limit: 10, leaseSeconds: LEASE };
      const claims = await Promise.all(Array.from({ length: 20 }, () => claimDue(ground.app.db, input)));
      expect(claims.flat().map(({ id }) => id)).toEqual([message!.id]);
      await ground.settle();
      expect(await ground.account(server)).toMatchObject({ sent: 1 });
      const { fence }: Pick<Message, 'fence'> = await ground.message(message!.id);
      expect(fence).toBe(2);
    });
  });
});
