import { askChanges } from '../../src/cli/changes-pass.js';
import { workThrough, type Answering } from '../../src/cli/duplicates-pass.js';
import type { PositionChange } from '../../src/database/entities/contact.entity.js';
import { appendProposals, type NewProposal } from '../../src/database/proposals.js';
import { rows } from '../../src/database/rows.js';
import type { ProposalView } from '../../src/imports/proposals.schemas.js';
import { ProposalsService } from '../../src/imports/proposals.service.js';
import { startApp, type TestApp } from '../app.js';
import { buildEncounter, buildEvent, buildOwner, insert } from '../factories.js';
import { sayPeople, type Said } from '../said-people.js';

let app: TestApp;
beforeEach(async () => {
  app = await startApp({ now: '2026-11-23T09:00:00Z' });
  app.http.set('Followthrough-Owner', app.ownerId);
});
afterEach(() => app.close());

const SAID: Said[] = [
  { name: 'Mira Sokolova', company: 'Acme', emails: ['mira@example.com'] },
  { name: 'Mirra Sokolova', company: 'Acme GmbH', emails: ['m.sokolova@example.org'], city: 'Graz' },
  { name: 'Mira Sokolov', emails: ['sokolov@example.net'] },
];
const EVIDENCE = [
  { field: 'family', level: 'exact', weight: 12, a: 'sokolova', b: 'sokolova' },
  { field: 'given', level: 'close', weight: 4, a: 'mira', b: 'mirra' },
  { field: 'email', level: 'differs', weight: -1, a: 'mira@example.com', b: 'm.sokolova@example.org' },
];

let importId: string;
let ids: [string, string, string];
beforeEach(async () => {
  const said = await sayPeople(app, SAID, { file: 'badges.csv' });
  importId = said.importId;
  ids = said.ids as [string, string, string];
});

const propose = (...pairs: [a: string, b: string, score?: number][]): Promise<number> =>
  appendProposals(
    app.db,
    app.ownerId,
    pairs.map(([aId, bId, score = 0.8]) => ({ aId, bId, why: 'match', score, evidence: EVIDENCE, importId })),
    app.clock.now(),
  );
const list = async (state = 'open'): Promise<ProposalView[]> => {
  const { body } = await app.http.get(`/duplicates?state=${state}`).expect(200);
  return (body as { items: ProposalView[] }).items;
};
const answer = async (id: string, given: string): Promise<ProposalView> =>
  (await app.http.post(`/duplicates/${id}`).send({ answer: given }).expect(200)).body as ProposalView;
const personOf = async (id: string): Promise<string> => {
  const [found] = await rows<{ person: string }>(
    app.db,
    `SELECT coalesce(merged_into, id) AS person FROM contact WHERE id = $1`,
    [id],
  );
  return found!.person;
};

describe('appendProposals', () => {
  it('asks once about a pair, whichever comes first, and never about one person', async () => {
    expect(await propose([ids[1], ids[0], 0.6], [ids[0], ids[1], 0.9], [ids[2], ids[2]])).toBe(1);
    expect(await propose([ids[1], ids[0]])).toBe(0);
    const [asked] = await list();
    expect(asked).toMatchObject({
      score: expect.closeTo(0.9, 5) as number,
      a: { id: ids[0] },
      b: { id: ids[1] },
    });
  });

  it('turns the evidence with the pair', async () => {
    await propose([ids[1], ids[0]]);
    const [asked] = await list();
    expect(asked!.evidence.find(({ field }) => field === 'given')).toMatchObject({ a: 'mirra', b: 'mira' });
  });

  it('knows an answer by any contact of a person, also after merges', async () => {
    await propose([ids[0], ids[1]]);
    await answer((await list())[0]!.id, 'no');
    await app.http.post(`/contacts/${ids[1]}/merge`).send({ with: ids[2] }).expect(200);
    expect(await propose([ids[0], ids[2]], [ids[0], ids[1]], [ids[1], ids[2]])).toBe(0);
  });

  it('asks nothing about people of another owner', async () => {
    const other = await buildOwner(app);
    const theirs: NewProposal = {
      aId: ids[0],
      bId: ids[1],
      why: 'match',
      score: 1,
      evidence: [],
      importId: null,
    };
    expect(await appendProposals(app.db, other.id, [theirs], app.clock.now())).toBe(0);
  });
});

