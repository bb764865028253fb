import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { followScopes } from "#platform/db/follow-scopes.ts";
import { PrismaClient } from "#platform/db/generated/client.ts";

/**
 * The database. `prisma` for everything by rows and relations; `pool` for the few statements whose shape matters
 * (compare-and-set transitions, the dispatcher, keyset pages). Both draw from one pool of connections.
 */
export interface Db extends AsyncDisposable {
  prisma: PrismaClient;
  pool: pg.Pool;
  /**
   * Commits without waiting for the disk: for progress and states that recovery finds out again by itself. Statements that
   * need not wait for each other's answers travel together.
   */
  relaxedPool: pg.Pool;
  /** Resolves when all that was committed so far, relaxed or not, is on disk. */
  flush(): Promise<void>;
  /**
   * For how long, in ms, no connection has broken. When one has, the database may have crashed, and relaxed commits from
   * before be gone.
   */
  steadyMs(): number;
  url: string;
}

/** Prisma inside or outside a transaction. */
export type PrismaTx = Omit<PrismaClient, "$connect" | "$disconnect" | "$on" | "$transaction" | "$extends">;

export interface DbOptions {
  url: string;
  /** Connections at most. */
  maxConnections?: number;
  /** Told of errors on idle connections, which are replaced by themselves. */
  onError?: (error: Error) => void;
  /** Told of every SQL statement, for tests that count them. */
  onStatement?: (sql: string) => void;
}

/**
 * How long a connection stays that nobody uses, in ms. A new one costs Postgres a process that knows neither tables nor
 * plans, so the next page after a pause should not need one.
 */
export const idleConnectionMs = 5 * 60_000;

export function openDb(options: DbOptions): Db {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? 20,
    options: "-c timezone=UTC",
    connectionTimeoutMillis: 15_000,
    idleTimeoutMillis: idleConnectionMs,
    keepAlive: true,
  });
  const relaxedPool = new pg.Pool({
    connectionString: options.url,
    max: 5,
    connectionTimeoutMillis: 15_000,
    idleTimeoutMillis: idleConnectionMs,
    keepAlive: true,
    // Its statements are few and always the same: planning them anew costs more than a plan that knew the values would save.
    options: "-c timezone=UTC -c synchronous_commit=off -c plan_cache_mode=force_generic_plan",
    // Statements that need not wait for each other's answers travel together.
    pipeline: true,
  });
  let steadySince = performance.now();
  for (const each of [pool, relaxedPool]) {
    each.on("error", (error) => options.onError?.(error));
    // Of clients that are in use, too: without a listener their errors would end the process.
    each.on("connect", (client) => client.on("error", () => (steadySince = performance.now())));
    if (options.onStatement) watchStatements(each, options.onStatement);
  }
  // Not the other one: its statements are short, and several share a connection.
  followScopes(pool, (error) => options.onError?.(error));
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: false,
    // Named statements let Postgres keep the plan; the name is the text itself, shortened by hashing.
    statementNameGenerator: ({ sql }) => statementName(sql),
  });
  const prisma = new PrismaClient({
    adapter,
    // Its longer messages repeat what was written, prompts and all.
    errorFormat: "minimal",
  });
  return {
    prisma,
    pool,
    relaxedPool,
    flush: async () => {
      // The smallest transaction that writes to the log; its commit waits for the disk, and for all before it.
      await pool.query({ name: "flush", text: "SELECT pg_logical_emit_message(true, 'callsheet', '')" });
    },
    steadyMs: () => performance.now() - steadySince,
    url: options.url,
    [Symbol.asyncDispose]: async () => {
      await prisma.$disconnect();
      await Promise.all([pool.end(), relaxedPool.end()]);
    },
  };
}

const names = new Map<string, string>();

function statementName(sql: string): string {
  let name = names.get(sql);
  if (!name) names.set(sql, (name = `p${names.size}`));
  return name;
}

function watchStatements(pool: pg.Pool, onStatement: (sql: string) => void): void {
  pool.on("connect", (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    client.query = ((...args: unknown[]) => {
      const first = args[0];
      onStatement(typeof first === "string" ? first : (first as { text: string }).text);
      return query(...args);
    }) as typeof client.query;
  });
}
