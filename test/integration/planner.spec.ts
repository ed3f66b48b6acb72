import { rows, row, affected } from '../../src/database/rows.js';
import type { Debrief } from '../../src/database/entities/event.entity.js';
import type { Message } from '../../src/database/entities/message.entity.js';
import type { Enrollment } from '../../src/database/entities/sequence.entity.js';
import { localDate } from '../../src/core/schedule.js';
import { PlanWorker } from '../../src/sequences/plan.worker.js';
import { DUE_SQL, planDue } from '../../src/sequences/plan-due.js';
import { HEARD_SQL } from '../../src/sequences/heed-inbound.js';
import { CONFIRMED_SQL } from '../../src/sequences/take-debrief.js';
import { HANDOVER_SQL } from '../../src/sequences/heed-handover.js';
import { startApp, type TestApp } from '../app.js';
import {
  buildContact,
  buildDebrief,
  buildEncounter,
  buildEvent,
  buildFact,
  buildInbound,
  buildMailbox,
  buildMessage,
  buildMessageReason,
  buildPromise,
  buildSuppression,
} from '../factories.js';

const BERLIN = 'Europe/Berlin';

/** The planner alone: the other rooms are played by the test. */
describe('the planner', () => {
  let app: TestApp;
  const plan = (): Promise<void> => app.get(PlanWorker).handle();
  const later = (iso: string): void => app.clock.set(new Date(iso));
  const messages = (): Promise<Message[]> =>
    rows<Message>(app.db, `SELECT * FROM message ORDER BY created_at, id`);
  const enrollments = (): Promise<Enrollment[]> =>
    rows<Enrollment>(app.db, `SELECT * FROM enrollment ORDER BY created_at, id`);
  const debrief = async (id: string): Promise<Debrief> => {
    const found = await row<Debrief>(app.db, `SELECT * FROM debrief WHERE id = $1`, [id]);
    if (!found) throw new Error('no such debrief row');
    return found;
  };
  /** Plays composing and delivery: the message is final. */
  const finish = async (id: string, over: Partial<Message> = {}): Promise<void> => {
    await affected(
      app.db,
      `UPDATE message SET state = $2, sent_at = $3, handover = true, next_at = NULL, why = $4, why_code = $5 WHERE id = $1`,
      [id, over.state ?? 'sent', over.sentAt ?? app.clock.now(), over.why ?? null, over.whyCode ?? null],
    );
  };

  beforeEach(async () => {
    app = await startApp({ now: '2026-11-21T09:00:00Z' });
  });
  afterEach(async () => {
    await app.close();
  });

  /** Somebody of an event whom the owner wants to write to. */
  async function chosen(over: Parameters<typeof buildContact>[1] = {}) {
    const contact = await buildContact(app, over);
    const event = await buildEvent(app);
    await buildEncounter(app, { contactId: contact.id, eventId: event.id });
    const row = await buildDebrief(app, { contactId: contact.id, eventId: event.id });
    return { contact, event, debriefId: row.id };
  }

  it('enrolls whom the debrief chose, and plans the first mail for one to two working days after the event', async () => {
    const { contact, event, debriefId } = await chosen();
    await plan();
    expect(await debrief(debriefId)).toMatchObject({ state: 'taken', outcome: 'enrolled' });
    const [message, ...more] = await messages();
    expect(more).toEqual([]);
    expect(message).toMatchObject({
      contactId: contact.id,
      eventId: event.id,
      kind: 'first',
      channel: 'mail',
      state: 'planned',
    });
    expect(['2026-11-23', '2026-11-24']).toContain(localDate(message!.dueAt, BERLIN));
    expect(await enrollments()).toMatchObject([{ state: 'active', nextAt: null, eventId: event.id }]);
    await plan();
    expect(await messages()).toHaveLength(1);
  });

  it('nobody is enrolled who is not confirmed, or whom the owner only remembers', async () => {
    await buildDebrief(app, { state: 'decided' });
    await buildDebrief(app, { decision: 'remember' });
    await plan();
    expect(await enrollments()).toEqual([]);
  });

  it('without an address the step is a task; addresses are never guessed', async () => {
    await chosen({ email: null });
    await plan();
    expect(await messages()).toMatchObject([{ channel: 'task', toAddress: null, mailboxId: null }]);
  });

  it('a shared address is written to once: the second person there becomes a task', async () => {
    await chosen({ email: 'info@example.com' });
    await chosen({ email: 'info@example.com' });
    await plan();
    const channels = (await messages()).map(({ channel }) => channel).sort();
    expect(channels).toEqual(['mail', 'task']);
    await chosen({ email: 'info@example.com' });
    await plan();
    expect((await messages()).filter(({ channel }) => channel === 'mail')).toHaveLength(1);
  });

  it('takes the first real mailbox, a paused one too, before the sandbox', async () => {
    const mailbox = await buildMailbox(app, { state: 'paused' });
    await chosen();
    await plan();
    expect(await enrollments()).toMatchObject([{ mailboxId: mailbox.id }]);
  });

  it('law 1: a second event continues the one enrollment; nobody is greeted as new twice', async () => {
    const { contact } = await chosen();
    await plan();
    const [first] = await messages();
    await finish(first!.id);
    await plan();
    const newer = await buildEvent(app, { startsOn: '2026-12-01', endsOn: '2026-12-02' });
    const again = await buildDebrief(app, { contactId: contact.id, eventId: newer.id });
    await plan();
    expect(await debrief(again.id)).toMatchObject({ outcome: 'continued' });
    expect(await enrollments()).toMatchObject([{ state: 'active', eventId: newer.id }]);
    expect((await messages()).filter(({ kind }) => kind === 'first')).toHaveLength(1);
  });

  it('law 1: who answered starts again at the follow-up after a new event, never with a greeting', async () => {
    const { contact } = await chosen();
    await plan();
    const [first] = await messages();
    later('2026-11-24T09:00:00Z');
    await finish(first!.id);
    await buildInbound(app, { contactId: contact.id, messageId: first!.id });
    await plan();
    expect(await enrollments()).toMatchObject([{ state: 'stopped', why: 'they answered' }]);
    later('2027-03-10T09:00:00Z');
    await buildFact(app, { contactId: contact.id });
    const event = await buildEvent(app, { startsOn: '2027-03-08', endsOn: '2027-03-09' });
    const again = await buildDebrief(app, { contactId: contact.id, eventId: event.id });
    await plan();
    expect(await debrief(again.id)).toMatchObject({ outcome: 'continued' });
    expect((await messages()).map(({ kind, state }) => [kind, state])).toEqual([
      ['first', 'sent'],
      ['follow-up', 'planned'],
    ]);
  });

  it('when only the word by hand is left, the outcome says so', async () => {
    const { contact } = await chosen();
    await plan();
    const [enrollment] = await enrollments();
    for (const [kind, position] of [
      ['first', 1],
      ['follow-up', 2],
    ] as const) {
      await affected(
        app.db,
        `INSERT INTO message (id, owner_id, created_at, contact_id, enrollment_id, step_id, kind, channel, state, due_at, sent_at)
         SELECT gen_random_uuid(), $1, $2, $3, $4, s.id, $5, 'mail', 'sent', $2, $2::timestamptz - interval '20 days'
           FROM step s WHERE s.sequence_id = $6 AND s.position = $7 ON CONFLICT DO NOTHING`,
        [app.ownerId, app.clock.now(), contact.id, enrollment!.id, kind, enrollment!.sequenceId, position],
      );
    }
    await affected(app.db, `UPDATE enrollment SET state = 'done'`);
    const event = await buildEvent(app, { startsOn: '2026-12-01', endsOn: '2026-12-02' });
    const again = await buildDebrief(app, { contactId: contact.id, eventId: event.id });
    await plan();
    expect(await debrief(again.id)).toMatchObject({
      outcome: 'already written to; the next word is by your hand',
    });
    const [paused] = await enrollments();
    expect(paused).toMatchObject({ state: 'paused', nextAt: null });

    const continued = await app.http.post(`/enrollments/${paused!.id}/continue`).expect(200);
    expect(continued.body).toMatchObject({ state: 'active' });
    await plan();
    expect((await messages()).find(({ kind }) => kind === 'by-hand')).toMatchObject({ state: 'planned' });
  });

  it.each(['reply', 'opt-out', 'complaint', 'bounce'] as const)(
    'law 2: a %s stops every enrollment of the person, also under a contact merged into them',
    async (kind) => {
      const { contact } = await chosen();
      const twin = await buildContact(app, {});
      await plan();
      await affected(app.db, `UPDATE contact SET merged_into = $2 WHERE id = $1`, [contact.id, twin.id]);
      const inbound = await buildInbound(app, {
        contactId: twin.id,
        kind,
        severity: kind === 'bounce' ? 'hard' : null,
      });
      await plan();
      expect(await enrollments()).toMatchObject([{ state: 'stopped', nextAt: null }]);
      expect(await row(app.db, `SELECT turn FROM inbound WHERE id = $1`, [inbound.id])).toEqual({
        turn: 'composing',
      });
    },
  );

  it('law 2: who asked to stop, complained or must not be contacted is not enrolled again, and the outcome says why', async () => {
    const wants: [string, (contactId: string, email: string) => Promise<unknown>][] = [
      ['they asked to stop', (contactId) => buildInbound(app, { contactId, kind: 'opt-out', turn: null })],
      ['they complained', (contactId) => buildInbound(app, { contactId, kind: 'complaint', turn: null })],
      [
        '"do not contact"',
        (id) => affected(app.db, `UPDATE contact SET do_not_contact_at = now() WHERE id = $1`, [id]),
      ],
      ['nothing may be sent', (_, address) => buildSuppression(app, { address })],
    ];
    for (const [index, [why, record]] of wants.entries()) {
      const { contact, debriefId } = await chosen({ email: `stop-${index}@example.com` });
      await record(contact.id, `stop-${index}@example.com`);
      await plan();
      expect(await debrief(debriefId)).toMatchObject({
        state: 'taken',
        outcome: expect.stringContaining(why),
      });
    }
    expect(await enrollments()).toEqual([]);
  });

  it('an absence moves the next look to the third working day after the return', async () => {
    const { contact } = await chosen();
    await plan();
    await finish((await messages())[0]!.id);
    await plan();
    await buildInbound(app, { contactId: contact.id, kind: 'auto-reply', returnOn: '2026-12-14' });
    await plan();
    const [enrollment] = await enrollments();
    expect(enrollment).toMatchObject({ state: 'active', nextAt: new Date('2026-12-17T07:00:00Z') });
  });

  it('law 7: the follow-up counts five working days from the real sending, and is written a day ahead', async () => {
    const { contact } = await chosen();
    await plan();
    later('2026-11-26T13:00:00Z');
    await finish((await messages())[0]!.id);
    await buildFact(app, { contactId: contact.id });
    await plan();
    const [enrollment] = await enrollments();
    expect(localDate(new Date(enrollment!.nextAt!.getTime() + 86_400_000), BERLIN)).toBe('2026-12-03');
    app.clock.set(enrollment!.nextAt!);
    await plan();
    const followUp = (await messages()).at(-1);
    expect(followUp).toMatchObject({ kind: 'follow-up', state: 'planned' });
    expect(localDate(followUp!.dueAt, BERLIN)).toBe('2026-12-03');
  });

  it('a follow-up with nothing new to say is looked at for ten working days, then let go', async () => {
    await chosen();
    await plan();
    await finish((await messages())[0]!.id);
    let looks = 0;
    for (; looks < 20; looks++) {
      await plan();
      const [enrollment] = await enrollments();
      if (enrollment!.state !== 'active') break;
      app.clock.set(enrollment!.nextAt!);
    }
    expect(await enrollments()).toMatchObject([{ state: 'done', why: 'nothing new to say' }]);
    expect(await messages()).toHaveLength(1);
    expect(looks).toBeGreaterThan(5);
  });

  it('law 5: the first mail may say the promise; the follow-up waits until it is kept, and then brings it', async () => {
    const { contact } = await chosen();
    const promise = await buildPromise(app, { contactId: contact.id, dueOn: '2026-12-18' });
    await plan();
    const [first] = await messages();
    expect(first).toMatchObject({ kind: 'first' });
    await buildMessageReason(app, { messageId: first!.id, kind: 'promise', refId: promise.id });
    await finish(first!.id);
    await buildFact(app, { contactId: contact.id });
    later('2026-12-10T09:00:00Z');
    await plan();
    expect(await enrollments()).toMatchObject([
      { state: 'active', why: expect.stringContaining('you owe this person a promise') },
    ]);
    await affected(
      app.db,
      `UPDATE promise SET kept_at = $1, kept_with = 'here are the slides' WHERE id = $2`,
      [app.clock.now(), promise.id],
    );
    later('2026-12-11T09:30:00Z');
    await plan();
    expect((await messages()).at(-1)).toMatchObject({ kind: 'follow-up' });
  });

  it.each([
    ['failed', null, 'stopped', 'no such mailbox'],
    ['cancelled', null, 'stopped', 'the day has passed'],
    ['cancelled', 'discarded', 'done', 'you took it back'],
  ] as const)('a message that %s (%s) leaves the enrollment %s', async (state, whyCode, ended, why) => {
    await chosen();
    await plan();
    await finish((await messages())[0]!.id, { state, why, whyCode });
    await plan();
    expect(await enrollments()).toMatchObject([{ state: ended, why, nextAt: null }]);
    expect(await rows(app.db, `SELECT id FROM message WHERE handover`)).toEqual([]);
  });

  it('merged after both were enrolled: one of the two is stopped before the person is greeted twice', async () => {
    const one = await chosen({ email: 'grace@example.com' });
    const other = await chosen({ email: 'grace@example.net' });
    later('2026-11-21T09:00:00Z');
    await affected(app.db, `UPDATE owner SET stopped_at = now()`);
    await plan();
    expect(await messages()).toEqual([]);
    await affected(app.db, `UPDATE contact SET merged_into = $2 WHERE id = $1`, [
      other.contact.id,
      one.contact.id,
    ]);
    await affected(app.db, `UPDATE owner SET stopped_at = NULL`);
    await plan();
    expect((await enrollments()).map(({ state }) => state).sort()).toEqual(['active', 'stopped']);
    expect(await messages()).toHaveLength(1);
  });

  it('law 2: while everything is stopped nothing is planned', async () => {
    await chosen();
    await affected(app.db, `UPDATE owner SET stopped_at = now()`);
    await plan();
    expect(await messages()).toEqual([]);
    expect(await enrollments()).toMatchObject([{ state: 'active' }]);
  });

  it('who cannot be planned for waits for the owner, and holds nobody else up', async () => {
    const [strange, other] = [await chosen(), await chosen()];
    await plan();
    for (const { id } of await messages()) await finish(id);
    await app.db.query(`UPDATE contact SET zone = 'Mars/Olympus_Mons' WHERE id = $1`, [strange.contact.id]);
    await plan();
    const all = new Map((await enrollments()).map((one) => [one.contactId, one]));
    expect(all.get(strange.contact.id)).toMatchObject({ state: 'paused', nextAt: null });
    expect(all.get(strange.contact.id)?.why).toMatch(/could not be planned.*Mars/i);
    expect(all.get(other.contact.id)).toMatchObject({ state: 'active', why: null });
    expect(all.get(other.contact.id)?.nextAt?.getTime()).toBeGreaterThan(app.clock.now().getTime());
  });

  it('two planners at once do the work once', async () => {
    for (let i = 0; i < 5; i++) await chosen();
    await Promise.all([plan(), plan(), plan()]);
    expect(await enrollments()).toHaveLength(5);
    expect(await messages()).toHaveLength(5);
  });

  it('the owner stops an enrollment by hand, once', async () => {
    await chosen();
    await plan();
    const [enrollment] = await enrollments();
    await app.http.post(`/enrollments/${enrollment!.id}/continue`).expect(409);
    const stopped = await app.http.post(`/enrollments/${enrollment!.id}/stop`).expect(200);
    expect(stopped.body).toMatchObject({ state: 'stopped', why: 'you stopped it' });
    await app.http.post(`/enrollments/${enrollment!.id}/stop`).expect(409);
    const list = await app.http.get('/enrollments').query({ contactId: enrollment!.contactId }).expect(200);
    expect(list.body.items).toMatchObject([{ id: enrollment!.id, state: 'stopped' }]);
  });
});

