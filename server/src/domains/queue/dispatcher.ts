import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Deps } from "#app/deps.ts";
import { assignRuns, type Candidate, type FreeMachine } from "#domains/queue/logic/assign-runs.ts";
import { holdingStatuses } from "#domains/queue/logic/run-status.ts";
import { transition } from "#domains/queue/transition.ts";

/** Held while places are counted and given away, so that two processes don't give one away twice. */
const dispatchLock = 7_268_432_011;

export interface Claim {
  runId: string;
  jobId: string;
  comfyPromptId: string;
}

export interface DispatchResult {
  claims: Claim[];
  /** When waiting alone makes something possible: a back-off or a suspension ends. */
  nextAt: Date | null;
}

interface MachineRow extends FreeMachine {
  suspended_until: Date | null;
}

/**
 * Gives pending runs to machines with free places: by priority, then fairly between users, then in order of submission;
 * a machine that ran the same workflow version last is preferred, then the least loaded. Everything it decides on is in
 * the database, so any process may call it at any time.
 */
export async function dispatchRuns({ db }: Pick<Deps, "db">): Promise<DispatchResult> {
  // This commit waits for the disk: with it the prompt id is safe before anything is posted under it.
  const client = await db.pool.connect();
  try {
    await client.query(`BEGIN; SELECT pg_advisory_xact_lock(${dispatchLock})`);
    const machines = await freeMachines(client);
    const now = Date.now();
    const free = machines.rows.filter((machine) => !machine.suspended_until || machine.suspended_until.getTime() <= now);
    const candidates = free.length > 0 ? await findCandidates(client, free) : [];
    const ready = candidates.filter((run) => !run.notBefore || run.notBefore.getTime() <= now);
    const claims: Claim[] = [];
    for (const { runId, machineId } of assignRuns(ready, free)) {
      const comfyPromptId = randomUUID();
      const [moved] = await transition(client, {
        runIds: [runId],
        from: ["PENDING"],
        to: "CLAIMED",
        set: {
          machine_id: machineId,
          comfy_prompt_id: comfyPromptId,
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
      if (moved) claims.push({ runId, jobId: moved.jobId, comfyPromptId });
    }
    await client.query("COMMIT");
    const waits = [
      ...machines.rows.flatMap((machine) => (machine.suspended_until ? [machine.suspended_until.getTime()] : [])),
      ...candidates.flatMap((run) => (run.notBefore ? [run.notBefore.getTime()] : [])),
    ].filter((at) => at > now);
    return { claims, nextAt: waits.length > 0 ? new Date(Math.min(...waits)) : null };
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

function freeMachines(client: pg.PoolClient) {
  return client.query<MachineRow>({
    name: "dispatch-machines",
    text: `
      SELECT m.id, m.pools, m.suspended_until, m.last_version_id AS "lastVersionId",
        m.concurrency - coalesce(busy.count, 0) AS "freePlaces", coalesce(busy.count, 0) AS load
      FROM machine m
      LEFT JOIN (SELECT machine_id, count(*)::int AS count FROM run WHERE status = ANY($1::"RunStatus"[]) GROUP BY machine_id) busy
        ON busy.machine_id = m.id
      WHERE m.is_enabled AND NOT m.is_paused AND m.is_reachable
        AND m.concurrency > coalesce(busy.count, 0)
        AND NOT EXISTS (SELECT 1 FROM queue_pause WHERE scope = 'queue')`,
    values: [holdingStatuses],
  });
}

/** For each user with pending jobs in a pool: the first runs, as many as there are free places, with some to spare. */
async function findCandidates(client: pg.PoolClient, free: readonly FreeMachine[]): Promise<Candidate[]> {
  const pools = [...new Set(free.flatMap((machine) => machine.pools))];
  const places = free.reduce((sum, machine) => sum + machine.freePlaces, 0);
  const { rows } = await client.query<Candidate>({
    name: "dispatch-candidates",
    text: `
      WITH owner AS (
        SELECT DISTINCT pool, created_by_id FROM job
        WHERE pending > 0 AND pool = ANY($1) AND NOT EXISTS (SELECT 1 FROM queue_pause WHERE scope = 'pool:' || job.pool)
      )
      SELECT run.id AS "runId", run.seq::float8 AS seq, run.priority, run.pool, run.created_by_id AS "userId", run.not_before AS "notBefore",
        run.excluded_machine_ids::text[] AS "excludedMachineIds", job.workflow_version_id AS "versionId",
        (SELECT count(*)::int FROM run r WHERE r.created_by_id = owner.created_by_id AND r.status = ANY($3::"RunStatus"[])) AS "activeOfUser"
      FROM owner
      CROSS JOIN LATERAL (
        SELECT * FROM run
        WHERE run.pool = owner.pool AND run.created_by_id = owner.created_by_id AND status = 'PENDING' AND NOT is_paused
        ORDER BY priority DESC, seq LIMIT $2
      ) run
      JOIN job ON job.id = run.job_id`,
    values: [pools, places * 2 + 10, holdingStatuses],
  });
  return rows;
}
