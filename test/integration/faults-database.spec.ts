import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { claimDue, sweepLeases } from '../../src/delivery/claim.js';
import { lookAndMark } from '../../src/delivery/last-look.js';
import {
  AT_THE_END,
  AT_THE_LOCK,
  AT_THE_MARK,
  FaultGround,
  LEASE,
  once,
  rewrite,
  type Worker,
} from '../faults/ground.js';
import { comesTo, startFarWorker } from '../faults/far-worker.js';
import type { FaultProxy } from '../faults/proxy.js';
import { rounds } from '../faults/rounds.js';
import type { Moment, ScriptedSmtp } from '../mail/scripted-smtp.js';

const LONG = `${'A line of a long letter about rehearsed migrations.\n'.repeat(20_000)}\nAda`;
const LONGER_THAN_THE_LEASE = LEASE * 1000 + 500;

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
      const away = comesTo(server, moment, round, () => (how === 'gone' ? proxy.refuse() : proxy.stall()));
      const run = far.deliver();
      await away;
      await ground.othersWork();
      await proxy.heal();
      await run;
      await ground.othersDone();
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
    const away = comesTo(server, moment, round, () => proxy.refuse());
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

  it('late at the mark, while another has claimed it and stands at the same door: only that one passes', async () => {
    // Patient, for each waits for the other; the lease ends all the same.
    const patient = { settings: { SEND_LEASE_SECONDS: '30', SMTP_TIMEOUT_SECONDS: '25' } };
    const [late, other] = [await ground.worker(patient), await ground.worker(patient)];
    const [message] = await ground.approved(mailboxId, 1);
    let theOther: Promise<unknown> = Promise.resolve();
    let farIsBack: () => void = () => undefined;
    const back = new Promise<void>((resolve) => (farIsBack = resolve));
    let dialled = 0;
    server.script.at = {
      rcpt: async () => {
        dialled += 1;
        if (dialled > 1) return back;
        // As if it had stood here for too long; a lease that ran out is not revived.
        await ground.app.db.query(`UPDATE message SET lease_until = '2020-01-01' WHERE id = $1`, [
          message!.id,
        ]);
        theOther = other.deliver();
        await ground.until(() => dialled > 1);
      },
    };
    await late.deliver();
    expect(server.received).toEqual([]);
    expect(await ground.message(message!.id)).toMatchObject({ state: 'claimed', fence: 2 });
    farIsBack();
    await theOther;
    expect(await ground.message(message!.id)).toMatchObject({ state: 'sent', fence: 2, attempts: 1 });
    expect(await ground.account(server)).toMatchObject({ received: 1, sent: 1 });
  });

  it('late at the mark, after its lease has ended and the owner took it back: it does not leave', async () => {
    const [message] = await ground.approved(mailboxId, 1);
    const late = await ground.worker({ settings: { SEND_LEASE_SECONDS: '30', SMTP_TIMEOUT_SECONDS: '25' } });
    server.script.at = {
      rcpt: once(async () => {
        await ground.app.db.query(`UPDATE message SET lease_until = '2020-01-01' WHERE id = $1`, [
          message!.id,
        ]);
        await sweepLeases(ground.app.db, ground.app.clock.now());
        await ground.app.http.post(`/messages/${message!.id}/withdraw`).expect(200);
      }),
    };
    await late.deliver();
    expect(server.commands).toContain('DATA');
    expect(await ground.message(message!.id)).toMatchObject({
      state: 'cancelled',
      whyCode: 'discarded',
      fence: 1,
    });
    expect(await ground.account(server)).toMatchObject({ received: 0, cancelled: 1 });
  });

  it('Postgres gone for longer than the lease before anything is claimed: the runs fail, nothing is lost', async () => {
    await ground.approved(mailboxId, 3);
    await proxy.refuse();
    const gone = performance.now();
    while (performance.now() - gone < LONGER_THAN_THE_LEASE) {
      expect(String(await far.deliver())).toMatch(/ECONN/);
      await pause(100);
    }
    expect(await ground.account(server)).toMatchObject({ waiting: 3 });
    await proxy.heal();
    await far.deliver();
    expect(await ground.account(server)).toMatchObject({ sent: 3 });
  });

  describe('Postgres has done it, and its answer is lost', () => {
    // The rows are written; the worker that asked for it hears of no end.
    it.each([
      ['the claim', /^.COMMIT|COMMIT.?$/s],
      ['the locks of the last look', AT_THE_LOCK],
      ['the mark', AT_THE_MARK],
      ['the end', AT_THE_END],
    ] as const)('%s', async (_, what) => {
      await ground.approved(mailboxId, 3);
      const lost = new Promise<void>((resolve) => {
        proxy.on(what, {
          // Its answer is on the way back by then, and is held.
          after: async () => {
            await ground.until(async () => (await ground.busyElsewhere()) === 0);
            await proxy.refuse();
            resolve();
          },
        });
      });
      const run = far.deliver();
      await lost;
      await ground.othersWork();
      await proxy.heal();
      // What is written a second time is known by its id.
      expect(String(await run)).not.toMatch(/duplicate key/);
      await ground.othersDone();
      await ground.settle();
      await ground.calm();
      const tally = await ground.account(server);
      expect(tally.sent + tally.unknown).toBe(3);
      // Only a mark that nobody heard of leaves a question behind.
      expect(tally.unknown).toBeLessThanOrEqual(what === AT_THE_MARK ? 1 : 0);
    });

    it('the mark, and it comes when the lease is over and the owner has said "not sent": the late one does not leave', async () => {
      const [message] = await ground.approved(mailboxId, 1);
      const held = new Promise<void>((resolve) => {
        proxy.on(AT_THE_MARK, {
          after: () => {
            proxy.stall();
            resolve();
          },
        });
      });
      const run = far.deliver();
      await held;
      await ground.until(async () => {
        await ground.deliver();
        return (await ground.message(message!.id)).state === 'unknown';
      });
      expect(await ground.account(server)).toMatchObject({ unknown: 1, received: 0 });
      await ground.app.http.post(`/messages/${message!.id}/settle`).send({ was: 'not-sent' }).expect(200);
      await ground.settle();
      const before = await ground.message(message!.id);
      expect(before).toMatchObject({ state: 'sent', fence: 2 });
      await proxy.heal();
      await run;
      expect(await ground.account(server)).toMatchObject({ received: 1, sent: 1 });
      expect(await ground.message(message!.id)).toEqual(before);
    });
  });

  it('Postgres slow to write an end: the next of the same connection is not marked before', async () => {
    const settings = { SMTP_CONNECTIONS: '1', SEND_LEASE_SECONDS: '30', SMTP_TIMEOUT_SECONDS: '25' };
    const one = await ground.worker({ databaseUrl: proxy.url(ground.databaseUrl), settings });
    await ground.approved(mailboxId, 3);
    let seen: unknown;
    proxy.on(AT_THE_END, {
      before: async () => {
        await ground.until(() => server.commands.filter((command) => command === 'DATA').length === 2);
        // Long enough for a mark, were it asked for.
        await pause(300);
        seen = { sending: await ground.inState('sending'), received: server.received.length };
      },
    });
    await one.deliver();
    expect(seen).toEqual({ sending: 1, received: 1 });
    expect(await ground.account(server)).toMatchObject({ sent: 3 });
  });

  it('Postgres frozen between the commit of a mark and its return: whoever asked for it is told that it is lost', async () => {
    await ground.approved(mailboxId, 2);
    const now = ground.app.clock.now();
    const claimed = await claimDue(ground.app.db, { mailboxId, now, limit: 2, leaseSeconds: LEASE });
    let stood: () => void = () => undefined;
    const stands = new Promise<void>((resolve) => (stood = resolve));
    proxy.on(AT_THE_MARK, {
      after: () => {
        proxy.stall();
        stood();
      },
    });
    const looking = lookAndMark(
      far.nest.get(DataSource),
      claimed.map((one) => ({
        claimed: one,
        header: { messageId: `<${one.id}@example.org>`, inReplyTo: null, references: [] },
      })),
      { now, leaseSeconds: LEASE },
    );
    await stands;
    await ground.until(async () => (await ground.inState('sending')) === 2);
    await ground.othersWork();
    await proxy.heal();
    expect(await looking).toEqual([{ kind: 'lost' }, { kind: 'lost' }]);
    await ground.othersDone();
    expect(await ground.account(server)).toMatchObject({ received: 0, unknown: 2 });
  });
});
