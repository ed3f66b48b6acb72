import { rows } from '../../src/database/rows.js';
import { EnvelopeRefused } from '../../src/mail/envelope.js';
import { SmtpSession } from '../../src/mail/smtp.js';
import { FaultGround, NOW, once, rewrite } from '../faults/ground.js';
import { startFaultProxy } from '../faults/proxy.js';
import { rounds } from '../faults/rounds.js';
import type { Moment, Script } from '../mail/scripted-smtp.js';

/** More than the kernel takes in one go, so that a cut in the middle is one. */
const LONG = `${'A line of a long letter about rehearsed migrations.\n'.repeat(8_000)}\nAda`;

describe.each(rounds)('the fault table: the conversation, round %i', (round) => {
  let ground: FaultGround;
  beforeAll(async () => {
    ground = await FaultGround.start();
  });
  afterEach(() => ground.clear());
  afterAll(() => ground.close());

  describe('the connection is lost in the middle', () => {
    /** What may be said of the one whose conversation it was. */
    const cases: [moment: Moment, how: 'drop' | 'stall', allowed: string[]][] = [
      ['rcpt', 'drop', ['approved']],
      ['data', 'drop', ['approved']],
      ['go-ahead', 'drop', ['approved']],
      // What the kernel took in one go, dot and all, may have arrived as far as the worker can know.
      ['body', 'drop', ['approved', 'unknown']],
      ['dot', 'drop', ['unknown']],
      ['accepted', 'drop', ['sent', 'unknown']],
      ['rcpt', 'stall', ['approved']],
      ['data', 'stall', ['approved']],
      ['body', 'stall', ['approved', 'unknown']],
      ['dot', 'stall', ['unknown']],
    ];
    it.each(cases)('at %s: %s', async (moment, how, allowed) => {
      const server = await ground.server();
      const hurt = once(() => (server.script[how] = moment));
      // One conversation of three, a later one with each round.
      let passed = 0;
      server.script.bodyBytes = 20_000 + round;
      server.script.at = {
        [moment]: async () => {
          if (server.script[how] === moment) Reflect.deleteProperty(server.script, how);
          passed += 1;
          if (passed === 1 + (round % 3)) await hurt();
        },
      };
      const mailboxId = await ground.mailbox(server.settings.port);
      await ground.approved(mailboxId, 3, { text: LONG });
      await ground.settle();
      const tally = await ground.account(server);
      expect(tally.sent).toBeGreaterThanOrEqual(allowed.includes('unknown') ? 1 : 0);
      const states = await rows<{ state: string; why: string | null }>(
        ground.app.db,
        `SELECT state, why FROM message WHERE state <> 'sent'`,
      );
      for (const { state, why } of states) {
        // Those behind it may have been handed back with the mailbox.
        expect([...allowed, 'approved']).toContain(state);
        if (state === 'unknown') expect(why).toMatch(/Look into Sent/);
      }
      if (!allowed.includes('approved') && !allowed.includes('sent')) {
        expect(states.filter(({ state }) => state === 'unknown')).toHaveLength(1);
      }
      rewrite(server);
      await ground.calm();
      const end = await ground.account(server);
      expect(end.sent + end.unknown).toBe(3);
    });

    it.each([
      ['it did accept', undefined, 'sent'],
      ['it did not accept', () => '451 4.3.0 not now', 'not-sent'],
    ] as const)(
      'after the final dot: only the server knows that %s, until the owner says so',
      async (_, dot, was) => {
        const server = await ground.server({ drop: 'dot', ...(dot && { dot }) });
        const mailboxId = await ground.mailbox(server.settings.port);
        const [message] = await ground.approved(mailboxId, 1);
        await ground.settle();
        rewrite(server);
        // However often somebody looks, and whatever else is for the same person: it waits for the owner.
        const [next] = await ground.approved(mailboxId, 1, {
          contactId: message!.contactId,
          kind: 'by-hand',
        });
        await ground.deliver();
        await ground.calm();
        expect(await ground.account(server)).toMatchObject({ received: dot ? 0 : 1, unknown: 1, waiting: 1 });
        expect((await ground.message(next!.id)).whyCode).toBe('in-flight');
        await ground.app.http.post(`/messages/${message!.id}/settle`).send({ was }).expect(200);
        ground.app.clock.set(new Date(Date.parse(NOW) + 3 * 86_400_000));
        await ground.calm();
        ground.app.clock.set(new Date(Date.parse(NOW) + 7 * 86_400_000));
        await ground.calm();
        expect(await ground.account(server)).toMatchObject({ received: 2, sent: 2 });
      },
    );

    it('after the dot, in the middle of the 250', async () => {
      const server = await ground.server({ tornReply: '250 2.0' });
      const mailboxId = await ground.mailbox(server.settings.port);
      await ground.approved(mailboxId, 1);
      await ground.settle();
      rewrite(server);
      await ground.calm();
      expect(await ground.account(server)).toMatchObject({ received: 1, unknown: 1 });
    });

    it('before the final dot, by the network: a proxy cuts both ways', async () => {
      const server = await ground.server();
      const proxy = ground.lent(await startFaultProxy(server.settings.port));
      server.script.bodyBytes = 1_000 * round;
      server.script.at = { body: once(() => proxy.cut()) };
      const mailboxId = await ground.mailbox(proxy.port);
      await ground.approved(mailboxId, 3, { text: LONG });
      await ground.settle();
      await ground.calm();
      const tally = await ground.account(server);
      expect(tally.sent + tally.unknown).toBe(3);
      expect(server.torn.length).toBeGreaterThan(0);
    });
  });

  it('a second recipient that slips in on the way to the wire: seen before the words leave, whoever put it there', async () => {
    const server = await ground.server();
    const opened = await SmtpSession.open(server.settings);
    if (opened.kind !== 'open') throw new Error(opened.text);
    const { session } = opened;
    // The client itself, as a fault in it would.
    const { connection } = session as unknown as { connection: { send(...args: unknown[]): void } };
    const speak = connection.send.bind(connection);
    connection.send = (envelope, ...rest) =>
      speak({ ...(envelope as object), to: ['grace@example.com', 'evil@example.net'] }, ...rest);
    let marked = 0;
    const sending = session.send({
      from: 'ada@example.org',
      to: 'grace@example.com',
      mime: Buffer.from('Subject: hello\r\n\r\nhello\r\n'),
      mark: () => Promise.resolve((marked += 1) > 0),
    });
    await expect(sending).rejects.toThrow(EnvelopeRefused);
    expect(server.commands.filter((command) => command.startsWith('RCPT'))).toHaveLength(2);
    expect([marked, server.received]).toEqual([0, []]);
  });

  it('slow server (1 byte/s), at every stage: its leases last, each is sent once', async () => {
    const stages: Moment[] = ['connect', 'ehlo', 'mail', 'rcpt', 'data', 'dot'];
    const healed: Partial<Record<Moment, Moment>> = {
      connect: 'ehlo',
      ehlo: 'mail',
      mail: 'rcpt',
      rcpt: 'data',
      data: 'dot',
    };
    const brief: Script = {
      greeting: '220 hi',
      ehlo: '250 hi',
      mail: () => '250 ok',
      rcpt: () => '250 ok',
      data: '354 go',
      dot: () => '250 ok',
    };
    // Just above a second between two bytes would be silence to a worker with a patience of one.
    const worker = await ground.worker({
      settings: { SEND_LEASE_SECONDS: '4', SMTP_TIMEOUT_SECONDS: '3.9' },
    });
    const servers = await Promise.all(
      stages.map(async (stage) => {
        const server = await ground.server({ ...brief });
        const proxy = ground.lent(await startFaultProxy(server.settings.port));
        // The whole of one reply; the greeting is waited for as long as the timeout says, no longer.
        const rate = stage === 'connect' ? 5 : 1;
        const read = healed[stage];
        server.script.at = {
          [stage]: once(() => proxy.slow(rate)),
          ...(read && { [read]: once(() => proxy.heal()) }),
        };
        const mailboxId = await ground.mailbox(proxy.port, { address: `${stage}@example.org` });
        await ground.approved(mailboxId, 1);
        return server;
      }),
    );
    const ended = { done: false };
    const slow = worker.deliver().finally(() => (ended.done = true));
    await ground.until(async () => (await ground.inState('approved')) === 0);
    // Others look for what was left behind all the while.
    let calledUnknown = 0;
    await ground.until(async () => {
      await ground.deliver();
      calledUnknown += await ground.inState('unknown');
      return ended.done;
    });
    expect(calledUnknown).toBe(0);
    await slow;
    await ground.settle();
    expect(await ground.account(...servers)).toMatchObject({ received: 6, sent: 6 });
    // One claim each: no lease ran out in between.
    expect(await rows(ground.app.db, 'SELECT 1 FROM message WHERE fence > 1')).toEqual([]);
  });

  it('slow server (1 byte/s) from the banner on: it is not waited for without end', async () => {
    const server = await ground.server();
    const proxy = ground.lent(await startFaultProxy(server.settings.port));
    proxy.slow(1);
    const mailboxId = await ground.mailbox(proxy.port);
    await ground.approved(mailboxId, 2);
    const begun = performance.now();
    await ground.deliver();
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(await ground.account(server)).toMatchObject({ waiting: 2 });
    expect(await ground.mailboxRow(mailboxId)).toMatchObject({ state: 'paused' });
    await proxy.heal();
    await ground.calm();
    expect(await ground.account(server)).toMatchObject({ sent: 2 });
  });
});
