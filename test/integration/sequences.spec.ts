import { affected, rows } from '../../src/database/rows.js';
import { unspentReasons } from '../../src/database/reasons.js';
import type { SequenceAnswer, StepAnswer, TemplateAnswer } from '../../src/sequences/sequences.schemas.js';
import { startApp, type TestApp } from '../app.js';
import {
  buildContact,
  buildEnrollment,
  buildFact,
  buildMessage,
  buildMessageReason,
  buildOwner,
  buildPromise,
  buildTemplate,
} from '../factories.js';

describe('sequences, steps and templates by API', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(async () => {
    await app.close();
  });

  const tag = (version: number): string => `"${version}"`;
  const theDefault = async (): Promise<SequenceAnswer> => {
    const { body } = await app.http.get('/sequences').expect(200);
    return (body as { items: SequenceAnswer[] }).items.find(({ isDefault }) => isDefault)!;
  };

  it('a new owner has the default sequence and its templates', async () => {
    const sequence = await theDefault();
    expect(sequence.steps.map(({ kind, offsetDays, position }) => [position, kind, offsetDays])).toEqual([
      [1, 'first', 1],
      [2, 'follow-up', 5],
      [3, 'by-hand', 5],
    ]);
    expect(sequence).toMatchObject({ approval: 'each', window: { from: '08:00', to: '17:00' } });
    const { body } = await app.http.get('/templates').expect(200);
    expect((body as { items: TemplateAnswer[] }).items.map(({ name }) => name).sort()).toEqual([
      'birthday',
      'by-hand',
      'first',
      'follow-up',
    ]);
  });

  it('a step keeps its id through an edit, which wants the version it starts from', async () => {
    const { id, steps } = await theDefault();
    const step: StepAnswer = steps[0]!;
    const url = `/sequences/${id}/steps/${step.id}`;
    await app.http.patch(url).send({ offsetDays: 2 }).expect(428);
    const edited = await app.http
      .patch(url)
      .set('If-Match', tag(step.version))
      .send({ offsetDays: 2, askAfterDays: null })
      .expect(200);
    expect(edited.body).toMatchObject({
      id: step.id,
      offsetDays: 2,
      askAfterDays: null,
      version: step.version + 1,
    });
    await app.http.patch(url).set('If-Match', tag(step.version)).send({ offsetDays: 3 }).expect(412);
    const kind = await app.http
      .patch(url)
      .set('If-Match', tag(step.version + 1))
      .send({ kind: 'follow-up' });
    expect(kind.status).toBe(400);
    const taken = await app.http
      .patch(url)
      .set('If-Match', tag(step.version + 1))
      .send({ position: 2 })
      .expect(409);
    expect(taken.body.detail).toContain('position');
  });

  it('sequences are made, edited, made the default, and removed when nobody goes through them', async () => {
    const before = await theDefault();
    const template = await buildTemplate(app);
    const step = { kind: 'first', offsetDays: 1, templateId: template.id };
    const made = await app.http
      .post('/sequences')
      .send({ name: 'Meetups', steps: [step] })
      .expect(201);
    const id = (made.body as SequenceAnswer).id;
    expect(made.body).toMatchObject({
      name: 'Meetups',
      isDefault: false,
      steps: [{ position: 1 }],
      version: 1,
    });
    await app.http.post('/sequences').send({ name: 'Meetups' }).expect(409);
    const added = await app.http
      .post(`/sequences/${id}/steps`)
      .send({ ...step, kind: 'by-hand' })
      .expect(201);
    expect(added.body).toMatchObject({ position: 2 });

    await app.http.patch(`/sequences/${id}`).set('If-Match', '"1"').send({ isDefault: true }).expect(200);
    expect((await theDefault()).id).toBe(id);
    await app.http.delete(`/sequences/${id}`).set('If-Match', '"2"').expect(409);
    await app.http
      .patch(`/sequences/${before.id}`)
      .set('If-Match', tag(before.version + 1))
      .send({ isDefault: true })
      .expect(200);

    const enrollment = await buildEnrollment(app, {
      sequenceId: id,
      nextStepId: (added.body as StepAnswer).id,
    });
    await app.http
      .delete(`/sequences/${id}/steps/${(added.body as StepAnswer).id}`)
      .set('If-Match', '"1"')
      .expect(409);
    const used = await app.http.delete(`/sequences/${id}`).set('If-Match', '"3"').expect(409);
    expect(used.body.detail).toContain('in use');
    await affected(app.db, `DELETE FROM enrollment WHERE id = $1`, [enrollment.id]);
    await app.http.delete(`/sequences/${id}`).set('If-Match', '"1"').expect(412);
    await app.http.delete(`/sequences/${id}`).set('If-Match', '"3"').expect(204);
    await app.http.get(`/sequences/${id}`).expect(404);
  });

  it.each([
    [{ from: '17:00', to: '08:00', weekdays: [1] }, 'must open before it closes'],
    [{ from: '8', to: '17:00', weekdays: [1] }, 'not a time of day'],
    [{ from: '08:00', to: '17:00', weekdays: [] }, 'at least one weekday'],
    [{ from: '08:00', to: '17:00', weekdays: [8] }, 'not a weekday'],
  ])('an impossible window is refused: %j', async (window, words) => {
    const { body } = await app.http.post('/sequences').send({ name: 'Odd', window }).expect(400);
    expect(body.detail).toContain(words);
    expect(body.issues[0].field).toContain('window');
  });

  it('a step wants a template that is there', async () => {
    const { id } = await theDefault();
    const step = { kind: 'first', offsetDays: 1, templateId: '018f2b00-0000-7000-8000-000000000000' };
    const { body } = await app.http.post(`/sequences/${id}/steps`).send(step).expect(422);
    expect(body.detail).toContain('there is no template');
  });

  it.each([
    ['{{ contact.given', 'paragraph "hello"'],
    ['line one\n{% if %}', 'paragraph "hello"'],
    ['It was good to meet you.', 'claims "met"'],
  ])('a template that cannot stand is refused with its place: %j', async (text, place) => {
    const body = { name: 'Broken', subject: 'Hello', paragraphs: [{ id: 'hello', text, needs: [] }] };
    const answer = await app.http.post('/templates').send(body).expect(422);
    expect(answer.body.detail).toContain(place);
    expect(answer.body.detail).toMatch(/line|claims/);
    const template = await buildTemplate(app);
    await app.http
      .patch(`/templates/${template.id}`)
      .set('If-Match', '"1"')
      .send({ paragraphs: body.paragraphs })
      .expect(422);
  });

  it('a template in use, or found by its name, is not removed', async () => {
    const all = await rows<TemplateAnswer>(app.db, `SELECT * FROM template`);
    const first = all.find(({ name }) => name === 'first')!;
    const birthday = all.find(({ name }) => name === 'birthday')!;
    await app.http.delete(`/templates/${first.id}`).set('If-Match', '"1"').expect(409);
    await app.http.delete(`/templates/${birthday.id}`).set('If-Match', '"1"').expect(409);
    await app.http
      .patch(`/templates/${birthday.id}`)
      .set('If-Match', '"1"')
      .send({ name: 'bday' })
      .expect(409);
    const free = await buildTemplate(app);
    const edited = await app.http
      .patch(`/templates/${free.id}`)
      .set('If-Match', '"1"')
      .send({ subject: 'Hi\u0000 there' })
      .expect(200);
    expect(edited.body).toMatchObject({ subject: 'Hi there', version: 2 });
    await app.http.delete(`/templates/${free.id}`).set('If-Match', '"2"').expect(204);
  });

  it("another owner's things are not there", async () => {
    const { id } = await theDefault();
    await buildOwner(app, { email: 'b@example.net' });
    const header = { 'Followthrough-Owner': 'b@example.net' };
    await app.http.get(`/sequences/${id}`).set(header).expect(404);
    await app.http.get(`/sequences/${id}`).set({ 'Followthrough-Owner': 'ada@example.org' }).expect(200);
    await affected(app.db, `DELETE FROM owner WHERE email = 'b@example.net'`);
  });
});

