import { jest } from '@jest/globals';
import { MailboxesService } from '../../src/accounts/mailboxes.service.js';
import { rows } from '../../src/database/rows.js';
import { EnvelopeRefused } from '../../src/mail/envelope.js';
import { SmtpSession } from '../../src/mail/smtp.js';
import { FaultGround, NOW, once, rewrite } from '../faults/ground.js';
import { startFaultProxy } from '../faults/proxy.js';
import { rounds } from '../faults/rounds.js';
import type { Moment, Script } from '../mail/scripted-smtp.js';

jest.setTimeout(60_000);

/** More than the kernel takes in one go, so that a cut in the middle is one. */
const LONG = `${'A line of a long letter about rehearsed migrations.\n'.repeat(8_000)}\nAda`;

describe.each(rounds)('the fault table: the conversation, round %i', (round) => {
  let ground: FaultGround;
  beforeAll(async () => {
    ground = await FaultGround.start();
  });
  afterEach(() => ground.clear());
  afterAll(() => ground.close());

  const suppressed = async (): Promise<string[]> =>
    (await rows<{ address: string }>(ground.app.db, 'SELECT address FROM suppression ORDER BY 1')).map(
      ({ address }) => address,
    );

  /** A mailbox that signs in with this password, three messages due in it. */
  const withPassword = async (port: number, password: string): Promise<string> => {
    const { id } = await ground.app.get(MailboxesService).add(ground.app.ownerId, {
      address: `ada-${round}-${port}@example.net`,
      displayName: 'Ada',
      host: '127.0.0.1',
      port,
      tls: 'none',
      username: 'ada',
      password,
    } as never);
    await ground.app.db.query(
      `UPDATE mailbox SET daily_cap = 1000, hourly_cap = 1000, gap_seconds = 0 WHERE id = $1`,
      [id],
    );
    await ground.approved(id, 3);
    return id;
  };

  describe('refused before there is a recipient: the mailbox rests, no message fails', () => {
    /** `act`: until the owner acts; else it goes on by itself. */
    const cases: [name: string, script: Script, act: boolean, why: RegExp][] = [
      ['TLS failure: a certificate nobody vouches for', { tls: 'starttls' }, true, /certificate/],
      ['TLS failure: cut in the handshake', { tls: 'implicit', drop: 'tls' }, false, /TLS/],
      [
        'TLS failure: STARTTLS is refused',
        { tls: 'starttls', starttls: '454 4.3.0 not now' },
        false,
        /TLS|454/,
      ],
      ['banner 421', { greeting: '421 4.3.2 too busy' }, false, /421.*(?:slower|busy)/],
      ['banner 554', { greeting: '554 5.7.1 not from your network' }, true, /554/],
      ['EHLO 5xx', { ehlo: '550 5.7.1 go away' }, true, /550/],
      ['MAIL 4xx', { mail: '451 4.3.0 later' }, false, /451/],
      ['MAIL 5xx', { mail: '550 5.7.1 not your address' }, true, /sender address/],
      ['a limit at MAIL', { mail: '450 4.7.1 rate limited' }, false, /slower/],
      ['dropped at connect', { drop: 'connect' }, false, /connection/i],
      ['dropped at EHLO', { drop: 'ehlo' }, false, /EHLO/],
      ['dropped at MAIL', { drop: 'mail' }, false, /MAIL/],
      ['silence at MAIL', { stall: 'mail' }, false, /MAIL/],
      ['silence at the banner', { stall: 'connect' }, false, /greeting|connect/i],
      ['silence at EHLO', { stall: 'ehlo' }, false, /EHLO/],
    ];
    it.each(cases)('%s', async (_, script, act, why) => {
      const server = await ground.server(script);
      const mailboxId = await ground.mailbox(server.settings.port, { tls: script.tls ?? 'none' });
      await ground.approved(mailboxId, 3);
      await ground.deliver();
      await ground.deliver();
      expect(await ground.account(server)).toMatchObject({ waiting: 3, sent: 0 });
      expect(server.received).toEqual([]);
      const mailbox = await ground.mailboxRow(mailboxId);
      expect(mailbox).toMatchObject({ state: 'paused', pausedWhy: expect.stringMatching(why) as string });
      expect(mailbox.pausedUntil === null).toBe(act);
      // Who asks for less gets less from then on.
      expect(mailbox.slowFactor).toBe(/421|rate limited/.test(JSON.stringify(script)) ? 2 : 1);
      expect(await rows(ground.app.db, `SELECT id FROM message WHERE attempts > 0`)).toEqual([]);

      // The fault is mended: everything leaves, once.
      const mended = await ground.server();
      await ground.app.db.query(`UPDATE mailbox SET port = $2, tls = 'none' WHERE id = $1`, [
        mailboxId,
        mended.settings.port,
      ]);
      await ground.calm();
      expect(await ground.account(server, mended)).toMatchObject({ sent: 3 });
    });

    it('connect refused', async () => {
      const server = await ground.server();
      const proxy = ground.lent(await startFaultProxy(server.settings.port));
      const mailboxId = await ground.mailbox(proxy.port);
      await ground.approved(mailboxId, 3);
      await proxy.refuse();
      await ground.deliver();
      expect(await ground.account(server)).toMatchObject({ waiting: 3 });
      const mailbox = await ground.mailboxRow(mailboxId);
      expect(mailbox).toMatchObject({
        state: 'paused',
        pausedWhy: expect.stringContaining('refused the connection') as string,
      });
      // By itself, once its minute has passed.
      await proxy.heal();
      ground.app.clock.set(new Date(mailbox.pausedUntil!.getTime()));
      await ground.settle();
      await ground.deliver();
      expect(await ground.account(server)).toMatchObject({ sent: 3 });
    });

    it.each([
      ['AUTH 535', undefined, true, /password/],
      ['AUTH 454', '454 4.7.0 temporary authentication failure', false, /454/],
    ] as const)('%s', async (_, authReply, act, why) => {
      const server = await ground.server({
        auth: { username: 'ada', password: 'right' },
        ...(authReply !== undefined && { authReply }),
      });
      const mailboxId = await withPassword(server.settings.port, 'wrong');
      await ground.deliver();
      await ground.deliver();
      expect(await ground.account(server)).toMatchObject({ waiting: 3, failed: 0 });
      const mailbox = await ground.mailboxRow(mailboxId);
      expect(mailbox).toMatchObject({ state: 'paused', pausedWhy: expect.stringMatching(why) as string });
      expect(mailbox.pausedUntil === null).toBe(act);
      // A wrong password is tried once, not until the account is locked.
      expect(server.connections).toBe(1);
    });

    it('dropped at AUTH', async () => {
      const server = await ground.server({ auth: { username: 'ada', password: 'right' }, drop: 'auth' });
      const mailboxId = await withPassword(server.settings.port, 'right');
      await ground.deliver();
      expect(await ground.account(server)).toMatchObject({ waiting: 3 });
      expect(await ground.mailboxRow(mailboxId)).toMatchObject({ state: 'paused' });
      expect((await ground.mailboxRow(mailboxId)).pausedUntil).not.toBeNull();
      delete server.script.drop;
      await ground.calm();
      expect(await ground.account(server)).toMatchObject({ sent: 3 });
    });
  });

  describe('refused for one recipient: the neighbours go', () => {
    const cases: [name: string, reply: string, state: string, suppresses: boolean][] = [
      ['RCPT 450 (greylisting)', '450 4.2.0 greylisted, come again', 'approved', false],
      ['RCPT 550 5.1.1 (suppresses)', '550 5.1.1 no such user', 'failed', true],
      ['RCPT 550 5.7.1 (does not)', '550 5.7.1 against our policy', 'failed', false],
      ['RCPT 552', '552 5.2.2 mailbox full', 'failed', false],
    ];
    it.each(cases)('%s', async (_, reply, state, suppresses) => {
      const server = await ground.server({ rcpt: (to) => (to.startsWith('victim') ? reply : undefined) });
      const mailboxId = await ground.mailbox(server.settings.port);
      await ground.approved(mailboxId, (round % 3) + 1);
      const [victim] = await ground.approved(mailboxId, 1, { email: 'victim@example.com' });
      await ground.approved(mailboxId, 2);
      await ground.settle();
      const after = await ground.message(victim!.id);
      expect(after).toMatchObject({
        state,
        attempts: 1,
        why: expect.stringContaining(reply.slice(0, 3)) as string,
      });
      expect(await suppressed()).toEqual(suppresses ? ['victim@example.com'] : []);
      expect(await ground.mailboxRow(mailboxId)).toMatchObject({ state: 'active' });
      expect(await ground.account(server)).toMatchObject({ sent: (round % 3) + 3 });
      rewrite(server);
      await ground.calm();
      expect((await ground.message(victim!.id)).state).toBe(state === 'approved' ? 'sent' : state);
      await ground.account(server);
    });

    it('RCPT 450 (greylisting): tried again after five minutes, ten, twenty, not a second before; told at last', async () => {
      const server = await ground.server({ rcpt: () => '450 4.2.0 greylisted, come again' });
      const mailboxId = await ground.mailbox(server.settings.port);
      const [message] = await ground.approved(mailboxId, 1);
      const tries = () => server.commands.filter((command) => command.startsWith('RCPT')).length;
      const step = async (instant: Date | number): Promise<void> => {
        ground.app.clock.set(new Date(instant));
        await ground.deliver();
      };
      await ground.deliver();
      for (const [tried, minutes] of [5, 10, 20].entries()) {
        const { nextAt } = await ground.message(message!.id);
        expect(nextAt!.getTime() - ground.app.clock.now().getTime()).toBe(minutes * 60_000);
        await step(nextAt!.getTime() - 1);
        expect(tries()).toBe(tried + 1);
        await step(nextAt!);
        expect(tries()).toBe(tried + 2);
      }
      // Four days of it: then it is failed, and the owner is told why.
      await ground.app.db.query('UPDATE message SET attempts = 30 WHERE id = $1', [message!.id]);
      await step((await ground.message(message!.id)).nextAt!);
      expect(await ground.message(message!.id)).toMatchObject({
        state: 'failed',
        why: expect.stringMatching(/Given up after 31 attempts.*450/) as string,
      });
      expect(await suppressed()).toEqual([]);
      expect(await ground.account(server)).toMatchObject({ received: 0, failed: 1 });
    });

    it.each([
      ['DATA 4xx', { data: '451 4.3.0 not now' }, 'approved'],
      ['DATA 5xx', { data: '554 5.6.0 no' }, 'failed'],
      ['4xx after the dot', { dot: () => '451 4.3.0 queue full' }, 'approved'],
      ['5xx after the dot', { dot: () => '554 5.7.1 looks like spam' }, 'failed'],
    ] as [string, Script, string][])('%s', async (_, script, state) => {
      const server = await ground.server(script);
      const mailboxId = await ground.mailbox(server.settings.port);
      const messages = await ground.approved(mailboxId, 3);
      await ground.settle();
      for (const { id } of messages) {
        const after = await ground.message(id);
        expect(after).toMatchObject({ state, attempts: 1, why: expect.stringMatching(/451|554/) as string });
      }
      expect(await suppressed()).toEqual([]);
      await ground.account(server);
      rewrite(server);
      await ground.calm();
      expect(await ground.account(server)).toMatchObject(state === 'approved' ? { sent: 3 } : { failed: 3 });
    });
  });

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
