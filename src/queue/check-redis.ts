import { Redis } from 'ioredis';

/** Why the Redis of REDIS_URL cannot be used, in one line; null when it answers. */
export async function redisProblem(url: string): Promise<string | null> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason = '';
  redis.on('error', (error: Error) => (reason ||= error.message));
  try {
    await redis.connect();
    await redis.ping();
    return null;
  } catch (error) {
    reason ||= error instanceof Error ? error.message : String(error);
    const { host } = new URL(url);
    return /AUTH|WRONGPASS/.test(reason)
      ? `Redis at ${host} wants another user or password: correct REDIS_URL.`
      : `No Redis answers at ${host} (${reason}): start it, correct REDIS_URL, or leave it empty to queue in Postgres.`;
  } finally {
    redis.disconnect();
  }
}
