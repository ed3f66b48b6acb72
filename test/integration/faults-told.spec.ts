import { MailboxesService } from '../../src/accounts/mailboxes.service.js';
import type { Message } from '../../src/database/entities/message.entity.js';
import { startCommandLine, type CommandLine } from '../command-line.js';
import { FaultGround, rewrite, SETTINGS } from '../faults/ground.js';

describe('the fault table: what the owner is told', () => {
  let ground: FaultGround;
  let commands: CommandLine;
  beforeAll(async () => {
    ground = await FaultGround.start();
    commands = await startCommandLine({ ...SETTINGS, DATABASE_URL: ground.databaseUrl });
  });
  afterEach(() => ground.clear());
  afterAll(async () => {
    await commands.close();
    await ground.close();
  });

  it('each fault that needs them stands where they look, with what to do about it', async () => {
    const said: Record<string, string> = {
      full: '552 5.2.2 mailbox full',
      gone: '550 5.1.1 no such user',
      policy: '550 5.7.1 against our policy',
      grey: '450 4.2.0 greylisted, come again',
    };
    const server = await ground.server({ rcpt: (to) => said[to.split('@')[0] ?? ''] });
    const mailboxId = await ground.mailbox(server.settings.port);
    const made: Record<string, string> = {};
    const approved = async (name: string, from: string, over: Partial<Message> = {}): Promise<void> => {
      for (const { contactId } of await ground.approved(from, 1, { email: `${name}@example.com`, ...over })) {
        made[name] = contactId;
      }
    };
    for (const name of Object.keys(said)) await approved(name, mailboxId);
    await ground.settle();
    rewrite(server, { drop: 'dot' });
    await approved('lost', mailboxId);
    await approved('killed', mailboxId, {
      state: 'sending',
      leaseUntil: new Date('2020-01-01'),
      nextAt: null,
    });
    await ground.settle();

    const locked = await ground.server({ auth: { username: 'ada', password: 'right' } });
    const { id } = await ground.app.get(MailboxesService).add(ground.app.ownerId, {
      address: 'ada@example.net',
      displayName: 'Ada',
      host: '127.0.0.1',
      port: locked.settings.port,
      tls: 'none',
      username: 'ada',
      password: 'wrong',
    } as never);
    await approved('waits', id);
    await ground.deliver();
    expect(await ground.account(server, locked)).toMatchObject({ failed: 3, unknown: 2, waiting: 2 });

    const [mailboxes, outbox, unknown] = await commands.batch([
      ['mailbox', 'list'],
      ['outbox', '--json'],
      ['unknown'],
    ]);
    // At the head of whatever they ask for.
    expect(mailboxes!.err).toMatch(/ada@example\.net is paused: .*535/);
    expect(mailboxes!.err).toMatch(/2 of your mails may have gone or not/);
    expect(mailboxes!.out).toMatch(/ada@example\.net is paused: .*535.*enter them again/);
    const { items } = JSON.parse(outbox!.out) as {
      items: { state: string; toAddress: string; why: string | null }[];
    };
    const shown = Object.fromEntries(
      items.map(({ state, toAddress, why }) => [toAddress.split('@')[0], { state, why }]),
    );
    const because = (words: string): unknown => expect.stringContaining(words) as unknown;
    expect(shown).toEqual({
      full: { state: 'failed', why: because('552 5.2.2 mailbox full') },
      gone: { state: 'failed', why: because('550 5.1.1 no such user') },
      policy: { state: 'failed', why: because('550 5.7.1 against our policy') },
      grey: { state: 'approved', why: because('450 4.2.0 greylisted') },
      lost: { state: 'unknown', why: because('Look into Sent, then say whether it went out') },
      killed: { state: 'unknown', why: because('Look into Sent, then say whether it went out') },
      waits: { state: 'approved', why: null },
    });
    expect(unknown!.out.match(/unknown/g)).toHaveLength(2);
    expect(unknown!.out).toMatch(/followthrough settle <message> sent\|not-sent/);

    const next = async (name: string): Promise<string> => {
      const { body } = await ground.app.http.get(`/contacts/${made[name]}/why`).expect(200);
      return (body as { next: { why: string }[] }).next.map(({ why }) => why).join();
    };
    expect(await next('lost')).toBe('it may have gone out: look into Sent and say so');
    expect(await next('waits')).toBe('the mailbox is paused');
    expect(await next('grey')).toBe('it leaves then');
    expect(await next('full')).toBe('');
  });
});