it('shows both sides with what is known of them, and what speaks for it in plain words', async () => {
  const event = await buildEvent(app, { name: 'DevConf 2026' });
  await buildEncounter(app, { contactId: ids[0], eventId: event.id });
  await propose([ids[0], ids[1]]);
  const [asked] = await list();
  expect(asked).toMatchObject({
    a: {
      fullName: 'Mira Sokolova',
      company: 'Acme',
      identities: [{ kind: 'email', value: 'mira@example.com', shared: false }],
      events: ['DevConf 2026'],
      sources: [{ importId, file: 'badges.csv', line: 2 }],
    },
    b: { fullName: 'Mirra Sokolova', city: 'Graz', sources: [{ line: 3 }] },
  });
  expect(asked!.evidence.map(({ words }) => words)).toEqual([
    'same family name (sokolova), a rare one',
    'given names differ by a slip of the pen (mira; mirra)',
    'e-mail addresses differ (mira@example.com; m.sokolova@example.org)',
  ]);
});

it('yes makes one person, an undo makes two again, no and later are remembered', async () => {
  await propose([ids[0], ids[1]]);
  const [{ id } = { id: '' }] = await list();
  const before = await rows(
    app.db,
    `SELECT contact_id, kind, canonical FROM identity ORDER BY contact_id, canonical`,
  );
  expect(await answer(id, 'yes')).toMatchObject({ state: 'yes', settled: true });
  expect(await personOf(ids[1])).toBe(ids[0]);
  expect(await list()).toEqual([]);
  expect(await list('yes')).toHaveLength(1);
  const { body } = await app.http.get(`/contacts/${ids[1]}`).expect(200);
  expect(body).toMatchObject({ id: ids[0] });
  expect(await rows(app.db, `SELECT by, import_id FROM contact_merge`)).toEqual([
    { by: 'owner', importId: null },
  ]);

  await app.http.post(`/duplicates/${id}/reopen`).expect(200);
  expect(await personOf(ids[1])).toBe(ids[1]);
  expect(
    await rows(app.db, `SELECT contact_id, kind, canonical FROM identity ORDER BY contact_id, canonical`),
  ).toEqual(before);
  expect(await rows(app.db, `SELECT state FROM proposal`)).toEqual([{ state: 'open' }]);

  await answer(id, 'later');
  expect(await list()).toEqual([]);
  expect(await list('later')).toHaveLength(1);
  // Changed minds: what a yes has merged is split by the no.
  await answer(id, 'yes');
  expect(await answer(id, 'no')).toMatchObject({ state: 'no', settled: false });
  expect(await personOf(ids[1])).toBe(ids[1]);
  expect(await rows(app.db, `SELECT state FROM proposal`)).toEqual([{ state: 'no' }]);
});

it('an undo takes back only the answer it is of', async () => {
  await propose([ids[0], ids[1]], [ids[1], ids[2]]);
  const asked = await list();
  for (const { id } of asked) await answer(id, 'yes');
  expect([await personOf(ids[1]), await personOf(ids[2])]).toEqual([ids[0], ids[0]]);
  const first = asked.find(({ b }) => b.id === ids[1])!;
  await app.http.post(`/duplicates/${first.id}/reopen`).expect(200);
  expect(await personOf(ids[1])).not.toBe(await personOf(ids[0]));
});

it('contacts are merged and split by hand; a split is remembered', async () => {
  const merged = await app.http.post(`/contacts/${ids[2]}/merge`).send({ with: ids[0] }).expect(200);
  expect(merged.body).toMatchObject({ id: ids[0], contactIds: [ids[0], ids[2]].sort() });
  await app.http.post(`/contacts/${ids[0]}/split`).send({ contactId: ids[0] }).expect(422);
  await app.http.post(`/contacts/${ids[0]}/split`).send({ contactId: ids[1] }).expect(422);
  const split = await app.http.post(`/contacts/${ids[2]}/split`).send({ contactId: ids[2] }).expect(200);
  expect(split.body).toMatchObject({ id: ids[2], contactIds: [ids[2]] });
  expect(await propose([ids[0], ids[2]])).toBe(0);
});

it('another owner finds nothing of it', async () => {
  await propose([ids[0], ids[1]]);
  const [{ id } = { id: '' }] = await list();
  const other = await buildOwner(app);
  const as = (path: string, body?: object) => {
    const call = body ? app.http.post(path).send(body) : app.http.get(path);
    return call.set('Followthrough-Owner', other.id);
  };
  await as(`/duplicates/${id}`).expect(404);
  await as(`/duplicates/${id}`, { answer: 'yes' }).expect(404);
  await as(`/duplicates/${id}/reopen`, {}).expect(404);
  await as(`/contacts/${ids[0]}/merge`, { with: ids[1] }).expect(404);
  await as(`/contacts/${ids[0]}/split`, { contactId: ids[1] }).expect(404);
  expect((await as('/duplicates').expect(200)).body).toEqual({ items: [], next: null });
  expect(await personOf(ids[1])).toBe(ids[1]);
});

