import { MailboxTestService } from '../../src/accounts/mailbox-test.service.js';
import { MailboxesService } from '../../src/accounts/mailboxes.service.js';
import { rows } from '../../src/database/rows.js';
import { FaultGround, rewrite } from '../faults/ground.js';
import { startFaultProxy } from '../faults/proxy.js';
import { rounds } from '../faults/rounds.js';
import type { Script } from '../mail/scripted-smtp.js';

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

      // The right one, as the owner gives it: the very same messages leave, once each, and nobody touched them meanwhile.
      const waited = await rows<{ id: string }>(ground.app.db, 'SELECT id FROM message ORDER BY id');
      delete server.script.authReply;
      const { ownerId } = ground.app;
      await ground.app.get(MailboxesService).edit(ownerId, mailboxId, mailbox.version, { password: 'right' });
      expect(await ground.app.get(MailboxTestService).test(ownerId, mailboxId)).toMatchObject({ ok: true });
      // A pause with an end is the server's own wish, and lasts.
      if (mailbox.pausedUntil) ground.app.clock.set(mailbox.pausedUntil);
      await ground.settle();
      expect(await ground.account(server)).toMatchObject({ received: 3, sent: 3 });
      expect(server.received.map(({ messageId }) => messageId.slice(1, 37)).sort()).toEqual(
        waited.map(({ id }) => id),
      );
      expect(await ground.mailboxRow(mailboxId)).toMatchObject({ state: 'active', pausedWhy: null });
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
});
