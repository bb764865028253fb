import type { Deps } from "#app/deps.ts";
import type { Machine, Worker } from "#platform/db/generated/client.ts";

/** A worker that has not been heard of for this long counts as dead. */
const aliveMs = 20_000;

export interface PoolStatus {
  name: string;
  isPaused: boolean;
  pending: number;
  active: number;
  machines: Machine[];
}

export async function readPools({ db }: Pick<Deps, "db">): Promise<PoolStatus[]> {
  const [machines, pauses, { rows }] = await Promise.all([
    db.prisma.machine.findMany({ orderBy: { name: "asc" } }),
    db.prisma.queuePause.findMany(),
    db.pool.query<{ pool: string; pending: number; active: number }>({
      name: "pool-counts",
      text: `SELECT pool, sum(pending)::int AS pending, sum(active + canceling)::int AS active FROM job
             WHERE status IN ('RUNNING', 'PENDING', 'PAUSED') GROUP BY pool`,
    }),
  ]);
  const names = new Set(["default", ...machines.flatMap((machine) => machine.pools), ...rows.map((row) => row.pool)]);
  return [...names].toSorted().map((name) => {
    const counts = rows.find((row) => row.pool === name);
    return {
      name,
      isPaused: pauses.some((pause) => pause.scope === `pool:${name}`),
      pending: counts?.pending ?? 0,
      active: counts?.active ?? 0,
      machines: machines.filter((machine) => machine.pools.includes(name)),
    };
  });
}

export async function isQueuePaused({ db }: Pick<Deps, "db">): Promise<boolean> {
  return (await db.prisma.queuePause.count({ where: { scope: "queue" } })) > 0;
}

export type WorkerStatus = Worker & { isAlive: boolean; activeRuns: number };

export async function readWorkers({ db }: Pick<Deps, "db">): Promise<WorkerStatus[]> {
  const [workers, { rows }] = await Promise.all([
    db.prisma.worker.findMany({ orderBy: { startedAt: "asc" } }),
    db.pool.query<{ id: string; count: number }>(
      `SELECT worker_id AS id, count(*)::int AS count FROM run
       WHERE status IN ('CLAIMED', 'SUBMITTED', 'RUNNING', 'COLLECTING', 'CANCELING') AND worker_id IS NOT NULL GROUP BY worker_id`,
    ),
  ]);
  const counts = new Map(rows.map((row) => [row.id, row.count]));
  const now = Date.now();
  return workers.map((worker) => ({
    ...worker,
    isAlive: now - worker.lastHeartbeatAt.getTime() < aliveMs,
    activeRuns: counts.get(worker.id) ?? 0,
  }));
}

export interface DatabaseStatus {
  version: string;
  isEmbedded: boolean;
  bytes: number;
}

export async function readDatabase({ config, db }: Pick<Deps, "config" | "db">): Promise<DatabaseStatus> {
  const { rows } = await db.pool.query<{ version: string; bytes: string }>(
    `SELECT current_setting('server_version') AS version, pg_database_size(current_database())::text AS bytes`,
  );
  const { version = "", bytes = "0" } = rows[0] ?? {};
  return { version, bytes: Number(bytes), isEmbedded: config.databaseUrl === undefined };
}
