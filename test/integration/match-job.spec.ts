import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { rows } from '../../src/database/rows.js';
import { MatchService } from '../../src/imports/match.service.js';
import { ProposalsService } from '../../src/imports/proposals.service.js';
import { OWNER_HEADER } from '../../src/http/token.guard.js';
import { startApp, type TestApp } from '../app.js';
import { buildMessage, buildOwner } from '../factories.js';
import { sayPeople, type Said } from '../said-people.js';
import { transpile } from '../transpile.js';

let app: TestApp;
beforeEach(async () => {
  app = await startApp({ now: '2026-11-23T09:00:00Z' });
});
afterEach(() => app.close());

const match = (): Promise<void> => app.run('match');

/** Everybody, with the contacts merged into them. */
function persons(): Promise<{ id: string; name: string; company: string | null; merged: string[] }[]> {
  return rows(
    app.db,
    `SELECT c.id, c.full_name AS name, c.company,
            ARRAY (SELECT k.full_name FROM contact k WHERE k.merged_into = c.id ORDER BY k.id) AS merged
       FROM contact c WHERE c.merged_into IS NULL ORDER BY c.id`,
  );
}

const waiting = (): Promise<{ importId: string }[]> => rows(app.db, `SELECT id FROM import WHERE to_match`);
const proposals = async () =>
  (await app.get(ProposalsService).list(app.ownerId, { state: 'open', limit: 50 })).items;

const GRACE: Said = {
  name: 'Grazyna Wisniewska',
  company: 'Nordlicht Robotics GmbH',
  title: 'Head of Research',
  phones: ['+493012345678'],
  city: 'Berlin',
};

/** Enough others that names are told rare from common. */
const crowd = (count: number, of = 'crowd'): Said[] =>
  Array.from({ length: count }, (_, n) => ({
    name: `${GIVEN[n % GIVEN.length]} ${n < FAMILY.length ? FAMILY[n] : `${syllables(n * 3)}${syllables(n + 77)}`}`,
    company: `${syllables(n * 31 + 7)} ${of}`,
    title: TITLES[n % TITLES.length],
    city: CITIES[(n * 3) % CITIES.length],
    emails: [`${of}-${n}@example.com`],
  }));
const GIVEN =
  'Anna Bruno Clara Dario Elif Fabio Greta Hugo Ines Jonas Katja Lars Mira Nils Olga Pavel Quirin Rosa Sven Tilda'.split(
    ' ',
  );
const FAMILY =
  'Abel Bachmann Castell Dorn Eggers Falk Gruber Hartung Imhof Jost Kessler Lorenz Mahler Nagel Oswald Pohl Quandt Reuter Sommer Thoma Urban Voss Wirth Xander Yilmaz Zoll Adler Busch Conrad Dietz Ebert'.split(
    ' ',
  );
const TITLES = ['Engineer', 'Head of Sales', 'Designer', 'Founder', 'Teacher', 'Buyer', 'Editor'];
const CITIES = ['Berlin', 'Graz', 'Porto', 'Turin', 'Gent', 'Lund', 'Brno', 'Cork'];
function syllables(n: number): string {
  const [a, b] = ['bacadafagahalamanaparasatawaza', 'belodironuvek'];
  const at = (text: string, i: number): string =>
    text.slice((i * 2) % text.length, ((i * 2) % text.length) + 2);
  return `${at(a, n)}${at(b, n >> 2)}${at(a, n >> 5)}${at(b, n >> 8)}`;
}

/** A process of its own, with a thread for comparing, as in service. */
async function workerArgs(): Promise<string[]> {
  const url = (app.db.options as { url: string }).url;
  const script = resolve('test/integration/match-worker.mjs');
  return [script, await transpile('src'), url, app.clock.now().toISOString()];
}

