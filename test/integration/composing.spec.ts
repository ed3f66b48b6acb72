import type { TemplateParagraph } from '../../src/core/compose.js';
import type { Event } from '../../src/database/entities/event.entity.js';
import type { Message } from '../../src/database/entities/message.entity.js';
import type { Mailbox } from '../../src/database/entities/owner.entity.js';
import type { Step } from '../../src/database/entities/sequence.entity.js';
import { newId } from '../../src/database/ids.js';
import { affected, row, rows } from '../../src/database/rows.js';
import { startApp, type TestApp } from '../app.js';
import {
  buildContact,
  buildEncounter,
  buildEnrollment,
  buildEvent,
  buildFact,
  buildInbound,
  buildMailbox,
  buildMessage,
  buildPromise,
  buildSequence,
  buildStep,
  buildTemplate,
} from '../factories.js';

const PARAGRAPHS: TemplateParagraph[] = [
  { id: 'greeting', text: 'Hello {{ contact.given }},', needs: [] },
  {
    id: 'met',
    text: 'it was good to meet you at {{ event.name }}{% if event.when %} {{ event.when }}{% endif %}.',
    needs: ['met'],
  },
  {
    id: 'promise',
    text: 'I promised to {{ promise.text }}; it comes by {{ promise.by }}.',
    needs: ['promise'],
  },
  { id: 'said', text: 'What you told me stayed with me: {{ said.text }}.', needs: ['said'] },
  { id: 'sign', text: '{{ owner.name }}', needs: [] },
];

interface Place {
  event: Event;
  step: Step;
  mailbox: Mailbox;
}

interface Draft {
  id: string;
  state: string;
  why: string;
  whyCode: string | null;
  subject: string;
  text: string;
  version: number;
  paragraphs: { id: string; text: string; sources: { kind: string; id: string; words: string }[] }[];
  reasons: { id: string; words: string; releasedAt: string | null }[];
  findings: { rule: string; severity: string }[];
  onYes: { does: string; at: string | null; why: string };
  history: { what: string }[];
}

