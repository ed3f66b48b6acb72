import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Message } from '../../src/database/entities/message.entity.js';
import {
  buildContact,
  buildEncounter,
  buildEnrollment,
  buildEvent,
  buildFact,
  buildSequence,
  buildStep,
  buildTemplate,
} from '../factories.js';
import { fillWithDue } from '../faults/fill.js';
import { AT_THE_LOCK, AT_THE_MARK, FaultGround, NOW, once, rewrite, type Worker } from '../faults/ground.js';
import { startFaultProxy, type FaultProxy } from '../faults/proxy.js';
import { rounds } from '../faults/rounds.js';
import type { Moment, Received, ScriptedSmtp } from '../mail/scripted-smtp.js';

const MINUTE = 60_000;
/** The number in the fault table and in CI; fewer where these specs run at somebody's elbow. */
const WHOLE = process.env['FAULT_ROUNDS'] ?? process.env['CI'];
const DUE_AT_ONCE = Number(process.env['FAULT_DUE'] ?? (WHOLE ? 10_000 : 1_000));

describe.each(rounds)('the fault table: the line, round %i', (round) => {
  let ground: FaultGround;
  let server: ScriptedSmtp;
  let mailboxId: string;

  beforeAll(async () => {
    // What arrives in between is read, judged and written while the server waits with its answer.
    ground = await FaultGround.start({ SEND_LEASE_SECONDS: '10', SMTP_TIMEOUT_SECONDS: '8' });
  });
  beforeEach(async () => {
    server = await ground.server();
    mailboxId = await ground.mailbox(server.settings.port);
  });
  afterEach(() => ground.clear());
  afterAll(() => ground.close());

  const http = () => ground.app.http;
  const at = (instant: number) => ground.app.clock.set(new Date(instant));

  /** A first mail of a sequence, approved. */
  const inSequence = async (over: Partial<Message> & { email?: string } = {}): Promise<Message> => {
    const { email, ...rest } = over;
    const contactId = (await buildContact(ground.app, email === undefined ? {} : { email })).id;
    const { id: sequenceId } = await buildSequence(ground.app, { approval: 'after-ten' });
    const enrollment = await buildEnrollment(ground.app, { contactId, mailboxId, sequenceId, nextAt: null });
    const [message] = await ground.approved(mailboxId, 1, {
      contactId,
      enrollmentId: enrollment.id,
      ...rest,
    });
    return message!;
  };

  const handIn = (from: string, subject: string, text: string) =>
    http()
      .post('/inbound')
      .set('Content-Type', 'message/rfc822')
      .send(
        Buffer.from(
          [
            `From: <${from}>`,
            'To: Ada <ada@example.org>',
            `Subject: ${subject}`,
            `Message-ID: <in-${round}-${Math.random().toString(36).slice(2)}@example.com>`,
            'Date: Mon, 23 Nov 2026 09:00:00 +0000',
            'MIME-Version: 1.0',
            'Content-Type: text/plain; charset=utf-8',
            '',
            text,
          ].join('\r\n'),
        ),
      )
      .expect(201);

  const stops: [name: string, state: string, act: (message: Message) => Promise<unknown>][] = [
    [
      'a reply',
      'cancelled',
      () => handIn('grace@example.com', 'Re: After DevConf', 'Thank you, that was kind of you!'),
    ],
    [
      'an opt-out',
      'cancelled',
      () => handIn('grace@example.com', 'Re: After DevConf', 'Please do not write to me again.'),
    ],
    ['stop everything', 'approved', () => http().post('/stop').expect(200)],
    [
      'an address that is suppressed',
      'cancelled',
      () => http().post('/suppressions').send({ address: 'grace@example.com', why: 'by phone' }).expect(201),
    ],
  ];

  describe('arriving between claim and DATA', () => {
    const moments: Moment[] = ['ehlo', 'mail', 'rcpt', 'data'];
    it.each(
      stops.flatMap(([name, state, act]) => moments.map((moment) => [name, moment, state, act] as const)),
    )('%s, at %s', async (_, moment, state, act) => {
      const message = await inSequence({ email: 'grace@example.com' });
      const [neighbour] = await ground.approved(mailboxId, 1);
      server.script.at = { [moment]: once(() => act(message)) };
      await ground.settle();
      const after = await ground.message(message.id);
      expect(after).toMatchObject({ state, messageIdHeader: null });
      expect(after.why).toMatch(/./);
      expect(server.received.flatMap(({ to }) => to)).not.toContain('grace@example.com');
      await ground.account(server);
      if (state === 'approved') {
        // They went on later: nothing was lost by the stop.
        rewrite(server);
        await http().post('/resume').expect(200);
        await ground.calm();
        expect(await ground.account(server)).toMatchObject({ sent: 2 });
      } else expect((await ground.message(neighbour!.id)).state).toBe('sent');
    });
  });

  describe('arriving after the 354', () => {
    let proxy: FaultProxy;
    let far: Worker;
    beforeEach(async () => {
      proxy = ground.lent(await startFaultProxy(Number(new URL(ground.databaseUrl).port)));
      const settings = { SEND_LEASE_SECONDS: '10', SMTP_TIMEOUT_SECONDS: '8', SMTP_CONNECTIONS: '1' };
      far = await ground.worker({ databaseUrl: proxy.url(ground.databaseUrl), settings });
    });

    it.each(stops)('%s, before the last look: it does not leave', async (_, state, act) => {
      const message = await inSequence({ email: 'grace@example.com' });
      let acted = false;
      server.script.at = {
        data: once(() =>
          proxy.on(AT_THE_LOCK, {
            before: async () => {
              await act(message);
              acted = true;
            },
          }),
        ),
      };
      await far.deliver();
      expect(acted).toBe(true);
      expect(server.commands).toContain('DATA');
      expect(server.received).toEqual([]);
      expect(await ground.message(message.id)).toMatchObject({ state, messageIdHeader: null });
      await ground.account(server);
    });

    it.each(stops)(
      '%s, between the last look and its mark: the stop waits, and says when it came',
      async (_, __, act) => {
        const message = await inSequence({ email: 'grace@example.com' });
        let stopped = false;
        let stoppedBeforeTheMark = true;
        let stopping: Promise<unknown> = Promise.resolve();
        proxy.on(AT_THE_MARK, {
          before: async () => {
            stopping = act(message).then(() => (stopped = true));
            await ground.until(async () => stopped || (await ground.waitingForLocks()) > 0);
            stoppedBeforeTheMark = stopped;
          },
        });
        await far.deliver();
        await stopping;
        expect(stoppedBeforeTheMark).toBe(false);
        expect(await ground.account(server)).toMatchObject({ received: 1, sent: 1 });
      },
    );
  });

  it('IMAP down while SMTP is up: no follow-up leaves, first mails do', async () => {
    const listening = {
      imapHost: '127.0.0.1',
      imapPort: 1,
      readThroughAt: new Date(Date.parse(NOW) - 11 * MINUTE),
    };
    await ground.app.db.query(
      `UPDATE mailbox SET imap_host = $2, imap_port = $3, read_through_at = $4 WHERE id = $1`,
      [mailboxId, ...Object.values(listening)],
    );
    const followUps = [
      await inSequence({ kind: 'follow-up' }),
      await inSequence({ kind: 'follow-up', approvedBy: 'sequence' }),
    ];
    const first = await inSequence();
    for (let minute = 0; minute < 30; minute += 5) {
      at(Date.parse(NOW) + minute * MINUTE);
      await ground.deliver();
    }
    expect((await ground.message(first.id)).state).toBe('sent');
    for (const { id } of followUps) {
      expect(await ground.message(id)).toMatchObject({
        state: 'approved',
        whyCode: 'not-heard',
        why: expect.stringMatching(/waits until .* read/) as string,
      });
    }
    await ground.account(server);
    await ground.app.db.query(`UPDATE mailbox SET read_through_at = $2 WHERE id = $1`, [
      mailboxId,
      ground.app.clock.now(),
    ]);
    await ground.calm();
    expect(await ground.account(server)).toMatchObject({ sent: 3 });
  });

  describe('poison: set aside, and the neighbours go', () => {
    it('NUL in what the server says', async () => {
      rewrite(server, {
        rcpt: (to) => (to.startsWith('victim') ? '550 5.1.1 no\0such\0user \ufffd' : undefined),
      });
      const [victim] = await ground.approved(mailboxId, 1, { email: 'victim@example.com' });
      await ground.approved(mailboxId, 3);
      await ground.settle();
      expect(await ground.account(server)).toMatchObject({ sent: 3, failed: 1 });
      expect((await ground.message(victim!.id)).why).toMatch(/550/);
    });

    it('NUL, lone surrogates and two megabytes in a note: refused or cleaned at the door', async () => {
      const { id } = await buildContact(ground.app);
      const note = (text: string) => http().post(`/contacts/${id}/facts`).send({ kind: 'said', text });
      expect((await note('she\0grows lemons')).status).toBeLessThan(500);
      expect((await note('she grows \ud800 lemons')).status).toBeLessThan(500);
      const long = await note('lemons '.repeat(300_000));
      expect(long.status).toBeGreaterThanOrEqual(400);
      expect(long.status).toBeLessThan(500);
      await ground.approved(mailboxId, 2);
      await ground.settle();
      expect(await ground.account(server)).toMatchObject({ sent: 2 });
    });

    it('words of two megabytes in one line', async () => {
      const [victim] = await ground.approved(mailboxId, 1, { text: `lemons ${'x'.repeat(2_000_000)}` });
      await ground.approved(mailboxId, 3);
      await ground.settle();
      const tally = await ground.account(server);
      expect(tally.sent).toBeGreaterThanOrEqual(3);
      const after = await ground.message(victim!.id);
      expect(['sent', 'failed']).toContain(after.state);
      // Whatever left keeps to the lines of RFC 5322, 2.1.1.
      for (const { raw } of server.received) {
        expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
      }
    });

    it('a message that cannot be looked at, and one without words', async () => {
      const [torn, mute] = await ground.approved(mailboxId, 2);
      await ground.approved(mailboxId, 3);
      // Its sources name no id: the database itself throws over it.
      await ground.app.db.query(
        `UPDATE message_body SET paragraphs = '[{"sources":[{"kind":"encounter","id":"no uuid","words":"met"}]}]' WHERE message_id = $1`,
        [torn!.id],
      );
      await ground.app.db.query(`DELETE FROM message_body WHERE message_id = $1`, [mute!.id]);
      await ground.settle();
      expect(await ground.message(torn!.id)).toMatchObject({
        state: 'approved',
        why: expect.stringMatching(/could not be looked at/) as string,
      });
      expect(await ground.message(mute!.id)).toMatchObject({ state: 'failed', whyCode: 'not-sendable' });
      expect(await ground.account(server)).toMatchObject({ sent: 3, failed: 1, waiting: 1 });
    });

    it('a template that throws', async () => {
      const planned = async (paragraphs: string): Promise<Message> => {
        const template = await buildTemplate(ground.app, { subject: 'After {{ event.name }}' });
        await ground.app.db.query(`UPDATE template SET paragraphs = $2::jsonb WHERE id = $1`, [
          template.id,
          paragraphs,
        ]);
        const sequence = await buildSequence(ground.app);
        const step = await buildStep(ground.app, { sequenceId: sequence.id, templateId: template.id });
        const event = await buildEvent(ground.app);
        const contact = await buildContact(ground.app);
        await buildEncounter(ground.app, { contactId: contact.id, eventId: event.id });
        await buildFact(ground.app, { contactId: contact.id, text: 'she grows lemons', eventId: event.id });
        const enrollment = await buildEnrollment(ground.app, {
          contactId: contact.id,
          sequenceId: sequence.id,
          mailboxId,
          eventId: event.id,
          nextAt: null,
        });
        const [message] = await ground.approved(mailboxId, 1, {
          contactId: contact.id,
          enrollmentId: enrollment.id,
          stepId: step.id,
          eventId: event.id,
        });
        await ground.app.db.query(`DELETE FROM message_reason WHERE message_id = $1`, [message!.id]);
        await ground.app.db.query(`DELETE FROM message_body WHERE message_id = $1`, [message!.id]);
        await ground.app.db.query(`UPDATE message SET state = 'planned', approved_by = NULL WHERE id = $1`, [
          message!.id,
        ]);
        return message!;
      };
      const said =
        '{ "id": "said", "text": "What you told me stayed with me: {{ said.text }}.", "needs": ["said"] }';
      const good = await planned(`[${said}]`);
      const broken = [
        await planned('[null]'),
        await planned('[{ "id": "torn", "text": "{% if %}", "needs": [] }]'),
        await planned('[{ "id": "none", "text": "{{ said.text | nosuchfilter }}", "needs": [] }]'),
        await planned('[{ "id": "deep", "text": "{{ a.b.c.d }}", "needs": [] }]'),
      ];
      await ground.approved(mailboxId, 2);
      await ground.app.run('compose');
      await ground.settle();
      expect((await ground.message(good.id)).state).toBe('needs_review');
      for (const { id } of broken) {
        const after = await ground.message(id);
        expect(['planned', 'withheld']).toContain(after.state);
        expect(after.why).toMatch(/./);
      }
      expect(await ground.account(server)).toMatchObject({ sent: 2 });
    });
  });

  it('clock stepping an hour back and forth', async () => {
    await ground.app.db.query(
      `UPDATE mailbox SET gap_seconds = 180, hourly_cap = 10, daily_cap = 20 WHERE id = $1`,
      [mailboxId],
    );
    await ground.approved(mailboxId, 8);
    const start = Date.parse(NOW);
    server.script.at = {
      // In the middle of conversations too.
      rcpt: () => Promise.resolve(at(ground.app.clock.now().getTime() + 60 * MINUTE)),
      data: () => Promise.resolve(at(ground.app.clock.now().getTime() - 60 * MINUTE)),
    };
    const steps = [0, 60, 0, -60, 0, 60, 120, 60, 0];
    for (const step of steps) {
      at(start + step * MINUTE);
      await Promise.all([ground.deliver(), ground.deliver()]);
      await ground.account(server);
    }
    delete server.script.at;
    for (let minute = 0; minute < 30 * 60 && (await ground.inState('approved')) > 0; minute += 10) {
      at(start + minute * MINUTE);
      await ground.deliver();
    }
    expect(await ground.account(server)).toMatchObject({ received: 8, sent: 8 });
  });

  it(`${DUE_AT_ONCE.toLocaleString('en')} due at once: in bounded time, each once`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'followthrough-sink-'));
    const log = join(folder, 'received');
    const sink = spawn(process.execPath, [resolve('test/mail/smtp-sink.mjs'), log], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const line = await new Promise<string>((done) =>
        createInterface({ input: sink.stdout }).once('line', done),
      );
      const { port } = JSON.parse(line) as { port: number };
      const crowded = await ground.mailbox(port, { address: 'crowd@example.org' });
      await fillWithDue(ground.app, crowded, DUE_AT_ONCE);
      const settings = { SMTP_CONNECTIONS: '20', SEND_LEASE_SECONDS: '60', SMTP_TIMEOUT_SECONDS: '30' };
      const workers = [await ground.worker({ settings }), await ground.worker({ settings })];
      const begun = performance.now();
      await ground.until(async () => {
        await Promise.all(workers.map((worker) => worker.deliver()));
        return (await ground.inState('approved', 'claimed', 'sending')) === 0;
      }, 270_000);
      const seconds = (performance.now() - begun) / 1000;
      const received = (await readFile(log, 'utf8'))
        .split('\n')
        .filter(Boolean)
        .map((text) => JSON.parse(text) as Pick<Received, 'messageId' | 'to'>);
      expect(await ground.account({ received })).toMatchObject({ received: DUE_AT_ONCE, sent: DUE_AT_ONCE });
      process.stderr.write(`${DUE_AT_ONCE} due at once: ${Math.round(DUE_AT_ONCE / seconds)} a second\n`);
      expect(seconds).toBeLessThan(240);
    } finally {
      sink.kill('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    }
  }, 300_000);
});
