import { Redis } from "ioredis";

export type Backend = "postgres" | "redis";

/** A database number apart from the default one, should a developer's own data be there. */
export const testRedisUrl = process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379/9";

/** Both backends where a Redis answers; tests that name them run on each. */
export async function availableBackends(): Promise<Backend[]> {
  const redis = new Redis(testRedisUrl, {
    lazyConnect: true,
    connectTimeout: 1_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  redis.on("error", () => undefined);
  try {
    await redis.connect();
    return ["postgres", "redis"];
  } catch {
    return ["postgres"];
  } finally {
    redis.disconnect();
  }
}

/** Removes everything whose key begins so. */
export async function forgetRedisKeys(url: string, prefix: string): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: 0, retryStrategy: () => null });
  redis.on("error", () => undefined);
  try {
    await redis.ping();
  } catch {
    // Gone, and its keys with it.
    return;
  }
  try {
    for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1_000 })) {
      if ((keys as string[]).length > 0) await redis.del(...(keys as string[]));
    }
  } finally {
    redis.disconnect();
  }
}