describe('composing', () => {
  let app: TestApp;

  beforeEach(async () => {
    // A Monday; DevConf ended on the Friday before.
    app = await startApp({ now: '2026-11-23T09:00:00Z' });
  });
  afterEach(async () => {
    await app.close();
  });

  const compose = () => app.run('compose');
  const message = async (id: string): Promise<Draft> =>
    (await app.http.get(`/messages/${id}`).expect(200)).body as Draft;
  const to = (instant: string) => app.clock.set(new Date(instant));
  const approve = async (id: string) => {
    const { version } = await message(id);
    return app.http.post(`/drafts/${id}/approve`).set('If-Match', `"${version}"`);
  };

  async function place(
    over: { paragraphs?: TemplateParagraph[]; approval?: 'each' | 'after-ten' } = {},
  ): Promise<Place> {
    const template = await buildTemplate(app, {
      subject: 'After {{ event.name }}',
      paragraphs: over.paragraphs ?? PARAGRAPHS,
    });
    const sequence = await buildSequence(app, { approval: over.approval ?? 'each' });
    return {
      event: await buildEvent(app, { name: `DevConf ${newId()}` }),
      step: await buildStep(app, { sequenceId: sequence.id, templateId: template.id, askAfterDays: 14 }),
      mailbox: await buildMailbox(app),
    };
  }

  /** Somebody met at the event, enrolled, with a planned first mail; `said` is what they said, null for nothing. */
  async function plan(
    { event, step, mailbox }: Place,
    said: string | null,
    over: { contact?: Parameters<typeof buildContact>[1]; message?: Partial<Message> } = {},
  ): Promise<Message> {
    const contact = await buildContact(app, over.contact);
    await buildEncounter(app, { contactId: contact.id, eventId: event.id });
    if (said !== null) await buildFact(app, { contactId: contact.id, text: said, eventId: event.id });
    const enrollment = await buildEnrollment(app, {
      contactId: contact.id,
      sequenceId: step.sequenceId,
      mailboxId: mailbox.id,
      eventId: event.id,
      nextAt: null,
    });
    return buildMessage(app, {
      contactId: contact.id,
      enrollmentId: enrollment.id,
      stepId: step.id,
      eventId: event.id,
      mailboxId: over.message?.channel === 'task' ? null : mailbox.id,
      ...over.message,
    });
  }

  it('writes a draft whose every paragraph knows its sources, and sends it on by the owner’s yes', async () => {
    const there = await place();
    const planned = await plan(there, 'the team moves to event sourcing');
    await compose();

    const draft = await message(planned.id);
    expect(draft).toMatchObject({
      state: 'needs_review',
      subject: `After ${there.event.name}`,
      findings: [],
    });
    expect(draft.text).toContain(`good to meet you at ${there.event.name} last week.`);
    expect(draft.text).toContain('What you told me stayed with me: the team moves to event sourcing.');
    expect(draft.paragraphs.every(({ sources }) => sources.length > 0)).toBe(true);
    expect(draft.paragraphs.find(({ id }) => id === 'said')?.sources).toContainEqual(
      expect.objectContaining({ kind: 'fact', words: 'the team moves to event sourcing' }),
    );
    expect(draft.onYes).toMatchObject({ does: 'leaves', at: '2026-11-23T09:00:00.000Z' });
    expect(draft.why).toContain('the team moves to event sourcing');

    const old = await app.http.post(`/drafts/${planned.id}/approve`).set('If-Match', '"1"');
    expect(old.status).toBe(412);
    expect((await approve(planned.id)).body).toMatchObject({ state: 'approved', approvedBy: 'owner' });
    expect((await approve(planned.id)).status).toBe(409);
    expect((await message(planned.id)).history.map(({ what }) => what)).toEqual([
      'message-drafted',
      'message-approved',
    ]);
  });

  it('withholds without a particular, asks for one line, and writes from it', async () => {
    const planned = await plan(await place(), null);
    await compose();
    expect(await message(planned.id)).toMatchObject({
      state: 'withheld',
      whyCode: 'no-particular',
      text: null,
    });

    const wrong = await app.http.post(`/drafts/${planned.id}/line`).send({ line: 'aksed: about prices' });
    expect([wrong.status, (wrong.body as { detail: string }).detail]).toEqual([
      400,
      expect.stringContaining('line:'),
    ]);
    await app.http
      .post(`/drafts/${planned.id}/line`)
      .send({ line: 'said: her choir sings Pärt' })
      .expect(200);
    await compose();
    const draft = await message(planned.id);
    expect(draft.state).toBe('needs_review');
    expect(draft.text).toContain('What you told me stayed with me: her choir sings Pärt.');
    await app.http.post(`/drafts/${planned.id}/line`).send({ line: 'said: more of it' }).expect(409);
  });

  it('asks for the name rather than greet nobody', async () => {
    const planned = await plan(await place(), 'she moves to Porto', {
      contact: { givenName: null, fullName: 'Dr Byron' },
    });
    await compose();
    const held = await message(planned.id);
    expect(held).toMatchObject({
      state: 'withheld',
      whyCode: 'no-name',
      why: expect.stringContaining('Dr Byron'),
    });
    await app.db.query(`UPDATE contact SET given_name = 'Augusta' WHERE id = $1`, [planned.contactId]);
    await app.http.post(`/drafts/${planned.id}/release`).expect(200);
    await compose();
    expect((await message(planned.id)).text).toMatch(/^Hello Augusta,/);
  });

  it('puts ten drafts a day before the owner, the most particular first, the rest on other mornings', async () => {
    const there = await place();
    const planned: Message[] = [];
    for (let i = 1; i <= 13; i++) planned.push(await plan(there, `${'very '.repeat(i)}much of number ${i}`));
    await compose();
    const reviewed = await rows<{ id: string }>(
      app.db,
      `SELECT id FROM message WHERE state = 'needs_review' ORDER BY id`,
    );
    expect(reviewed.map(({ id }) => id)).toEqual(planned.slice(3).map(({ id }) => id));
    const waiting = await rows<Message>(app.db, `SELECT * FROM message WHERE state = 'planned'`);
    expect(new Set(waiting.map(({ nextAt }) => nextAt?.toISOString()))).toEqual(
      new Set(['2026-11-24T06:00:00.000Z']),
    );

    to('2026-11-23T22:00:00Z');
    await compose();
    expect(await rows(app.db, `SELECT id FROM message WHERE state = 'planned'`)).toHaveLength(3);
    to('2026-11-24T06:00:00Z');
    await compose();
    expect(await rows(app.db, `SELECT id FROM message WHERE state = 'needs_review'`)).toHaveLength(13);
  });

  it('writes anew what waited until its words were false', async () => {
    const there = await place();
    const planned = await plan(there, 'she grows lemons');
    await compose();
    expect((await message(planned.id)).text).toContain('last week');
    to('2026-11-30T08:00:00Z');
    await compose();
    const anew = await message(planned.id);
    expect(anew.text).toContain(`good to meet you at ${there.event.name}.`);
    expect(anew.text).not.toContain('last week');
    expect(anew.history.map(({ what }) => what)).toContain('message-written-anew');
    expect(anew.reasons.filter(({ releasedAt }) => releasedAt === null)).toHaveLength(1);
  });

  it("hands the owner's own words back instead of writing over them", async () => {
    const planned = await plan(await place(), 'she grows lemons');
    await compose();
    const { version, text } = await message(planned.id);
    const edit = (body: object, of = version) =>
      app.http.put(`/drafts/${planned.id}`).set('If-Match', `"${of}"`).send(body);
    expect((await edit({ text: '   ' })).status).toBe(400);
    expect((await edit({ text }, version + 7)).status).toBe(412);
    const answer = await edit({
      text: `${text.replace('Ada Lindqvist', 'See you tomorrow,')}\n\nAda`,
    }).expect(200);
    const edited = answer.body as Draft & { validUntil: string };
    expect(edited).toMatchObject({ edited: true, validUntil: '2026-11-23T23:00:00.000Z' });
    expect(edited.paragraphs.at(-1)?.sources[0]).toMatchObject({ kind: 'owner', words: 'Ada' });
    expect(edited.paragraphs.find(({ id }) => id === 'said')?.sources).toContainEqual(
      expect.objectContaining({ kind: 'fact' }),
    );

    to('2026-11-24T08:00:00Z');
    await compose();
    const held = await message(planned.id);
    expect(held).toMatchObject({ state: 'withheld', whyCode: 'stale-words' });
    expect(held.text).toContain('See you tomorrow');
    await edit({ text: held.text.replace('tomorrow', 'at FOSDEM') }, held.version).expect(200);
    await compose();
    const again = await message(planned.id);
    expect(again).toMatchObject({ state: 'needs_review' });
    expect(again.text).toContain('See you at FOSDEM');
    expect(again.reasons.filter(({ releasedAt }) => releasedAt === null)).toHaveLength(1);
  });

  it('refuses bad manners by rule', async () => {
    const planned = await plan(await place(), 'she grows lemons');
    await compose();
    const { version, text } = await message(planned.id);
    await app.http
      .put(`/drafts/${planned.id}`)
      .set('If-Match', `"${version}"`)
      .send({ subject: 'Re: our talk', text })
      .expect(200);
    const refused = await approve(planned.id);
    expect([refused.status, (refused.body as { detail: string }).detail]).toEqual([
      422,
      expect.stringContaining('fake-thread'),
    ]);
  });

  it('withholds what is said to everybody, until the owner releases it knowingly', async () => {
    const there = await place();
    const same: Message[] = [];
    for (let i = 0; i < 4; i++) same.push(await plan(there, i % 2 ? 'The keynote!' : 'the keynote'));
    const own = await plan(there, 'her move to Porto');
    await compose();
    for (const { id } of same) {
      const held = await message(id);
      expect(held).toMatchObject({ state: 'withheld', whyCode: 'generic' });
      expect(held.text.toLowerCase()).toContain('the keynote');
    }
    expect((await message(own.id)).state).toBe('needs_review');

    await app.http.post(`/drafts/${same[0]!.id}/release`).expect(200);
    await compose();
    expect((await message(same[0]!.id)).state).toBe('needs_review');
    await app.http.post(`/drafts/${same[1]!.id}/line`).send({ line: 'said: the bread of Ghent' }).expect(200);
    await compose();
    expect(await message(same[1]!.id)).toMatchObject({
      state: 'needs_review',
      text: expect.stringContaining('bread of Ghent'),
    });
    expect((await message(same[2]!.id)).state).toBe('withheld');
  });

  it('asks before a first mail that comes late, and remembers both releases', async () => {
    const there = await place();
    await app.db.query(`UPDATE event SET starts_on = '2026-11-01', ends_on = '2026-11-02' WHERE id = $1`, [
      there.event.id,
    ]);
    const late = [];
    for (let i = 0; i < 4; i++) late.push(await plan(there, 'the keynote'));
    await compose();
    const [first] = late;
    expect(await message(first!.id)).toMatchObject({
      whyCode: 'late',
      why: expect.stringContaining('21 days'),
    });
    for (const { id } of late) await app.http.post(`/drafts/${id}/release`).expect(200);
    await compose();
    expect(await message(first!.id)).toMatchObject({ state: 'withheld', whyCode: 'generic' });
    await app.http.post(`/drafts/${first!.id}/release`).expect(200);
    await compose();
    expect((await message(first!.id)).state).toBe('needs_review');
  });

  it('cites a reason once, also when two drafts and two workers want it', async () => {
    const here = await place();
    const planned = await plan(here, 'she grows lemons');
    const other = await place();
    const enrollment = await buildEnrollment(app, {
      contactId: planned.contactId,
      sequenceId: other.step.sequenceId,
      mailboxId: other.mailbox.id,
      nextAt: null,
    });
    const second = await buildMessage(app, {
      contactId: planned.contactId,
      enrollmentId: enrollment.id,
      stepId: other.step.id,
      eventId: other.event.id,
      mailboxId: other.mailbox.id,
    });
    await Promise.all([compose(), compose()]);
    expect((await message(planned.id)).state).toBe('needs_review');
    expect(await message(second.id)).toMatchObject({ state: 'withheld', whyCode: 'no-particular' });
    const spent = await rows(app.db, `SELECT ref_id FROM message_reason WHERE released_at IS NULL`);
    expect(spent).toHaveLength(1);

    await app.http.post(`/drafts/${planned.id}/discard`).expect(200);
    await app.http.post(`/drafts/${second.id}/release`).expect(200);
    await compose();
    expect((await message(second.id)).state).toBe('needs_review');
    expect(await row(app.db, `SELECT state, handover FROM message WHERE id = $1`, [planned.id])).toEqual({
      state: 'cancelled',
      handover: true,
    });
  });

  it('leaves the neighbours of a poisoned template alone', async () => {
    const good = await plan(await place(), 'she grows lemons');
    const unknown = await plan(
      await place({ paragraphs: [{ id: 'oops', text: '{{ nobody.knows }}', needs: [] }] }),
      'he sings',
    );
    const syntax = await plan(
      await place({ paragraphs: [{ id: 'torn', text: '{% if %}', needs: [] }] }),
      'he dances',
    );
    const shape = await place();
    const torn = await plan(shape, 'he paints');
    await app.db.query(`UPDATE template SET paragraphs = '[null]' WHERE id = $1`, [shape.step.templateId]);
    await compose();
    expect((await message(good.id)).state).toBe('needs_review');
    expect(await message(unknown.id)).toMatchObject({
      whyCode: 'broken-template',
      why: expect.stringContaining('paragraph "oops"'),
    });
    expect(await message(syntax.id)).toMatchObject({
      whyCode: 'broken-template',
      why: expect.stringContaining('paragraph "torn"'),
    });
    expect(
      await row(app.db, `SELECT state, why_code, next_at FROM message WHERE id = $1`, [torn.id]),
    ).toEqual({
      state: 'planned',
      whyCode: 'error',
      nextAt: new Date('2026-11-23T09:10:00Z'),
    });
  });

  it('takes what a contact is called for text, never for a command', async () => {
    const planned = await plan(await place(), 'she wrote <b>this</b>', {
      contact: { givenName: '{{ owner.name }}', fullName: '{{ owner.name }} <script>' },
    });
    await compose();
    const draft = await message(planned.id);
    expect(draft.text).toContain('Hello {{ owner.name }},');
    expect(draft.text).toContain('she wrote <b>this</b>');
    expect(draft.findings).toContainEqual(
      expect.objectContaining({ rule: 'placeholder', severity: 'refuse' }),
    );
  });

  it('refuses a yes that comes after an answer, and says why', async () => {
    const planned = await plan(await place(), 'she grows lemons');
    await compose();
    await buildInbound(app, { contactId: planned.contactId });
    expect((await message(planned.id)).onYes).toEqual({ does: 'stops', at: null, why: 'they answered' });
    const late = await approve(planned.id);
    expect([late.status, (late.body as { detail: string }).detail]).toEqual([
      409,
      expect.stringContaining('they answered'),
    ]);
    expect(await message(planned.id)).toMatchObject({
      state: 'cancelled',
      reasons: [{ releasedAt: expect.any(String) }],
    });
  });

  it('cancels open drafts when it is its turn to heed an answer, of the whole merged person', async () => {
    const there = await place();
    const planned = await plan(there, 'she grows lemons');
    const stranger = await plan(there, 'he keeps bees');
    await compose();
    const winner = await buildContact(app);
    await app.db.query(`UPDATE contact SET merged_into = $1 WHERE id = $2`, [winner.id, planned.contactId]);
    const inbound = await buildInbound(app, { contactId: winner.id, turn: 'composing' });
    await compose();
    expect(await message(planned.id)).toMatchObject({ state: 'cancelled', why: 'they answered' });
    expect((await message(stranger.id)).state).toBe('needs_review');
    expect(await row(app.db, `SELECT turn FROM inbound WHERE id = $1`, [inbound.id])).toEqual({ turn: null });
  });

  it('approves many, each by itself', async () => {
    const there = await place();
    const fine = await plan(there, 'she grows lemons');
    const stale = await plan(there, 'he keeps bees');
    await compose();
    const { version } = await message(fine.id);
    const answer = await app.http
      .post('/drafts/approve')
      .send({
        drafts: [
          { id: fine.id, version },
          { id: stale.id, version: 99 },
          { id: newId(), version: 1 },
        ],
      })
      .expect(200);
    const { items } = answer.body as { items: { approved: boolean; code: string | null }[] };
    expect(items.map(({ code }) => code)).toEqual([null, 'stale', 'not-found']);
    await app.http
      .post('/drafts/approve')
      .send({ drafts: [{ id: fine.id }] })
      .expect(400);
  });

  it('lets a sequence go by itself after ten yeses, first mails only', async () => {
    const there = await place({ approval: 'after-ten' });
    const early = await plan(there, 'she grows lemons');
    await compose();
    expect((await message(early.id)).state).toBe('needs_review');
    for (let i = 0; i < 10; i++) {
      await plan(there, null, {
        message: { state: 'sent', nextAt: null, approvedBy: 'owner', sentAt: app.clock.now() },
      });
    }
    const first = await plan(there, 'he keeps bees', {
      message: { dueAt: new Date('2026-11-24T08:00:00Z') },
    });
    const followUp = await plan(there, 'she paints', { message: { kind: 'follow-up' } });
    await compose();
    expect(
      await row(app.db, `SELECT state, approved_by, next_at, reviewed_from FROM message WHERE id = $1`, [
        first.id,
      ]),
    ).toEqual({
      state: 'approved',
      approvedBy: 'sequence',
      nextAt: new Date('2026-11-24T08:00:00Z'),
      reviewedFrom: null,
    });
    expect((await message(followUp.id)).state).toBe('needs_review');

    // The owner wants to see them again: what has not left comes before them at once.
    const { sequenceId } = there.step;
    const { version } = (await app.http.get(`/sequences/${sequenceId}`)).body as { version: number };
    const each = app.http.patch(`/sequences/${sequenceId}`).set('If-Match', `"${version}"`);
    await each.send({ approval: 'each' }).expect(200);
    await app.run('deliver');
    await compose();
    expect(await row(app.db, `SELECT state, approved_by FROM message WHERE id = $1`, [first.id])).toEqual({
      state: 'needs_review',
      approvedBy: null,
    });
  });

  it('makes the text of a task ready, and counts an answer that came another way', async () => {
    const there = await place();
    const planned = await plan(there, 'she grows lemons', {
      contact: { email: null, linkedin: 'https://www.example.com/in/grace' },
      message: { channel: 'task' },
    });
    await compose();
    const task = await message(planned.id);
    expect(task).toMatchObject({
      state: 'needs_review',
      subject: '',
      findings: [],
      ways: [{ kind: 'linkedin' }],
    });
    expect(task.text).not.toContain('no more');
    expect((await approve(planned.id)).status).toBe(409);
    await app.http.post(`/tasks/${planned.id}/done`).send({ at: '2026-11-24T00:00:00Z' }).expect(400);
    await app.http.post(`/tasks/${planned.id}/done`).expect(200);
    expect(
      await row(app.db, `SELECT state, sent_at, handover FROM message WHERE id = $1`, [planned.id]),
    ).toEqual({
      state: 'sent',
      sentAt: app.clock.now(),
      handover: true,
    });
    await app.http.post(`/tasks/${planned.id}/done`).expect(409);

    to('2026-11-25T10:00:00Z');
    for (let i = 0; i < 2; i++) await app.http.post(`/tasks/${planned.id}/answered`).expect(200);
    expect(
      await rows(app.db, `SELECT kind, matched_by, turn, at FROM inbound WHERE message_id = $1`, [
        planned.id,
      ]),
    ).toEqual([{ kind: 'reply', matchedBy: 'owner', turn: 'planner', at: new Date('2026-11-25T10:00:00Z') }]);
    const mail = await plan(there, 'he keeps bees');
    await app.http.post(`/tasks/${mail.id}/done`).expect(409);
  });

  it('reminds of a birthday and congratulates, each once, and lets both lapse with the day', async () => {
    await affected(app.db, `DELETE FROM template WHERE owner_id = $1 AND name = 'birthday'`, [app.ownerId]);
    await buildTemplate(app, {
      name: 'birthday',
      subject: 'Happy birthday',
      paragraphs: [{ id: 'wish', text: 'Happy birthday, {{ contact.given }}!', needs: ['birthday'] }],
    });
    const contact = await buildContact(app, { fullName: 'Grace Hopper', birthday: '--11-24' });
    const day = { contactId: contact.id, subjectKey: 'birthday', occursOn: '2026-11-24', enrollmentId: null };
    const mail = await buildMessage(app, {
      ...day,
      kind: 'birthday',
      dueAt: new Date('2026-11-24T08:00:00Z'),
    });
    const reminder = await buildMessage(app, { ...day, kind: 'birthday-reminder', channel: 'task' });
    await compose();
    expect(await message(mail.id)).toMatchObject({
      state: 'needs_review',
      text: expect.stringMatching(/^Happy birthday, Grace!/),
    });
    expect((await message(reminder.id)).text).toMatch(
      /^It is Grace Hopper's birthday on Tuesday 24 November\./,
    );
    to('2026-11-24T23:00:00Z');
    await compose();
    expect(await message(mail.id)).toMatchObject({ state: 'cancelled', why: 'the day has passed' });
    expect(await message(reminder.id)).toMatchObject({ state: 'cancelled', why: 'the day has passed' });
  });

  it('speaks of a promise still owed, and waits where it could not', async () => {
    const there = await place();
    const promised = await plan(there, 'she grows lemons');
    await buildPromise(app, { contactId: promised.contactId, dueOn: '2026-11-27' });
    const overdue = await plan(there, 'he keeps bees');
    await buildPromise(app, { contactId: overdue.contactId, dueOn: '2026-11-20' });
    await compose();
    expect((await message(promised.id)).text).toContain(
      'I promised to send you the slides; it comes by Friday 27 November.',
    );
    expect(await message(overdue.id)).toMatchObject({ state: 'planned', whyCode: 'owed' });
  });

  it('leaves owners alone who stopped everything, and lists only what is theirs', async () => {
    const planned = await plan(await place(), 'she grows lemons');
    await app.db.query(`UPDATE owner SET stopped_at = $1 WHERE id = $2`, [app.clock.now(), app.ownerId]);
    await compose();
    expect((await message(planned.id)).state).toBe('planned');
    await app.db.query(`UPDATE owner SET stopped_at = NULL`);
    await plan(await place(), null);
    await compose();
    const one = (await app.http.get('/drafts?limit=1').expect(200)).body as { items: Draft[]; next: string };
    const two = (await app.http.get(`/drafts?limit=1&cursor=${one.next}`).expect(200)).body as {
      items: Draft[];
      next: null;
    };
    expect([one.items[0]?.id, two.items[0]?.state, two.next]).toEqual([planned.id, 'withheld', null]);
    await app.http.get(`/messages/${newId()}`).expect(404);
    await app.http.get('/messages/nonsense').expect(400);
  });
});
