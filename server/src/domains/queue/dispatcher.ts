import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Deps } from "#app/deps.ts";
import { isJudged, judgeMachines } from "#domains/queue/capability/judge-machines.ts";
import { isCurrent } from "#domains/queue/capability/refusals.ts";
import { assignRuns, type Candidate, type FreeMachine } from "#domains/queue/logic/assign-runs.ts";
import { holdingStatuses } from "#domains/queue/logic/run-status.ts";
import { suspendAfter } from "#domains/queue/logic/suspension.ts";
import { type LoadedRun, loadRuns } from "#domains/queue/load-run.ts";
import { transition } from "#domains/queue/transition.ts";

/** Held while places are counted and given away, so that two processes don't give one away twice. */
const dispatchLock = 7_268_432_011;
const lock = { name: "dispatch-lock", text: `SELECT pg_advisory_lock(${dispatchLock})` };
const unlock = { name: "dispatch-unlock", text: `SELECT pg_advisory_unlock(${dispatchLock})` };

/** Where a job came from, for logs and traces. */
interface Origin {
  requestId: string | null;
  traceparent: string | null;
}

export interface Claim extends Origin {
  runId: string;
  jobId: string;
  comfyPromptId: string;
}

/** A run that was claimed for a worker of this process, with all that the worker needs. */
export interface TakenRun extends LoadedRun {
  comfyPromptId: string;
  /**
   * When it was claimed (`performance.now()`), if the claim says on disk that its prompt may have been posted: by this
   * worker alone, which may post it without another word. `postedAt` is null all the same, since nobody has yet.
   */
  notedAt: number | null;
}

export interface DispatchResult {
  claims: Claim[];
  /** The first of them. */
  taken: TakenRun[];
  /** Whether the claims, and what was committed before them, are on disk. */
  isDurable: boolean;
  /** Until the first rest of a machine ends; null when none rests. */
  nextInMs: number | null;
  /** Places stayed free while runs were not looked at: another pass may fill them. */
  isCut: boolean;
}

interface MachineRow extends FreeMachine {
  /** When its definitions were read, as Postgres writes it. */
  readAt: string | null;
  /** Until its suspension ends; null when it has none. */
  restsForMs: number | null;
}

/**
 * Gives pending runs to machines with free places: by priority, then fairly between users, then in order of submission;
 * a machine that ran the same workflow version last is preferred, then the least loaded. Everything it decides on is in
 * the database, so any process may call it at any time. The commit waits for the disk when a worker of this process takes
 * runs; else whoever posts under a claim does.
 * @param taker takes the first claims, as many as it has places
 * @param before sends the write that brought the caller here; it travels with the first look and is seen by it
 */
export async function dispatchRuns(
  { db }: Pick<Deps, "db">,
  taker?: Taker,
  before?: (client: pg.PoolClient) => void,
): Promise<DispatchResult> {
  const isTaken = taker !== undefined && taker.places > 0;
  for (let round = 1; ; round += 1) {
    const look = async (client: pg.PoolClient, locked: Promise<unknown>) => {
      const [work] = await Promise.all([findWork(client), locked]);
      const unjudged = round < maxRounds ? findUnjudged({ db }, work) : new Map<string, Map<string, string>>();
      return unjudged.size > 0 ? { unjudged } : { result: await giveAway(client, work, isTaken ? taker : null) };
    };
    const pass = await underDispatchLock(db.relaxedPool, look, round === 1 ? before : undefined);
    if ("result" in pass) return pass.result;
    for (const [pool, byNeeds] of pass.unjudged) await judgeMachines({ db }, pool, byNeeds);
  }
}

/** Rounds in which runs are compared with what machines have before they are given away all the same. */
const maxRounds = 5;

export interface Taker {
  workerId: string;
  places: number;
}

async function giveAway(client: pg.PoolClient, work: Work, taker: Taker | null): Promise<DispatchResult> {
  const { machines, candidates } = work;
  const free = machines.filter((machine) => machine.restsForMs === null);
  const assigned = assignRuns(candidates, free);
  const taking = assigned.slice(0, taker?.places ?? 0).map(({ runId }) => runId);
  const claimedAt = performance.now();
  const [claims, loaded] = await Promise.all([
    claim(client, assigned, taking, taker?.workerId ?? null, new Map(candidates.map((each) => [each.runId, each]))),
    taking.length > 0 ? loadRuns(client, taking) : [],
  ]);
  const promptIds = new Set(claims.map(({ comfyPromptId }) => comfyPromptId));
  const rests = machines.flatMap((machine) => machine.restsForMs ?? []);
  const places = free.reduce((sum, machine) => sum + machine.freePlaces, 0);
  return {
    claims,
    taken: loaded.flatMap((run) => {
      const { comfyPromptId, postedAt } = run;
      if (comfyPromptId === null || !promptIds.has(comfyPromptId)) return [];
      return { ...run, comfyPromptId, postedAt: null, notedAt: postedAt ? claimedAt : null };
    }),
    isDurable: taker !== null && claims.length > 0,
    nextInMs: rests.length > 0 ? Math.min(...rests) : null,
    isCut: claims.length > 0 && claims.length < places && candidates.length > claims.length,
  };
}

