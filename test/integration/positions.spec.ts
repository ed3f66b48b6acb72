import type { PositionChange } from '../../src/database/entities/contact.entity.js';
import { rows } from '../../src/database/rows.js';
import type { PositionView } from '../../src/imports/positions.schemas.js';
import { startApp, type TestApp } from '../app.js';
import { buildOwner, insert } from '../factories.js';
import { sayPeople } from '../said-people.js';

let app: TestApp;
let change: PositionChange;

beforeEach(async () => {
  app = await startApp({ now: '2026-11-23T09:00:00Z' });
  app.http.set('Followthrough-Owner', app.ownerId);
  const { importId, ids } = await sayPeople(app, [{ name: 'Mira Sokolova', company: 'Beta', title: 'CTO' }], {
    file: 'new.csv',
  });
  const [source] = await rows<{ id: string }>(app.db, `SELECT id FROM source_record`);
  change = await insert<PositionChange>(app, 'position_change', {
    contactId: ids[0]!,
    sourceId: source!.id,
    importId,
    companyBefore: 'Acme',
    titleBefore: 'Engineer',
    company: 'Beta',
    title: 'CTO',
    seenOn: '2026-11-18',
    state: 'candidate',
  });
});
afterEach(() => app.close());

const list = async (query = ''): Promise<PositionView[]> =>
  ((await app.http.get(`/changes${query}`).expect(200)).body as { items: PositionView[] }).items;

it('shows what was known before, what is said now, and where', async () => {
  expect(await list()).toEqual([
    expect.objectContaining({
      id: change.id,
      contactName: 'Mira Sokolova',
      before: { company: 'Acme', title: 'Engineer' },
      after: { company: 'Beta', title: 'CTO' },
      seenOn: '2026-11-18',
      state: 'candidate',
      file: 'new.csv',
      line: 2,
    }),
  ]);
});

it('is confirmed or dismissed, may be said anew, and sends nothing', async () => {
  const yes = await app.http.post(`/changes/${change.id}`).send({ answer: 'yes' }).expect(200);
  expect(yes.body).toMatchObject({ state: 'confirmed', decidedAt: '2026-11-23T09:00:00.000Z' });
  expect(await list()).toEqual([]);
  expect(await list('?state=confirmed')).toHaveLength(1);
  await app.http.post(`/changes/${change.id}`).send({ answer: 'no' }).expect(200);
  expect(await list('?state=dismissed')).toHaveLength(1);
  expect(await rows(app.db, `SELECT 1 FROM message`)).toEqual([]);
  const audit = await rows(app.db, `SELECT detail FROM audit WHERE what = 'position-answered' ORDER BY id`);
  expect(audit).toEqual([{ detail: { answer: 'yes' } }, { detail: { answer: 'no' } }]);
});

it('refuses other answers, and is nothing to another owner', async () => {
  await app.http.post(`/changes/${change.id}`).send({ answer: 'perhaps' }).expect(400);
  const other = await buildOwner(app);
  await app.http
    .post(`/changes/${change.id}`)
    .set('Followthrough-Owner', other.id)
    .send({ answer: 'yes' })
    .expect(404);
  expect((await app.http.get('/changes').set('Followthrough-Owner', other.id).expect(200)).body).toEqual({
    items: [],
    next: null,
  });
  expect(await list()).toHaveLength(1);
});