it('pages by how sure they are, also while they are answered', async () => {
  await propose([ids[0], ids[1], 0.7], [ids[0], ids[2], 0.9], [ids[1], ids[2], 0.8]);
  const one = (await app.http.get('/duplicates?limit=1').expect(200)).body as {
    items: ProposalView[];
    next: string;
  };
  await answer(one.items[0]!.id, 'later');
  const rest = (await app.http.get(`/duplicates?cursor=${one.next}`).expect(200)).body as {
    items: ProposalView[];
  };
  expect([...one.items, ...rest.items].map(({ score }) => score.toFixed(1))).toEqual(['0.9', '0.8', '0.7']);
});

describe('the pass in a terminal', () => {
  const bound = (): Answering => {
    const service = app.get(ProposalsService);
    return {
      get: (id) => service.get(app.ownerId, id),
      answer: (id, given) => service.answer(app.ownerId, id, given),
      reopen: (id) => service.reopen(app.ownerId, id),
    };
  };
  const scripted = (keys: string) => {
    const typed = Array.from(keys);
    const said: string[] = [];
    return {
      said,
      left: typed,
      say: (text = '') => void said.push(text),
      askKey: (_: string, allowed: string) => {
        const key = typed.shift() ?? 'q';
        expect(allowed).toContain(key);
        return Promise.resolve(key);
      },
      columns: 100,
    };
  };

  it('takes a key for each pair, undoes the last, and passes over what an answer has settled', async () => {
    await propose([ids[0], ids[1], 0.9], [ids[0], ids[2], 0.8], [ids[1], ids[2], 0.7]);
    const asked = (await list()).map(({ id }) => id);
    // Help; no, taken back; yes; yes, taken back at the end and said again. The third pair is one person by then.
    const keys = scripted('?nuyyuyq');
    const tally = await workThrough(asked, bound(), keys);
    expect(tally).toEqual({ yes: 2, no: 0, later: 0 });
    expect(new Set([await personOf(ids[1]), await personOf(ids[2])])).toEqual(new Set([ids[0]]));
    expect(keys.left).toEqual([]);
    const text = keys.said.join('\n');
    expect(text).toContain('Taken back: no.');
    expect(text).toContain('Taken back: yes.');
    expect(text).toMatch(/≠ name +Mira Sokolova +\| Mirra Sokolova/);
    expect(text).toContain('read in  badges.csv, line 2');
    expect(text).toContain('For it: same family name (sokolova), a rare one;');
    expect(text).toContain('Against it: e-mail addresses differ');
  });

  it('undo with nothing done says so; quitting keeps what was answered', async () => {
    await propose([ids[0], ids[1], 0.9], [ids[0], ids[2], 0.8]);
    const asked = (await list()).map(({ id }) => id);
    const keys = scripted('unq');
    expect(await workThrough(asked, bound(), keys)).toEqual({ yes: 0, no: 1, later: 0 });
    expect(keys.said.join('\n')).toContain('There is nothing to undo.');
    expect(await list('no')).toHaveLength(1);
    expect(await list()).toHaveLength(1);
  });

  it('positions likewise, with a way back', async () => {
    const changed = await rows<{ id: string; contactId: string }>(
      app.db,
      `SELECT id, contact_id FROM source_record ORDER BY id LIMIT 2`,
    );
    for (const { id: sourceId, contactId } of changed) {
      await insert<PositionChange>(app, 'position_change', {
        ...{ contactId, sourceId, importId, companyBefore: 'Acme', company: 'Beta', state: 'question' },
      });
    }
    const { body } = await app.http.get('/changes').expect(200);
    const { items } = body as { items: Parameters<typeof askChanges>[0] };
    const keys = scripted('ybnsq');
    await askChanges(
      items,
      (id, given) => app.http.post(`/changes/${id}`).send({ answer: given }).expect(200),
      keys,
    );
    const states = await rows<{ state: string }>(
      app.db,
      `SELECT state FROM position_change ORDER BY id DESC`,
    );
    expect(states.map(({ state }) => state)).toEqual(['dismissed', 'question']);
  });
});
