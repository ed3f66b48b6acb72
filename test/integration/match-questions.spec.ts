import { rows } from '../../src/database/rows.js';
import { MatchApplier, type Applied } from '../../src/imports/match-job-apply.js';
import type { FoundPair } from '../../src/imports/match-job-pairs.js';
import { startApp, type TestApp } from '../app.js';
import { buildContact } from '../factories.js';

let app: TestApp;
beforeEach(async () => {
  app = await startApp({ now: '2026-11-23T09:00:00Z' });
});
afterEach(() => app.close());

it('asks no more at once than the owner can answer, the surest first; the rest when those are answered', async () => {
  const pairs: FoundPair[] = [];
  for (const score of [0.9, 0.8, 0.7, 0.6]) {
    const [one, two] = [await buildContact(app), await buildContact(app)];
    pairs.push({
      ...{ a: one.id, b: two.id, aVersion: one.version, bVersion: two.version },
      ...{ score, verdict: 'propose', evidence: [] },
    });
  }
  const ask = (): Promise<Applied> =>
    app.db.transaction((tx) => new MatchApplier(app.ownerId, pairs, new Map(), app.clock.now(), 2).apply(tx, pairs)); // prettier-ignore
  const scores = async (): Promise<number[]> =>
    (await rows<{ score: number }>(app.db, `SELECT score FROM proposal WHERE state = 'open' ORDER BY score DESC`)).map(({ score }) => Number(score.toFixed(1))); // prettier-ignore
  expect(await ask()).toMatchObject({ proposed: 2 });
  expect(await scores()).toEqual([0.9, 0.8]);
  expect(await ask()).toMatchObject({ proposed: 0 });
  await app.db.query(`UPDATE proposal SET state = 'no', decided_at = now() WHERE score > 0.85`);
  expect(await ask()).toMatchObject({ proposed: 1 });
  expect(await scores()).toEqual([0.8, 0.7]);
});
