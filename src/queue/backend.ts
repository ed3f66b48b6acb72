import {
  createPostgresBackend,
  Queue as RedisQueue,
  Worker as RedisWorker,
  withBackend,
  type Job,
  type JobsOptions,
  type WorkerOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
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
    options: { concurrency: number; onError: (error: Error) => void },
  ): {
    close(): Promise<void>;
  };
  close(): Promise<void>;
}

/** Connections BullMQ may hold to Postgres in one process, LISTEN included. */
const POOL_SIZE = 6;

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
  return urls.redisUrl ? redisBackend(urls.redisUrl, onError) : postgresBackend(urls.databaseUrl, onError);
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
    startWorker: (work: Work, { concurrency, onError: report }) => {
      const worker = new Worker(QUEUE_NAME, work, { connection: pool, ...workerOptions(concurrency) });
      worker.on('error', report);
      return worker;
    },
    close: async () => {
      await queue.close();
      await pool.end();
    },
  };
}

function redisBackend(url: string, onError: (error: Error) => void): Backend {
  const connect = () => {
    const redis = new Redis(url, { maxRetriesPerRequest: null });
    redis.on('error', onError);
    return redis;
  };
  const connection = connect();
  const queue = new RedisQueue(QUEUE_NAME, { connection, defaultJobOptions: kept });
  queue.on('error', onError);
  return {
    name: 'redis',
    queue,
    startWorker: (work: Work, { concurrency, onError: report }) => {
      const own = connect();
      const worker = new RedisWorker(QUEUE_NAME, work, { connection: own, ...workerOptions(concurrency) });
      worker.on('error', report);
      return {
        close: async () => {
          await worker.close();
          own.disconnect();
        },
      };
    },
    close: async () => {
      await queue.close();
      connection.disconnect();
    },
  };
}

function workerOptions(
  concurrency: number,
): Pick<WorkerOptions, 'concurrency' | 'lockDuration' | 'maxStalledCount'> {
  return { concurrency, lockDuration: 30_000, maxStalledCount: 3 };
}
