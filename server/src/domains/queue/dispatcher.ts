import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Deps } from "#app/deps.ts";
import { assignRuns, type Candidate, type FreeMachine } from "#domains/queue/logic/assign-runs.ts";
import { holdingStatuses } from "#domains/queue/logic/run-status.ts";
import { transition } from "#domains/queue/transition.ts";

/** Held while places are counted and given away, so that two processes don't give one away twice. */
const dispatchLock = 7_268_432_011;
const beginLocked = `BEGIN; SELECT pg_advisory_xact_lock(${dispatchLock})`;

export interface Claim {
  runId: string;
  jobId: string;
  comfyPromptId: string;
}

export interface DispatchResult {
  claims: Claim[];
  /** Until the first rest of a machine ends; null when none rests. */
  nextInMs: number | null;
}

interface MachineRow extends FreeMachine {
  /** Until its suspension ends; null when it has none. */
  restsForMs: number | null;
}

/**
 * Gives pending runs to machines with free places: by priority, then fairly between users, then in order of submission;
 * a machine that ran the same workflow version last is preferred, then the least loaded. Everything it decides on is in
 * the database, so any process may call it at any time. The commit does not wait for the disk; whoever posts
 * under a claim does (RunQueue.durable).
 */
export async function dispatchRuns({ db }: Pick<Deps, "db">): Promise<DispatchResult> {
  return underDispatchLock(db.relaxedPool, async (client) => {
    const machines = await freeMachines(client);
    const free = machines.filter((machine) => machine.restsForMs === null);
    const candidates = free.length > 0 ? await findCandidates(client, free) : [];
    const claims = await claim(client, assignRuns(candidates, free));
    const rests = machines.flatMap((machine) => machine.restsForMs ?? []);
    return { claims, nextInMs: rests.length > 0 ? Math.min(...rests) : null };
  });
}

/** Works while nobody gives runs away. */
export async function underDispatchLock<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query(beginLocked);
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function claim(
  client: pg.PoolClient,
  assigned: readonly { runId: string; machineId: string }[],
): Promise<Claim[]> {
  if (assigned.length === 0) return [];
  const runIds = assigned.map(({ runId }) => runId);
  const prompts = new Map(runIds.map((runId) => [runId, randomUUID()]));
  const ofRun = (values: readonly unknown[]) => ({
    sql: "(?::uuid[])[array_position(?::uuid[], run.id)]",
    values: [values, runIds],
  });
  const moved = await transition(client, {
    runIds,
    from: ["PENDING"],
    to: "CLAIMED",
    set: {
      machine_id: ofRun(assigned.map(({ machineId }) => machineId)),
      comfy_prompt_id: ofRun([...prompts.values()]),
      worker_id: null,
      posted_at: null,
      not_before: null,
      started_at: { sql: "now()" },
      submitted_at: null,
      executed_at: null,
      finished_at: null,
      progress: 0,
      current_node: null,
    },
  });
  const order = new Map(runIds.map((runId, index) => [runId, index]));
  return moved
    .map(({ id, jobId }) => ({ runId: id, jobId, comfyPromptId: prompts.get(id) as string }))
    .toSorted((a, b) => (order.get(a.runId) as number) - (order.get(b.runId) as number));
}

/** A machine that can be given runs now or when its rest is over. */
const isUsable = (alias: string): string => `${alias}.is_enabled AND NOT ${alias}.is_paused AND ${alias}.is_reachable`;

async function freeMachines(client: pg.PoolClient): Promise<MachineRow[]> {
  const { rows } = await client.query<MachineRow>({
    name: "dispatch-machines",
    text: `
      SELECT m.id, m.pools, m.last_version_id AS "lastVersionId",
        CASE WHEN m.suspended_until > now() THEN extract(epoch FROM m.suspended_until - now())::float8 * 1000 END AS "restsForMs",
        m.concurrency - coalesce(busy.count, 0) AS "freePlaces", coalesce(busy.count, 0) AS load
      FROM machine m
      LEFT JOIN (SELECT machine_id, count(*)::int AS count FROM run WHERE status = ANY($1::"RunStatus"[]) GROUP BY machine_id) busy
        ON busy.machine_id = m.id
      WHERE ${isUsable("m")}
        AND m.concurrency > coalesce(busy.count, 0)
        AND NOT EXISTS (SELECT 1 FROM queue_pause WHERE scope = 'queue')`,
    values: [holdingStatuses],
  });
  return rows;
}

/**
 * For each user with pending jobs in a pool: the first runs that can go now, as many as there are free places, with some
 * to spare. A run keeps off the machines that were lost with it only while its pool has another one that works.
 */
async function findCandidates(client: pg.PoolClient, free: readonly FreeMachine[]): Promise<Candidate[]> {
  const pools = [...new Set(free.flatMap((machine) => machine.pools))];
  const places = free.reduce((sum, machine) => sum + machine.freePlaces, 0);
  const { rows } = await client.query<Candidate>({
    name: "dispatch-candidates",
    text: `
      WITH owner AS (
        SELECT pool, created_by_id,
          (SELECT count(*)::int FROM run r WHERE r.created_by_id = waiting.created_by_id AND r.status = ANY($3::"RunStatus"[])) AS active
        FROM (SELECT DISTINCT pool, created_by_id FROM job WHERE pending > 0 AND pool = ANY($1)) AS waiting
        WHERE NOT EXISTS (SELECT 1 FROM queue_pause WHERE scope = 'pool:' || waiting.pool)
      )
      SELECT run.id AS "runId", run.seq::float8 AS seq, run.priority, run.pool, run.created_by_id AS "userId",
        run.excluded::text[] AS "excludedMachineIds", job.workflow_version_id AS "versionId", owner.active AS "activeOfUser"
      FROM owner
      CROSS JOIN LATERAL (
        SELECT run.*, avoid.excluded FROM run
        CROSS JOIN LATERAL (
          SELECT CASE WHEN run.excluded_machine_ids <> '{}' AND EXISTS (
            SELECT 1 FROM machine other
            WHERE ${isUsable("other")} AND run.pool = ANY(other.pools) AND other.id <> ALL(run.excluded_machine_ids)
              AND coalesce(other.suspended_until <= now(), true)
          ) THEN run.excluded_machine_ids ELSE '{}' END AS excluded
        ) AS avoid
        WHERE run.pool = owner.pool AND run.created_by_id = owner.created_by_id AND run.status = 'PENDING' AND NOT run.is_paused
          AND (run.not_before IS NULL OR run.not_before <= now())
          AND (avoid.excluded = '{}' OR EXISTS (
            SELECT 1 FROM machine able WHERE able.id = ANY($4::uuid[]) AND run.pool = ANY(able.pools) AND able.id <> ALL(avoid.excluded)))
        ORDER BY run.priority DESC, run.seq LIMIT $2
      ) run
      JOIN job ON job.id = run.job_id`,
    values: [pools, places * 2 + 10, holdingStatuses, free.map((machine) => machine.id)],
  });
  return rows;
}