it('makes one person of two files that tell of them, by more than the name, and says by what', async () => {
  await sayPeople(app, crowd(60));
  const one = await sayPeople(app, [GRACE], { file: 'badges.csv' });
  const two = await sayPeople(app, [
    { ...GRACE, company: 'Nordlicht Robotics', city: 'Berlni', emails: ['g.w@example.org'] },
  ]);
  await match();
  const grace = (await persons()).find(({ id }) => id === one.ids[0])!;
  expect(grace.merged).toEqual(['Grazyna Wisniewska']);
  expect(await rows(app.db, `SELECT from_id, into_id, by, import_id FROM contact_merge`)).toEqual([
    { fromId: two.ids[0], intoId: one.ids[0], by: 'match', importId: two.importId },
  ]);
  const identities = await rows(
    app.db,
    `SELECT kind, canonical FROM identity WHERE contact_id = $1 ORDER BY kind`,
    [grace.id],
  );
  expect(identities).toEqual([
    { kind: 'email', canonical: 'g.w@example.org' },
    { kind: 'phone', canonical: '+493012345678' },
  ]);
  const [audit] = await rows<{ detail: { from: string; evidence: { field: string }[] } }>(
    app.db,
    `SELECT detail FROM audit WHERE what = 'contact-matched' AND subject_id = $1`,
    [grace.id],
  );
  expect(audit!.detail.from).toBe(two.ids[0]);
  expect(audit!.detail.evidence.map(({ field }) => field)).toContain('phone');
  expect(JSON.stringify(audit!.detail)).not.toContain('wisniewska');
  expect(await waiting()).toEqual([]);
});

it('merges nobody by a name alone, and leaves clearly different people apart', async () => {
  await sayPeople(app, crowd(60));
  await sayPeople(app, [{ name: 'Grazyna Wisniewska' }, { name: 'Holger Czarnecki', company: 'Ostwind AG' }]);
  await sayPeople(app, [
    { name: 'Grazyna Wisniewska' },
    { name: 'Holger Czarnecki', company: 'Beta Foods', city: 'Lund' },
  ]);
  await match();
  expect(await persons()).toHaveLength(64);
  expect(await rows(app.db, `SELECT 1 FROM contact_merge`)).toEqual([]);
});

describe('what it would merge is asked about', () => {
  const ask = async (
    a: Said,
    b: Said,
    between: (ids: string[]) => Promise<unknown> = () => Promise.resolve(),
  ) => {
    await sayPeople(app, crowd(60));
    const one = await sayPeople(app, [a]);
    const two = await sayPeople(app, [b]);
    await between([...one.ids, ...two.ids]);
    await match();
    expect(await rows(app.db, `SELECT 1 FROM contact_merge`)).toEqual([]);
    return proposals();
  };

  it('where you have written to both', async () => {
    const [asked, ...rest] = await ask(GRACE, { ...GRACE, emails: ['g.w@example.org'] }, async (ids) => {
      for (const contactId of ids)
        await buildMessage(app, { contactId, state: 'sent', sentAt: app.clock.now() });
    });
    expect(rest).toEqual([]);
    expect(asked).toMatchObject({ why: 'match', state: 'open', a: { sent: 1 }, b: { sent: 1 } });
    expect(asked!.evidence.map(({ words }) => words)).toContain('same phone number (493012345678)');
  });

  it('where each has a LinkedIn profile of their own', async () => {
    const asked = await ask({ ...GRACE, linkedin: 'grazyna-w' }, { ...GRACE, linkedin: 'g-wisniewska-9' });
    expect(asked).toHaveLength(1);
  });
});

it('an answer no, and a split, are remembered over a new import; nobody is asked twice', async () => {
  await sayPeople(app, crowd(60));
  const one = await sayPeople(app, [GRACE]);
  const two = await sayPeople(app, [{ ...GRACE, city: 'Bremen' }]);
  await match();
  expect(await persons()).toHaveLength(61);
  await app.http.post(`/contacts/${one.ids[0]!}/split`).send({ contactId: two.ids[0] }).expect(200);
  expect(await persons()).toHaveLength(62);
  await sayPeople(app, [{ name: 'Somebody Else', emails: ['else@example.com'] }]);
  await app.db.query(`UPDATE import SET to_match = true`);
  await match();
  expect(await persons()).toHaveLength(63);
  expect(await proposals()).toEqual([]);
  // A third who fits both is drawn to neither unasked where the two are kept apart.
  await sayPeople(app, [GRACE]);
  await match();
  const all = await persons();
  const groups = all.filter(({ name }) => name === 'Grazyna Wisniewska');
  expect(groups.some(({ id, merged }) => merged.length > 1 && id === one.ids[0])).toBe(false);
  const apart = await rows<{ person: string }>(
    app.db,
    `SELECT coalesce(merged_into, id) AS person FROM contact WHERE id = ANY ($1)`,
    [[one.ids[0], two.ids[0]]],
  );
  expect(new Set(apart.map(({ person }) => person)).size).toBe(2);
});