/** By pool: what candidates need that was not compared with the free machines' definitions yet, each with one of its runs. */
function findUnjudged({ db }: Pick<Deps, "db">, { machines, candidates }: Work): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>();
  const seen = new Set<string>();
  for (const { runId, pool, needs } of candidates) {
    const key = `${needs} ${pool}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (machines.every((machine) => !machine.pools.includes(pool) || isJudged(db, machine, needs))) continue;
    const ofPool = found.get(pool) ?? new Map<string, string>();
    found.set(pool, ofPool.set(needs, runId));
  }
  return found;
}

/**
 * Works while nobody else gives runs away. The lock is the session's, so that one statement that writes is a transaction
 * of its own and nobody waits for the unlocking; a session that ends, however it ends, gives the lock back.
 * @param work may send its first statement before it has waited for `locked`: the connection keeps the order, and a
 * statement sees what was committed when it begins
 * @param before may send what shall be committed before and does not need the lock
 */
export async function underDispatchLock<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient, locked: Promise<unknown>) => Promise<Result>,
  before?: (client: pg.PoolClient) => void,
): Promise<Result> {
  const client = await pool.connect();
  try {
    before?.(client);
    const locked = client.query(lock);
    // Whatever breaks it breaks the statements after it, too.
    locked.catch(() => undefined);
    const result = await work(client, locked);
    client.query(unlock).then(
      () => client.release(),
      (error: Error) => client.release(error),
    );
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/**
 * @param taking those that a worker of this process begins with at once. That their prompts may have been posted is noted
 * with the claim, unless files have to be brought to the machine first.
 */
async function claim(
  client: pg.PoolClient,
  assigned: readonly { runId: string; machineId: string }[],
  taking: readonly string[],
  workerId: string | null,
  origins: ReadonlyMap<string, Origin>,
): Promise<Claim[]> {
  if (assigned.length === 0) return [];
  const runIds = assigned.map(({ runId }) => runId);
  const prompts = new Map(runIds.map((runId) => [runId, randomUUID()]));
  const ofRun = (values: readonly unknown[]) => ({
    sql: "(?::uuid[])[array_position(?::uuid[], run.id)]",
    values: [values, runIds],
  });
  const ifNoted = (value: string) =>
    `CASE WHEN run.input_asset_id IS NULL AND run.id = ANY(?::uuid[]) THEN ${value} END`;
  const moved = await transition(client, {
    runIds,
    isDurable: workerId !== null,
    from: ["PENDING"],
    to: "CLAIMED",
    set: {
      machine_id: ofRun(assigned.map(({ machineId }) => machineId)),
      comfy_prompt_id: ofRun([...prompts.values()]),
      worker_id: { sql: ifNoted("?::uuid"), values: [taking, workerId] },
      posted_at: { sql: ifNoted("now()"), values: [taking] },
      not_before: null,
      started_at: { sql: "now()" },
      submitted_at: null,
      executed_at: null,
      executed_until: null,
      finished_at: null,
      progress: 0,
      current_node: null,
    },
  });
  const order = new Map(runIds.map((runId, index) => [runId, index]));
  return moved
    .map(({ id, jobId }) => {
      const { requestId, traceparent } = origins.get(id) as Origin;
      return { runId: id, jobId, comfyPromptId: prompts.get(id) as string, requestId, traceparent };
    })
    .toSorted((a, b) => (order.get(a.runId) as number) - (order.get(b.runId) as number));
}

/** A machine that can be given runs now or when its rest is over. */
const isUsable = (alias: string): string =>
  `${alias}.is_enabled AND NOT ${alias}.is_paused AND NOT ${alias}.is_draining AND ${alias}.is_reachable`;

/** A machine that can be given runs now or later, has said once what it has, and is not among those that can't do them. */
const couldDo = (alias: string, unable: string): string =>
  `${alias}.is_enabled AND NOT ${alias}.is_draining AND ${alias}.id <> ALL(${unable})
   AND (${alias}.is_reachable OR EXISTS (SELECT 1 FROM machine_definitions d WHERE d.machine_id = ${alias}.id))`;

/** One that has failed several times in a row is tried with a single run. */
const places = `CASE WHEN m.failure_streak >= ${suspendAfter} THEN 1 ELSE m.concurrency END`;

interface Work {
  machines: MachineRow[];
  candidates: (Candidate & Origin)[];
}

/**
 * Machines with free places, and for each user with pending jobs in their pools: the first runs that can go now, as many as
 * there are free places, with some to spare. A run keeps off the machines that were lost with it only while its pool has
 * another one that works; and off those that can't do it while another could, even if that one has to come back first.
 */
async function findWork(client: pg.PoolClient): Promise<Work> {
  const { rows } = await client.query<Work>({
    name: "dispatch-work",
    text: `
      WITH listed AS MATERIALIZED (
        SELECT m.id, m.pools, m.labels, m.last_version_id, d.read_at,
          CASE WHEN m.suspended_until > now() THEN extract(epoch FROM m.suspended_until - now())::float8 * 1000 END AS rests_for_ms,
          ${places} - coalesce(busy.count, 0) AS free_places, coalesce(busy.count, 0) AS load
        FROM machine m
        LEFT JOIN (SELECT machine_id, count(*)::int AS count FROM run WHERE status = ANY($1::"RunStatus"[]) GROUP BY machine_id) busy
          ON busy.machine_id = m.id
        LEFT JOIN machine_definitions d ON d.machine_id = m.id
        WHERE ${isUsable("m")}
          AND ${places} > coalesce(busy.count, 0)
          AND NOT EXISTS (SELECT 1 FROM queue_pause WHERE scope = 'queue')
      ), free AS MATERIALIZED (
        SELECT * FROM listed WHERE rests_for_ms IS NULL
      ), refused AS MATERIALIZED (
        SELECT r.needs, array_agg(r.machine_id) AS machine_ids FROM machine_refusal r WHERE ${isCurrent} GROUP BY r.needs
      ), owner AS (
        SELECT pool, created_by_id,
          (SELECT count(*)::int FROM run r WHERE r.created_by_id = waiting.created_by_id AND r.status = ANY($1::"RunStatus"[])) AS active,
          -- What no free machine of the pool can do while another one could: runs that need it are passed over at once.
          (SELECT array_agg(refused.needs) FROM refused
           WHERE EXISTS (SELECT 1 FROM machine able WHERE waiting.pool = ANY(able.pools) AND ${couldDo("able", "refused.machine_ids")})
             AND NOT EXISTS (
               SELECT 1 FROM free WHERE waiting.pool = ANY(free.pools) AND free.id <> ALL(refused.machine_ids))) AS stuck
        FROM (
          SELECT DISTINCT pool, created_by_id FROM job
          WHERE pending > 0 AND pool = ANY(ARRAY(SELECT DISTINCT unnest(pools) FROM free))
        ) AS waiting
        WHERE NOT EXISTS (SELECT 1 FROM queue_pause WHERE scope = 'pool:' || waiting.pool)
      ), candidate AS (
        SELECT run.id, run.seq, run.priority, run.pool, run.created_by_id, run.needs, run.required_labels, run.excluded, job.workflow_version_id, job.request_id, job.traceparent, owner.active
        FROM owner
        CROSS JOIN LATERAL (
          SELECT run.*, avoid.excluded FROM run
          CROSS JOIN LATERAL (
            SELECT (SELECT machine_ids FROM refused WHERE refused.needs = run.needs) AS machine_ids OFFSET 0
          ) AS unable
          CROSS JOIN LATERAL (
            SELECT CASE WHEN run.excluded_machine_ids <> '{}' AND EXISTS (
              SELECT 1 FROM machine other
              WHERE ${isUsable("other")} AND run.pool = ANY(other.pools) AND other.id <> ALL(run.excluded_machine_ids)
                AND other.labels @> run.required_labels AND coalesce(other.suspended_until <= now(), true)
                AND (unable.machine_ids IS NULL OR other.id <> ALL(unable.machine_ids))
            ) THEN run.excluded_machine_ids ELSE '{}' END
            || CASE WHEN unable.machine_ids IS NOT NULL AND EXISTS (
              SELECT 1 FROM machine able
              WHERE run.pool = ANY(able.pools) AND able.labels @> run.required_labels AND ${couldDo("able", "unable.machine_ids")}
            ) THEN unable.machine_ids ELSE '{}' END AS excluded
          ) AS avoid
          WHERE run.pool = owner.pool AND run.created_by_id = owner.created_by_id AND run.status = 'PENDING' AND NOT run.is_paused
            AND (owner.stuck IS NULL OR run.required_labels <> '{}' OR run.needs <> ALL(owner.stuck))
            AND (run.not_before IS NULL OR run.not_before <= now())
            AND (avoid.excluded = '{}' AND run.required_labels = '{}' OR EXISTS (
              SELECT 1 FROM free able
              WHERE run.pool = ANY(able.pools) AND able.labels @> run.required_labels AND able.id <> ALL(avoid.excluded)))
          ORDER BY run.priority DESC, run.seq LIMIT (SELECT coalesce(sum(free_places), 0) * 2 + 10 FROM free)
        ) run
        JOIN job ON job.id = run.job_id
      )
      SELECT
        (SELECT coalesce(json_agg(json_build_object('id', id, 'pools', pools, 'labels', labels, 'lastVersionId', last_version_id,
          'restsForMs', rests_for_ms, 'readAt', read_at::text, 'freePlaces', free_places, 'load', load)), '[]') FROM listed) AS machines,
        (SELECT coalesce(json_agg(json_build_object('runId', id, 'seq', seq, 'priority', priority, 'pool', pool,
          'userId', created_by_id, 'needs', needs, 'requiredLabels', required_labels, 'excludedMachineIds', excluded, 'versionId', workflow_version_id,
          'requestId', request_id, 'traceparent', traceparent,
          'activeOfUser', active)), '[]') FROM candidate) AS candidates`,
    values: [holdingStatuses],
  });
  return rows[0] as Work;
}
