import {
  assertSchemaCompatibility,
  createPostgresBackend,
  createPostgresRelayBackend,
  createRedisRelayBackend,
  DEFAULT_SCHEMA,
  type IQueueBackend,
  LATEST_SCHEMA_VERSION,
  type PgPool,
  type Processor,
  Queue,
  type QueueOptions,
  Relay,
  type RelayOptions,
  runMigrations,
  SchemaMigrationRequiredError,
  type Telemetry,
  Worker,
  type WorkerOptions,
} from "bullmq";
import { Redis } from "ioredis";
import pg from "pg";
import { within } from "#lib/within.ts";
import { idleConnectionMs } from "#platform/db/client.ts";

type WithoutConnection<T> = Omit<T, "connection" | "prefix" | "backend">;
// BullMQ's Postgres classes differ from the Redis ones in type parameters only; the rest of the product sees one kind.
type AnyQueue = Queue<unknown, unknown, string, unknown, unknown, string, IQueueBackend>;
type AnyWorker = Worker<unknown, unknown>;

/** Where BullMQ keeps its queues and the relay: in our Postgres (embedded) or in Redis (production). */
export interface QueueBackend {
  kind: "postgres" | "redis";
  /** What processes can share besides: counts. Undefined: there is no Redis. */
  redis: { client: Redis; prefix: string } | undefined;
  queue(name: string, options?: WithoutConnection<QueueOptions>): AnyQueue;
  worker(name: string, processor: Processor, options?: WithoutConnection<WorkerOptions>): AnyWorker;
  relay(options?: WithoutConnection<RelayOptions>): Relay<never>;
  /** Answers when the store can be used. */
  check(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * @param options.redisPrefix begins all keys in Redis, so that installations can share one
 * @throws when BullMQ's tables can't be read or made
 */
export async function openQueueBackend(options: {
  databaseUrl: string;
  redisUrl: string | undefined;
  redisPrefix: string;
  /** Carries traces with what is queued. */
  telemetry?: Telemetry | undefined;
}): Promise<QueueBackend> {
  const traced = options.telemetry ? { telemetry: options.telemetry } : {};
  return options.redisUrl
    ? redisBackend(options.redisUrl, options.redisPrefix, traced)
    : postgresBackend(options.databaseUrl, traced);
}

type Traced = { telemetry?: Telemetry };

/** Of all queues, workers and the relay together. Each worker and the relay hold one to listen on. */
const maxConnections = 20;

async function postgresBackend(connectionString: string, traced: Traced): Promise<QueueBackend> {
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    idleTimeoutMillis: idleConnectionMs,
    keepAlive: true,
    // BullMQ only carries the runs, whose truth is in our tables: what a crash of the database takes from it is enqueued
    // again (RunQueue.restore), so its commits need not wait for the disk.
    options: `-c synchronous_commit=off -c search_path=${DEFAULT_SCHEMA}`,
  });
  // Each part of BullMQ listens, and says what it heard by its own event.
  pool.setMaxListeners(0).on("error", () => undefined);
  try {
    await bringUpToDate(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  // It is one, though the types of their overloads differ.
  const connection = pool as unknown as PgPool;
  return {
    kind: "postgres",
    redis: undefined,
    queue: (name, options) =>
      new Queue(name, { ...traced, ...options, connection }, createPostgresBackend) as unknown as AnyQueue,
    worker: (name, processor, options) =>
      new Worker(name, processor, { ...traced, ...options, connection }, createPostgresBackend) as unknown as AnyWorker,
    relay: (options) => new Relay({ ...options, connection, backend: createPostgresRelayBackend }),
    // It is where the database is, which is looked at by itself.
    check: async () => undefined,
    [Symbol.asyncDispose]: async () => {
      await within(quitMs, pool.end());
    },
  };
}

/** Makes or changes BullMQ's tables where this release needs it, which is looked at once for all that use them. */
async function bringUpToDate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    const version = await assertSchemaCompatibility(client).catch((error: unknown) => {
      if (error instanceof SchemaMigrationRequiredError) return 0;
      throw error;
    });
    if (version < LATEST_SCHEMA_VERSION) await runMigrations(client);
  } finally {
    client.release();
  }
}

/** How long a store may take to say goodbye. */
const quitMs = 2_000;

function redisBackend(url: string, prefix: string, traced: Traced): QueueBackend {
  // BullMQ wants to retry for ever: a command waits for Redis to come back instead of failing the run.
  const connection = new Redis(url, { maxRetriesPerRequest: null, enableReadyCheck: true });
  connection.on("error", () => undefined);
  // BullMQ makes more connections out of this one; a Redis that stays away would keep them trying.
  const all = [connection];
  const duplicate = connection.duplicate.bind(connection);
  connection.duplicate = (...options) => {
    const another = duplicate(...options);
    all.push(another);
    return another;
  };
  return {
    kind: "redis",
    redis: { client: connection, prefix },
    queue: (name, options) => new Queue(name, { ...traced, ...options, connection, prefix }),
    worker: (name, processor, options) => new Worker(name, processor, { ...traced, ...options, connection, prefix }),
    relay: (options) => new Relay({ ...options, connection, prefix, backend: createRedisRelayBackend }),
    check: async () => {
      await connection.ping();
    },
    [Symbol.asyncDispose]: async () => {
      if (connection.status === "ready") await within(quitMs, connection.quit());
      for (const each of all) each.disconnect();
    },
  };
}