it('done again it does nothing, and two side by side merge once', async () => {
  const pairs = Array.from({ length: 30 }, (_, n) => ({
    ...GRACE,
    name: `${syllables(n * 3)}a ${syllables(n * 17 + 400)}ski`,
    phones: [`+4930123456${String(n).padStart(2, '0')}`],
    company: `${syllables(n * 5 + 90)} Labs`,
  }));
  await sayPeople(app, crowd(60));
  await sayPeople(app, pairs);
  await sayPeople(app, pairs);
  await Promise.all([match(), match(), app.get(MatchService).runDue()]);
  expect(await rows(app.db, `SELECT 1 FROM contact_merge`)).toHaveLength(30);
  await app.db.query(`UPDATE import SET to_match = true`);
  await match();
  expect(await rows(app.db, `SELECT 1 FROM contact_merge`)).toHaveLength(30);
  expect(await waiting()).toEqual([]);
  const [counts] = await rows(
    app.db,
    `SELECT count(*)::int AS merged FROM audit WHERE what = 'contact-matched'`,
  );
  expect(counts).toEqual({ merged: 30 });
});

it('leaves who was changed after the comparison to the next round', async () => {
  await sayPeople(app, crowd(60));
  const { ids } = await sayPeople(app, [GRACE, { ...GRACE, city: 'Bremen' }]);
  let isFirst = true;
  const service = app.get(MatchService);
  await service.runDue({
    onCompared: async () => {
      if (isFirst) await app.db.query(`UPDATE contact SET version = version + 1 WHERE id = $1`, [ids[0]]);
      isFirst = false;
    },
  });
  expect(await rows(app.db, `SELECT 1 FROM contact_merge`)).toEqual([]);
  expect(await waiting()).toHaveLength(2);
  await match();
  expect(await rows(app.db, `SELECT 1 FROM contact_merge`)).toHaveLength(1);
  expect(await waiting()).toEqual([]);
});

it('a scan that is asked for is answered at once, and done by the worker', async () => {
  const scan = async (): Promise<unknown> => (await app.http.get('/duplicates/scan').expect(200)).body;
  expect(await scan()).toMatchObject({ state: 'never' });
  await sayPeople(app, [...crowd(60), GRACE, { ...GRACE, city: 'Bremen' }]);
  await app.db.query(`UPDATE import SET to_match = false`);
  const asked = await app.http.post('/duplicates/scan').expect(202);
  expect(asked.body).toMatchObject({
    state: 'waiting',
    wantedAt: '2026-11-23T09:00:00.000Z',
    finishedAt: null,
  });
  expect(await rows(app.db, `SELECT 1 FROM contact_merge`)).toEqual([]);
  let during: unknown = null;
  await app.get(MatchService).runDue({ onCompared: async () => void (during = await scan()) });
  expect(during).toMatchObject({ state: 'running' });
  expect(await scan()).toMatchObject({ state: 'done', wantedAt: null, finishedAt: '2026-11-23T09:00:00.000Z', people: 62, merged: 1 }); // prettier-ignore
  // Nobody asks for another: none is done.
  await app.get(MatchService).runDue({ onCompared: () => Promise.reject(new Error('once more')) });
  expect(await scan()).toMatchObject({ state: 'done', failures: 0 });
});

