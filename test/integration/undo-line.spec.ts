import { MailboxesService } from '../../src/accounts/mailboxes.service.js';
import type { DraftView } from '../../src/composing/composing.schemas.js';
import type { Contact } from '../../src/database/entities/contact.entity.js';
import type { Message } from '../../src/database/entities/message.entity.js';
import type { Enrollment } from '../../src/database/entities/sequence.entity.js';
import { affected, row, rows } from '../../src/database/rows.js';
import { claimDue, type Claimed } from '../../src/delivery/claim.js';
import { lookAndMark, type LastLook } from '../../src/delivery/last-look.js';
import { UndoService } from '../../src/imports/undo.service.js';
import { startApp, type TestApp } from '../app.js';
import { buildEnrollment, buildMessage } from '../factories.js';
import { importText } from '../imports.js';
import { startScriptedSmtp, type ScriptedSmtp } from '../mail/scripted-smtp.js';

const DEVCONF = { event: 'DevConf', on: '2026-11-18..2026-11-20' };
const PEOPLE = 'First Name,Last Name,Email,Country\nMira,Okafor,mira@example.com,Germany\n';

describe('undo and the line', () => {
  let app: TestApp;
  let server: ScriptedSmtp;
  let mailboxId: string;

  beforeEach(async () => {
    app = await startApp({ now: '2026-11-23T09:00:00Z', overrides: { SMTP_TIMEOUT_SECONDS: '2' } });
    server = await startScriptedSmtp();
    const { port } = server.settings;
    const added = await app
      .get(MailboxesService)
      .add(app.ownerId, { address: 'ada@example.org', host: '127.0.0.1', port, tls: 'none' });
    mailboxId = added.id;
    await app.db.query(`UPDATE mailbox SET gap_seconds = 0, daily_cap = 1000, hourly_cap = 1000`);
  });
  afterEach(async () => {
    await app.close();
    await server.close();
  });

  const undo = (id: string) => app.get(UndoService).undo(app.ownerId, id);
  const mira = async (): Promise<Contact | null> =>
    row<Contact>(app.db, `SELECT * FROM contact WHERE full_name = 'Mira Okafor'`);
  const messages = () => rows<Message>(app.db, `SELECT * FROM message ORDER BY id`);
  const enrollments = () => rows<Enrollment>(app.db, `SELECT * FROM enrollment ORDER BY id`);
  const to = (instant: string) => app.clock.set(new Date(instant));
  const ok = (answer: { status: number; body: unknown }): void => {
    if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  };

  async function debrief(line?: string): Promise<void> {
    const event = await row<{ id: string }>(app.db, `SELECT id FROM event WHERE name = 'DevConf'`);
    const decisions = [{ contactId: (await mira())!.id, decision: 'write', line }];
    await app.http.post(`/events/${event!.id}/debrief`).send({ decisions }).expect(ok);
    await app.http.post(`/events/${event!.id}/debrief/confirm`).send({ expect: 1 }).expect(ok);
    await app.drain();
  }

  async function approveAll(): Promise<void> {
    const { body } = await app.http.get('/drafts').expect(200);
    for (const { id, version } of (body as { items: DraftView[] }).items) {
      await app.http.post(`/drafts/${id}/approve`).set('If-Match', `"${version}"`).expect(ok);
    }
  }

  it('law 9: enrollments and drafts go with whom only the import knew', async () => {
    const id = await importText(app, PEOPLE, DEVCONF);
    await debrief();
    expect(await enrollments()).toHaveLength(1);
    const report = await undo(id);
    expect(report).toMatchObject({
      contacts: { removed: 1 },
      enrollmentsStopped: 1,
      messagesCancelled: 1,
      decisions: 1,
    });
    expect([...(await messages()), ...(await enrollments())]).toEqual([]);
    expect(report.events.removed).toEqual(['DevConf']);
    await app.drain();
    expect(server.received).toEqual([]);
  });

  it('law 9: whom the owner has a word about stays, nothing leaves, and they may be chosen anew', async () => {
    const id = await importText(app, PEOPLE, DEVCONF);
    await debrief('asked: how we rehearse migrations');
    await approveAll();
    const report = await undo(id);
    expect(report.contacts.named).toMatchObject([{ name: 'Mira Okafor', state: 'kept' }]);
    expect(await messages()).toMatchObject([{ state: 'cancelled', whyCode: 'undone' }]);
    expect(await enrollments()).toMatchObject([
      { state: 'stopped', why: 'the import it rests on was undone' },
    ]);
    to('2026-11-25T09:00:00Z');
    await app.drain();
    expect(server.received).toEqual([]);

    await importText(app, PEOPLE, DEVCONF);
    await debrief();
    await approveAll();
    to('2026-11-27T09:00:00Z');
    await app.drain();
    expect(server.received.map((mail) => mail.to.join())).toEqual(['mira@example.com']);
  });

  it('law 1: importing again sends nothing twice', async () => {
    const id = await importText(app, PEOPLE, DEVCONF);
    await debrief('asked: how we rehearse migrations');
    await approveAll();
    to('2026-11-25T09:00:00Z');
    await app.drain();
    expect(server.received).toHaveLength(1);
    const before = (await mira())!.id;
    const report = await undo(id);
    expect(report.contacts).toMatchObject({ removed: 0 });
    expect((await mira())!.id).toBe(before);

    await importText(app, PEOPLE, DEVCONF);
    expect((await mira())!.id).toBe(before);
    await debrief('said: the talk on queues was the best');
    await approveAll();
    for (const day of ['26', '27', '30']) {
      to(`2026-11-${day}T09:00:00Z`);
      await app.drain();
      await approveAll();
    }
    const firsts = (await messages()).filter(({ kind, state }) => kind === 'first' && state === 'sent');
    expect(firsts).toHaveLength(1);
    const steps = (await messages()).filter(({ state }) => state === 'sent').map(({ stepId }) => stepId);
    expect(new Set(steps).size).toBe(steps.length);
  });

  it('whom only sent mail speaks for is hidden with all that they are known by, and comes back', async () => {
    const id = await importText(app, PEOPLE, DEVCONF);
    const contact = (await mira())!;
    const enrollment = await buildEnrollment(app, { contactId: contact.id, mailboxId });
    await buildMessage(app, {
      contactId: contact.id,
      enrollmentId: enrollment.id,
      stepId: enrollment.nextStepId,
      mailboxId,
      state: 'sent',
      fence: 1,
      sentAt: app.clock.now(),
    });
    await buildMessage(app, { contactId: contact.id, mailboxId, kind: 'birthday', state: 'approved' });
    expect((await undo(id)).contacts).toMatchObject({
      removed: 0,
      hidden: 1,
      named: [{ id: contact.id, state: 'hidden' }],
    });
    expect((await mira())!.hiddenAt).toEqual(app.clock.now());
    await app.http.get(`/contacts/${contact.id}`).expect(404);
    expect((await messages()).map(({ state }) => state).sort()).toEqual(['cancelled', 'sent']);
    expect(await enrollments()).toMatchObject([{ state: 'stopped' }]);
    expect(await rows(app.db, `SELECT canonical FROM identity`)).toEqual([{ canonical: 'mira@example.com' }]);

    await importText(app, PEOPLE, DEVCONF);
    expect(await mira()).toMatchObject({ id: contact.id, hiddenAt: null });
  });

  it('an address where mail went stays known, so that nobody else is written to there', async () => {
    await importText(app, 'First Name,Last Name,LinkedIn\nMira,Okafor,https://www.linkedin.com/in/mira-o\n');
    const second = await importText(
      app,
      'First Name,Last Name,Email,LinkedIn\nMira,Okafor,mira@example.com,https://www.linkedin.com/in/mira-o\n',
    );
    const contact = (await mira())!;
    await buildMessage(app, {
      contactId: contact.id,
      mailboxId,
      toAddress: 'mira@example.com',
      toCanonical: 'mira@example.com',
      state: 'sent',
      fence: 1,
      sentAt: app.clock.now(),
    });
    const waiting = await buildMessage(app, {
      contactId: contact.id,
      mailboxId,
      kind: 'birthday',
      toAddress: 'mira@example.com',
      toCanonical: 'mira@example.com',
      state: 'approved',
    });
    expect(await undo(second)).toMatchObject({
      contacts: { others: 1 },
      addressesKept: 1,
      messagesCancelled: 1,
    });
    expect(await row(app.db, `SELECT state FROM message WHERE id = $1`, [waiting.id])).toEqual({
      state: 'cancelled',
    });
    await importText(app, 'First Name,Last Name,Email\nMira,Okafor,mira@example.com\n');
    expect(await rows(app.db, `SELECT id FROM contact`)).toEqual([{ id: contact.id }]);
  });

  describe('while a worker has the message', () => {
    const approved = async (): Promise<{ id: string; contactId: string }> => {
      const id = await importText(app, PEOPLE, DEVCONF);
      const contactId = (await mira())!.id;
      const enrollment = await buildEnrollment(app, { contactId, mailboxId, nextAt: null });
      await buildMessage(app, {
        contactId,
        enrollmentId: enrollment.id,
        stepId: enrollment.nextStepId,
        mailboxId,
        state: 'approved',
        subject: 'A word',
      });
      return { id, contactId };
    };
    const claim = async () =>
      (await claimDue(app.db, { mailboxId, now: app.clock.now(), limit: 5, leaseSeconds: 60 }))[0];
    const header = { messageId: '<x@example.org>', inReplyTo: null, references: [] };
    const lastLook = async (claimed: Claimed): Promise<LastLook> => {
      const input = { now: app.clock.now(), leaseSeconds: 60 };
      return (await lookAndMark(app.db, [{ claimed, header }], input))[0]!;
    };

    it('law 2: the mark finds the person hidden', async () => {
      const { id, contactId } = await approved();
      const claimed = (await claim())!;
      expect((await undo(id)).contacts).toMatchObject({ hidden: 1 });
      const look = await lastLook(claimed);
      expect(look).toMatchObject({ kind: 'held', decision: { kind: 'stop', code: 'undone' } });
      expect(await mira()).toMatchObject({ id: contactId });
    });

    it('law 2: of mark and undo at once, either it is marked and stays, or it never leaves', async () => {
      const ends = new Set<string>();
      for (let round = 0; round < 12; round += 1) {
        const { id, contactId } = await approved();
        const claimed = (await claim())!;
        const mark = () => lastLook(claimed);
        const [look, report] =
          round % 2 === 0
            ? await Promise.all([mark(), undo(id)])
            : await Promise.all([undo(id), mark()]).then(([r, l]) => [l, r] as const);
        const state = (await row<Message>(app.db, `SELECT * FROM message WHERE id = $1`, [claimed.id]))!
          .state;
        expect(state).toBe(look.kind === 'marked' ? 'sending' : 'claimed');
        if (look.kind === 'held') expect(look.decision).toMatchObject({ kind: 'stop' });
        expect(report.contacts.hidden).toBe(1);
        ends.add(look.kind);
        await affected(app.db, `DELETE FROM contact WHERE id = $1`, [contactId]);
        await affected(app.db, `DELETE FROM event`);
      }
      expect([...ends]).not.toContain('lost');
    });

    it('a worker that is just claiming is waited for: nobody goes of whom it holds a message', async () => {
      const { id } = await approved();
      const undoing: { report?: Promise<unknown> } = {};
      await app.db.transaction(async (tx) => {
        await claimDue(tx, { mailboxId, now: app.clock.now(), limit: 5, leaseSeconds: 60 });
        undoing.report = undo(id);
        await until(async () => (await row(app.db, WAITING_SQL)) !== null);
      });
      expect(await undoing.report).toMatchObject({ contacts: { removed: 0, hidden: 1 } });
      expect(await messages()).toMatchObject([{ state: 'claimed' }]);
    });
  });
});

/** Somebody waits for a row of another transaction. */
const WAITING_SQL = `
SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' LIMIT 1`;

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}