describe('ten thousand enrolled, ten due', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ now: '2026-11-25T09:00:00Z' });
    const event = await buildEvent(app);
    const mailbox = await buildMailbox(app);
    await buildMessage(app, { state: 'sent', sentAt: app.clock.now() });
    await app.db.query(
      `INSERT INTO contact (id, owner_id, created_at, full_name, given_name, zone, zone_source)
       SELECT gen_random_uuid(), $1, $2, 'Person ' || n, 'Person', 'Europe/Berlin', 'owner' FROM generate_series(1, 10000) n`,
      [app.ownerId, app.clock.now()],
    );
    await app.db.query(
      `INSERT INTO identity (id, owner_id, created_at, contact_id, kind, value, canonical)
       SELECT gen_random_uuid(), c.owner_id, c.created_at, c.id, 'email', c.id || '@example.com', c.id || '@example.com' FROM contact c`,
    );
    await app.db.query(
      `INSERT INTO fact (id, owner_id, created_at, contact_id, kind, text, quotable, source_kind)
       SELECT gen_random_uuid(), c.owner_id, c.created_at, c.id, 'said', 'something', true, 'owner' FROM contact c`,
    );
    await app.db.query(
      `INSERT INTO enrollment (id, owner_id, created_at, contact_id, sequence_id, event_id, mailbox_id, state, started_at, next_step_id, next_at)
       SELECT gen_random_uuid(), c.owner_id, c.created_at, c.id, q.id, $2, $3, 'active', c.created_at, s.id,
              c.created_at + CASE WHEN row_number() OVER (ORDER BY c.id) <= 10 THEN interval '-1 hour' ELSE interval '30 days' END
         FROM contact c JOIN sequence q ON q.owner_id = c.owner_id AND q.is_default
         JOIN step s ON s.sequence_id = q.id AND s.position = 1 WHERE c.full_name LIKE 'Person %' AND c.owner_id = $1`,
      [app.ownerId, event.id, mailbox.id],
    );
    // What lies there already: rows whose turn it is not.
    const others = `FROM contact c WHERE c.full_name LIKE 'Person %'`;
    await app.db.query(
      `INSERT INTO message (id, owner_id, created_at, contact_id, kind, channel, state, due_at, sent_at, to_canonical, subject_key)
       SELECT gen_random_uuid(), c.owner_id, c.created_at, c.id, 'birthday', 'mail', 'sent', c.created_at,
              c.created_at - interval '20 days', c.id || '@example.com', 'birthday' ${others}`,
    );
    await app.db.query(
      `INSERT INTO inbound (id, owner_id, created_at, contact_id, kind, hash, subject, at)
       SELECT gen_random_uuid(), c.owner_id, c.created_at, c.id, 'other', c.id::text, 'x', c.created_at ${others}`,
    );
    await app.db.query(
      `INSERT INTO debrief (id, owner_id, created_at, contact_id, event_id, decision, state)
       SELECT gen_random_uuid(), c.owner_id, c.created_at, c.id, $1, 'write', 'taken' ${others}`,
      [event.id],
    );
    await app.db.query('ANALYZE');
  });
  afterAll(async () => {
    await app.close();
  });

  interface Node {
    'Node Type': string;
    'Index Name'?: string;
    'Actual Rows': number;
    'Actual Loops': number;
    'Rows Removed by Filter'?: number;
    Plans?: Node[];
  }
  const nodes = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodes)];
  async function explain(sql: string, params: unknown[]): Promise<Node[]> {
    const found = await rows<{ queryPlan: [{ Plan: Node }] }>(
      app.db,
      `EXPLAIN (ANALYZE, FORMAT JSON) ${sql.replace(/ FOR UPDATE.*$/s, '')}`,
      params,
    );
    const answer = found[0] as unknown as Record<string, [{ Plan: Node }]>;
    return nodes(Object.values(answer)[0]![0].Plan);
  }

  it.each([
    ['enrollment_due_idx', DUE_SQL, true],
    ['inbound_turn_idx', HEARD_SQL, false],
    ['debrief_confirmed_idx', CONFIRMED_SQL, false],
    ['message_handover_idx', HANDOVER_SQL, false],
  ])('the tick finds its rows by %s', async (index, sql, withNow) => {
    const plan = await explain(sql, withNow ? [app.clock.now()] : []);
    expect(plan.map((node) => node['Index Name'])).toContain(index);
    for (const node of plan) {
      expect(
        (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
      ).toBeLessThanOrEqual(20);
    }
  });

  it('planning the ten reads about ten rows of each table, and no table from end to end', async () => {
    await app.db.transaction(async (tx) => {
      const before = await reads(tx);
      expect(await planDue(tx, app.clock.now())).toEqual({ found: 10, done: 10, planned: 10 });
      const after = await reads(tx);
      const read = Object.fromEntries(
        Object.entries(after).map(([table, count]) => [table, count - (before[table] ?? 0)]),
      );
      expect(read['contact']).toBeGreaterThanOrEqual(10);
      if (process.env['SHOW_READS']) console.log(read);
      for (const [table, count] of Object.entries(read)) expect([table, count <= 200]).toEqual([table, true]);
    });
  });

  /** Rows this transaction has read, by table. */
  async function reads(tx: Parameters<typeof rows>[0]): Promise<Record<string, number>> {
    const found = await rows<{ relname: string; read: string }>(
      tx,
      `SELECT relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) AS read FROM pg_stat_xact_user_tables`,
    );
    return Object.fromEntries(found.map(({ relname, read }) => [relname, Number(read)]));
  }
});
