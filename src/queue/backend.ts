import { setTimeout as delay } from 'node:timers/promises';
import {
  createPostgresBackend,
  Queue as RedisQueue,
  Worker as RedisWorker,
  withBackend,
  type Job,
  type JobsOptions,
  type WorkerOptions,
} from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import pg from 'pg';

/** What we use of BullMQ, the same on both backends. */
export interface Backend {
  name: 'postgres' | 'redis';
  queue: {
    add(name: string, data: unknown, options?: JobsOptions): Promise<unknown>;
    getJobCounts(): Promise<Record<string, number>>;
    waitUntilReady(): Promise<unknown>;
  };
  startWorker(
    work: (job: Job) => Promise<void>,
    options: WorkerWishes & { onError: (error: Error) => void },
  ): {
    close(): Promise<void>;
  };
  close(): Promise<void>;
}

export interface WorkerWishes {
  /** Jobs at once. */
  concurrency: number;
  /** Seconds after which the job of a worker that gives no sign is another's. */
  lockSeconds: number;
}

/** Connections BullMQ may hold to Postgres in one process, LISTEN included. */
const POOL_SIZE = 6;

/** A Redis that has not answered a plain command by then is away, in ms. */
const ANSWER_MS = 5_000;

/** The same trouble is told once in this time, in ms: clients try again several times a second. */
const TOLD_FOR = 60_000;

const QUEUE_NAME = 'followthrough';

const kept: JobsOptions = {
  removeOnComplete: { count: 100 },
  removeOnFail: { age: 7 * 24 * 3600, count: 1000 },
};

type Work = (job: Job) => Promise<void>;

/** BullMQ on Redis when there is a Redis, else on the domain's own Postgres. Both need an error listener, or loop. */
export function openBackend(
  urls: { databaseUrl: string; redisUrl?: string },
  onError: (error: Error) => void,
): Backend {
  const report = sparingly(onError);
  return urls.redisUrl ? redisBackend(urls.redisUrl, report) : postgresBackend(urls.databaseUrl, report);
}

/** Passes on an error unless the same words were passed on a moment ago. */
function sparingly(report: (error: Error) => void): (error: Error) => void {
  let words = '';
  let until = 0;
  return (error) => {
    if (error.message === words && performance.now() < until) return;
    words = error.message;
    until = performance.now() + TOLD_FOR;
    report(error);
  };
}

function postgresBackend(connectionString: string, onError: (error: Error) => void): Backend {
  const pool = new pg.Pool({
    connectionString,
    max: POOL_SIZE,
    options: '-c search_path=bullmq',
    application_name: 'followthrough-queue',
    keepAlive: true,
  });
  pool.on('error', onError);
  const { Queue, Worker } = withBackend(createPostgresBackend);
  const queue = new Queue(QUEUE_NAME, { connection: pool, defaultJobOptions: kept });
  queue.on('error', onError);
  return {
    name: 'postgres',
    queue,
    startWorker: (work: Work, { onError: report, ...wishes }) => {
      const worker = new Worker(QUEUE_NAME, work, { connection: pool, ...workerOptions(wishes) });
      worker.on('error', sparingly(report));
      return worker;
    },
    close: async () => {
      await queue.close();
      await pool.end();
    },
  };
}

function redisBackend(url: string, onError: (error: Error) => void): Backend {
  const connect = (options: RedisOptions) => {
    const redis = new Redis(url, { maxRetriesPerRequest: null, ...options });
    redis.on('error', onError);
    return redis;
  };
  // Who adds learns at once that Redis is away. Kept for its return, commands would hold requests and fill the memory.
  const connection = connect({ enableOfflineQueue: false, commandTimeout: ANSWER_MS });
  const queue = new RedisQueue(QUEUE_NAME, { connection, defaultJobOptions: kept });
  queue.on('error', onError);
  return {
    name: 'redis',
    queue,
    startWorker: (work: Work, { onError: report, ...wishes }) => {
      const own = connect({});
      const running = new Set<Promise<void>>();
      const watched = (job: Job): Promise<void> => {
        const end = work(job).finally(() => running.delete(end));
        running.add(end);
        return end;
      };
      const worker = new RedisWorker(QUEUE_NAME, watched, { connection: own, ...workerOptions(wishes) });
      worker.on('error', sparingly(report));
      return {
        close: async () => {
          // Work is finished in any case; only the telling may be in vain. Without force BullMQ waits for a Redis that
          // is away, and the next start would have to wait for us.
          if (own.status !== 'ready') await Promise.allSettled(running);
          const closed = worker.close(own.status !== 'ready');
          do {
            await Promise.allSettled(running);
            await Promise.race([closed, delay(ANSWER_MS, undefined, { ref: false })]);
          } while (running.size > 0);
          own.disconnect();
        },
      };
    },
    close: async () => {
      await Promise.race([queue.close(), delay(ANSWER_MS, undefined, { ref: false })]);
      connection.disconnect();
    },
  };
}

function workerOptions({
  concurrency,
  lockSeconds,
}: WorkerWishes): Pick<
  WorkerOptions,
  'concurrency' | 'lockDuration' | 'stalledInterval' | 'maxStalledCount'
> {
  const lockDuration = Math.ceil(lockSeconds * 1000);
  return { concurrency, lockDuration, stalledInterval: lockDuration, maxStalledCount: 3 };
}