describe('unspent reasons', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(async () => {
    await app.close();
  });
  const ask = async (contactId: string, alsoOf: string | null = null) => {
    const options = { now: app.clock.now(), zoneOf: () => 'Europe/Berlin', alsoOf };
    return (await unspentReasons(app.db, app.ownerId, [contactId], options)).get(contactId) ?? [];
  };

  it('law 3: only what the owner put into words, still true and not yet cited; of the person, through merges', async () => {
    const contact = await buildContact(app);
    const loser = await buildContact(app, { mergedInto: contact.id });
    const fact = await buildFact(app, { contactId: loser.id, text: 'Tests are fun!' });
    await buildFact(app, { contactId: contact.id, quotable: false });
    await buildFact(app, { contactId: contact.id, kind: 'hardship' });
    await buildFact(app, { contactId: contact.id, closedAt: app.clock.now() });
    await buildFact(app, {});
    const expected = [{ kind: 'fact', id: fact.id, support: 'said', words: 'Tests are fun', occurrence: '' }];
    expect(await ask(contact.id)).toEqual(expected);
    expect(await ask(loser.id)).toEqual(expected);

    const message = await buildMessage(app, { contactId: contact.id });
    const cited = await buildMessageReason(app, { messageId: message.id, refId: fact.id });
    expect(await ask(contact.id)).toEqual([]);
    expect(await ask(contact.id, message.id)).toEqual(expected);
    await affected(app.db, `UPDATE message_reason SET released_at = created_at WHERE id = $1`, [cited.id]);
    expect(await ask(contact.id)).toEqual(expected);
  });

  it('a promise names its day while that is to come, and once kept brings what was given', async () => {
    const contact = await buildContact(app);
    const promise = await buildPromise(app, {
      contactId: contact.id,
      text: 'Send you the slides.',
      dueOn: '2026-12-04',
    });
    expect(await ask(contact.id)).toEqual([
      {
        kind: 'promise',
        id: promise.id,
        support: 'promise',
        words: 'send you the slides',
        occurrence: '',
        extra: { by: 'Friday 4 December' },
        until: new Date('2026-12-04T23:00:00Z'),
      },
    ]);
    app.clock.set(new Date('2026-12-05T09:00:00Z'));
    expect(await ask(contact.id)).toEqual([]);
    const keptWith = 'Here they are: https://example.org/slides';
    await affected(app.db, `UPDATE promise SET kept_at = $1, kept_with = $2 WHERE id = $3`, [
      app.clock.now(),
      keptWith,
      promise.id,
    ]);
    expect(await ask(contact.id)).toMatchObject([
      { kind: 'kept-promise', support: 'kept', words: 'here they are: https://example.org/slides' },
    ]);
    await affected(app.db, `UPDATE promise SET kept_with = 'The slides' WHERE id = $1`, [promise.id]);
    expect(await ask(contact.id)).toMatchObject([{ words: 'the slides.' }]);
  });
});