it('after a failure it waits, longer each time, and says why; other owners do not wait', async () => {
  const other = await buildOwner(app);
  await sayPeople(app, [...crowd(60), GRACE]);
  await sayPeople({ ...app, ownerId: other.id }, [...crowd(60), GRACE]);
  const service = app.get(MatchService);
  let tries = 0;
  const failing = {
    onCompared: () => {
      tries += 1;
      if (tries % 2 === 0) return Promise.resolve();
      return Promise.reject(Object.assign(new Error('heap'), { code: 'ERR_WORKER_OUT_OF_MEMORY' }));
    },
  };
  const as = (asked: ReturnType<typeof app.http.get>) => asked.set(OWNER_HEADER, app.ownerId);
  const told = async () => (await as(app.http.get('/duplicates/scan')).expect(200)).body as { failures: number; state: string; why: string | null; againAt: string | null }; // prettier-ignore
  const minutes = async (): Promise<unknown> =>
    (await rows<{ m: number }>(app.db, `SELECT round(extract(epoch FROM next_at - clock_timestamp()) / 60)::int AS m FROM comparison`))[0]?.m; // prettier-ignore
  await service.runDue(failing);
  expect(tries).toBe(2);
  expect(await waiting()).toHaveLength(1);
  expect(await told()).toMatchObject({ state: 'failed', failures: 1, why: expect.stringMatching(/memory/) });
  expect(await minutes()).toBe(5);
  // Not before its time.
  await service.runDue(failing);
  expect(tries).toBe(2);
  const past = (): Promise<unknown> => app.db.query(`UPDATE comparison SET next_at = clock_timestamp() - interval '1 s'`); // prettier-ignore
  await past();
  await service.runDue(failing);
  expect(tries).toBe(3);
  expect(await told()).toMatchObject({ failures: 2 });
  expect(await minutes()).toBe(10);
  // The owner's wish ends the wait.
  await as(app.http.post('/duplicates/scan')).expect(202);
  await service.runDue();
  expect(await told()).toMatchObject({ state: 'done', failures: 0, why: null, againAt: null });
  expect(await waiting()).toEqual([]);
});

it('keeps to one owner', async () => {
  const other = await buildOwner(app);
  await sayPeople(app, crowd(60));
  await sayPeople(app, [GRACE]);
  await sayPeople({ ...app, ownerId: other.id }, [GRACE]);
  await match();
  expect(await rows(app.db, `SELECT 1 FROM contact_merge`)).toEqual([]);
  expect(await rows(app.db, `SELECT 1 FROM proposal`)).toEqual([]);
});

it('a scan finds who is known twice among 2,000, in one go; a second one finds nothing new', async () => {
  const known = crowd(1_900);
  const twice = Array.from({ length: 50 }, (_, n) => ({
    ...GRACE,
    name: `${syllables(n * 3)}a ${syllables(n * 17 + 400)}ski`,
    phones: [`+4930123456${String(n).padStart(2, '0')}`],
    company: `${syllables(n * 5 + 90)} Labs`,
  }));
  await sayPeople(app, [...known, ...twice, ...twice]);
  await app.db.query(`UPDATE import SET to_match = false`);
  const child = spawn(process.execPath, [...(await workerArgs()), app.ownerId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ends: unknown[] = [];
  for await (const line of createInterface({ input: child.stdout })) ends.push(JSON.parse(line));
  expect(ends).toEqual([
    expect.objectContaining({ time: 1, people: 2_000, merged: 50 }),
    expect.objectContaining({ time: 2, people: 1_950, merged: 0 }),
  ]);
});

it('a worker killed in the middle, its comparing thread too, is done again without harm', async () => {
  const twice = Array.from({ length: 450 }, (_, n) => ({
    ...GRACE,
    name: `${syllables(n * 3)}${GIVEN[n % 20]!.toLowerCase()} ${syllables(n * 17 + 400)}${syllables(n)}ski`,
    phones: [`+4930123${String(n).padStart(5, '0')}`],
    company: `${syllables(n * 5 + 90)}${n} Labs`,
  }));
  await sayPeople(app, [...crowd(600), ...twice]);
  await sayPeople(app, twice);
  const args = await workerArgs();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    expect(Number(line)).toBeGreaterThan(0);
    child.kill('SIGKILL');
  }
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  const half = await rows(app.db, `SELECT 1 FROM contact_merge`);
  expect(half.length).toBeGreaterThan(0);
  expect(half.length).toBeLessThan(450);
  expect(await waiting()).toHaveLength(2);

  const whole = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  expect((await once(whole, 'exit'))[0]).toBe(0);
  expect(await rows(app.db, `SELECT 1 FROM contact_merge`)).toHaveLength(450);
  expect(await waiting()).toEqual([]);
  expect(
    await rows(app.db, `SELECT from_id FROM contact_merge GROUP BY from_id HAVING count(*) > 1`),
  ).toEqual([]);
});
