import { openBackend, type Backend } from '../../src/queue/backend.js';
import { startFaultProxy } from '../faults/proxy.js';
import { findRedis, startRedis, type TestRedis } from '../faults/redis.js';
import { cloneDatabase, type TestDatabase } from '../database.js';

const redisServer = findRedis();

/** The same story on both backends: what the code asks of a queue must not depend on which one it is. */
describe.each([
  ['postgres', true],
  ['redis', redisServer !== null],
] as const)('the queue on %s', (name, available) => {
  if (!available) {
    // Printed, so that nobody takes silence for a pass.
    process.stderr.write(
      'skipped: the queue on redis, for there is no redis-server here (.ci/run installs it)\n',
    );
    it.skip('skipped: no redis-server on this machine (.ci/run installs it)', () => undefined);
    return;
  }
  let database: TestDatabase;
  let redis: TestRedis | null = null;
  let backend: Backend;
  const errors: Error[] = [];

  beforeAll(async () => {
    database = await cloneDatabase();
    if (name === 'redis') redis = await startRedis(redisServer!);
    backend = openBackend({ databaseUrl: database.url, redisUrl: redis?.url }, (error) => errors.push(error));
    await backend.queue.waitUntilReady();
  });
  afterAll(async () => {
    await backend.close();
    await redis?.stop();
    await database.drop();
  });

  it('is the backend that was asked for', () => {
    expect(backend.name).toBe(name);
  });

  it('hands each job over once, with its data', async () => {
    const seen: unknown[] = [];
    const all = signal();
    const worker = backend.startWorker(
      (job) => {
        seen.push([job.name, job.data]);
        if (seen.length === 3) all.done();
        return Promise.resolve();
      },
      { concurrency: 2, lockSeconds: 30, onError: (error) => errors.push(error) },
    );
    for (const importId of ['a', 'b', 'c']) await backend.queue.add('import', { importId });
    await all.happened;
    await worker.close();
    expect(seen.sort()).toEqual(['a', 'b', 'c'].map((importId) => ['import', { importId }]));
  });

  it('drops a wake while one waits, and keeps one that comes while it works', async () => {
    const once = { deduplication: { id: 'plan', keepLastIfActive: true } };
    await backend.queue.add('plan', {}, once);
    await backend.queue.add('plan', {}, once);
    let runs = 0;
    const second = signal();
    const worker = backend.startWorker(
      async () => {
        runs += 1;
        if (runs === 1) await backend.queue.add('plan', {}, once);
        if (runs === 2) second.done();
      },
      { concurrency: 1, lockSeconds: 30, onError: (error) => errors.push(error) },
    );
    await second.happened;
    await worker.close();
    expect(runs).toBe(2);
    const counts = await backend.queue.getJobCounts();
    expect(counts.waiting).toBe(0);
  });

  it('goes on after a job that fails', async () => {
    const survived = signal();
    const worker = backend.startWorker(
      (job) => {
        if (job.name === 'tidy') return Promise.reject(new Error('poison'));
        survived.done();
        return Promise.resolve();
      },
      { concurrency: 1, lockSeconds: 30, onError: (error) => errors.push(error) },
    );
    await backend.queue.add('tidy', {});
    await backend.queue.add('plan', {});
    await survived.happened;
    await worker.close();
    expect((await backend.queue.getJobCounts()).failed).toBe(1);
  });

  it('finishes the job in hand before it closes', async () => {
    const begun = signal();
    const may = signal();
    let finished = false;
    const worker = backend.startWorker(
      async () => {
        begun.done();
        await may.happened;
        finished = true;
      },
      { concurrency: 1, lockSeconds: 30, onError: (error) => errors.push(error) },
    );
    await backend.queue.add('plan', {});
    await begun.happened;
    const closed = worker.close();
    may.done();
    await closed;
    expect(finished).toBe(true);
  });

  it('reported no error on the way', () => {
    expect(errors).toEqual([]);
  });

  it('gives the job of a worker that froze to another when its lock has ended', async () => {
    const port = Number(new URL(redis?.url ?? database.url).port);
    const proxy = await startFaultProxy(port);
    const behind = (url: string) => proxy.url(url);
    const frozen = openBackend(
      { databaseUrl: behind(database.url), ...(redis && { redisUrl: behind(redis.url) }) },
      () => undefined,
    );
    const taken = signal();
    const again = signal();
    let thaw: () => void = () => undefined;
    const asleep = new Promise<void>((resolve) => (thaw = resolve));
    const wishes = { concurrency: 1, lockSeconds: 1, onError: () => undefined };
    let jobs = 0;
    const first = frozen.startWorker(async () => {
      if ((jobs += 1) > 1) return;
      proxy.stall();
      taken.done();
      await asleep;
    }, wishes);
    await backend.queue.add('plan', {});
    await taken.happened;
    const second = backend.startWorker(() => Promise.resolve(again.done()), wishes);
    await again.happened;
    await proxy.heal();
    thaw();
    await first.close();
    await second.close();
    await frozen.close();
    await proxy.close();
  });

  // Postgres away is another story: its pool dials anew for each question.
  if (name !== 'redis') return;
  it('says at once that its server is away, once, and closes all the same', async () => {
    const gone = await startRedis(redisServer!);
    const told: Error[] = [];
    const away = openBackend({ databaseUrl: database.url, redisUrl: gone.url }, (error) => told.push(error));
    await away.queue.add('plan', {});
    const noticed = signal();
    const worker = away.startWorker(() => Promise.resolve(), {
      concurrency: 1,
      lockSeconds: 1,
      onError: noticed.done,
    });
    await gone.stop();
    await expect(away.queue.add('plan', {})).rejects.toThrow();
    await expect(away.queue.getJobCounts()).rejects.toThrow();
    await noticed.happened;
    await worker.close();
    await away.close();
    expect(new Set(told.map(({ message }) => message)).size).toBe(told.length);
  });
});

function signal(): { happened: Promise<void>; done: () => void } {
  let done!: () => void;
  const happened = new Promise<void>((resolve) => (done = resolve));
  return { happened, done };
}
