import {
  createPostgresBackend,
  createPostgresRelayBackend,
  createRedisRelayBackend,
  type IQueueBackend,
  type Processor,
  Queue,
  type QueueOptions,
  Relay,
  type RelayOptions,
  type Telemetry,
  Worker,
  type WorkerOptions,
} from "bullmq";
import { Redis } from "ioredis";
import { within } from "#lib/within.ts";

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

/** @param options.redisPrefix begins all keys in Redis, so that installations can share one */
export function openQueueBackend(options: {
  databaseUrl: string;
  redisUrl: string | undefined;
  redisPrefix: string;
  /** Carries traces with what is queued. */
  telemetry?: Telemetry | undefined;
}): QueueBackend {
  const traced = options.telemetry ? { telemetry: options.telemetry } : {};
  return options.redisUrl
    ? redisBackend(options.redisUrl, options.redisPrefix, traced)
    : postgresBackend(options.databaseUrl, traced);
}

type Traced = { telemetry?: Telemetry };

function postgresBackend(connectionString: string, traced: Traced): QueueBackend {
  // BullMQ only carries the runs, whose truth is in our tables: what a crash of the database takes from it is enqueued
  // again (RunQueue.restore), so its commits need not wait for the disk.
  const connection = (max: number) => ({
    connectionString,
    max,
    migrate: true,
    keepAlive: true,
    options: "-c synchronous_commit=off",
  });
  // Each brings its schema up to date with a connection of its own.
  const made: { waitUntilReady(): Promise<unknown> }[] = [];
  const noted = <Made extends { waitUntilReady(): Promise<unknown> }>(one: Made): Made => {
    made.push(one);
    return one;
  };
  return {
    kind: "postgres",
    redis: undefined,
    queue: (name, options) =>
      noted(
        new Queue(name, { ...traced, ...options, connection: connection(3) }, createPostgresBackend),
      ) as unknown as AnyQueue,
    worker: (name, processor, options) =>
      noted(
        new Worker(
          name,
          processor,
          // One each for taking and for listening, and some for what handlers do at once.
          { ...traced, ...options, connection: connection(Math.min(6, (options?.concurrency ?? 1) + 2)) },
          createPostgresBackend,
        ),
      ) as unknown as AnyWorker,
    relay: (options) =>
      noted(
        new Relay({
          ...options,
          connection: connection(3),
          backend: createPostgresRelayBackend,
        }),
      ),
    check: async () => {
      await Promise.all(made.map((one) => one.waitUntilReady()));
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** How long Redis may take to say goodbye. */
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
