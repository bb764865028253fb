import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { ownedBy, type Viewer } from "#domains/accounts/viewer.ts";
import { poolName } from "#domains/machines/machines.service.ts";
import { transition } from "#domains/queue/transition.ts";
import { withNewSeed } from "#domains/queue/logic/new-seed.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseJson, stringifyJson } from "#lib/json.ts";
import { parseInput } from "#lib/parse-input.ts";
import type { Job } from "#platform/db/generated/client.ts";

type QueueDeps = Pick<Deps, "db" | "bus" | "runQueue" | "runLog" | "log">;

/** A job that the viewer may see. @throws NotFoundError */
export async function requireJob({ db }: Pick<Deps, "db">, viewer: Viewer, id: string, path = ["id"]): Promise<Job> {
  const job = await db.prisma.job.findFirst({ where: { AND: [{ id }, ownedBy(viewer)] } });
  if (!job) throw new NotFoundError("The job", path);
  return job;
}

/**
 * Cancels what is not over. Pending runs end at once; with NOW, running ones are asked to stop, and whichever lands first
 * wins: the stop or the result. Any number of repeats gives the same final state. @throws NotFoundError
 */
export async function cancelJob(deps: QueueDeps, viewer: Viewer, id: string, mode: "NOW" | "AFTER_CURRENT") {
  const before = await requireJob(deps, viewer, id);
  const canceled = await transition(deps.db.pool, {
    jobId: id,
    from: ["PENDING"],
    to: "CANCELED",
    set: { finished_at: { sql: "now()" } },
  });
  const canceling =
    mode === "NOW"
      ? await transition(deps.db.pool, { jobId: id, from: ["CLAIMED", "SUBMITTED", "RUNNING"], to: "CANCELING" })
      : [];
  // A worker may have handed runs back to the queue between the two statements.
  const late =
    mode === "NOW"
      ? await transition(deps.db.pool, {
          jobId: id,
          from: ["PENDING"],
          to: "CANCELED",
          set: { finished_at: { sql: "now()" } },
        })
      : [];
  for (const run of canceling) deps.bus.publish("run.cancel", { runId: run.id });
  for (const run of canceling) deps.runLog.add(run, "CANCEL_ASKED", `${viewer.name} canceled the job`);
  for (const run of [...canceled, ...late])
    deps.runLog.add(run, "CANCELED", `${viewer.name} canceled the job before the run had begun`);
  deps.bus.publish("job.changed", { jobId: id });
  const job = await requireJob(deps, viewer, id);
  // Told at repeats, too: the first time may have been cut short.
  if (job.finishedAt) await deps.runQueue.jobEnded(id);
  return {
    job,
    canceledCount: canceled.length + late.length,
    cancelingCount: canceling.length,
    alreadyEndedCount: before.succeeded + before.failed + before.canceled,
  };
}

/**
 * Puts failed and canceled runs back into the queue as a new attempt, all of the job's or those named.
 * @throws NotFoundError, ValidationError for a run of another job, ConflictError for one that has not failed
 */
export async function retryJob(
  deps: QueueDeps,
  viewer: Viewer,
  id: string,
  options: { runIds?: string[] | undefined; newSeeds: boolean },
) {
  await requireJob(deps, viewer, id);
  const wanted = await deps.db.prisma.run.findMany({
    where: {
      jobId: id,
      ...(options.runIds ? { id: { in: options.runIds } } : { status: { in: ["FAILED", "CANCELED"] } }),
    },
    select: { id: true, status: true, index: true },
    orderBy: { index: "asc" },
  });
  if (options.runIds) {
    const known = new Set(wanted.map((run) => run.id));
    const foreign = options.runIds.findIndex((runId) => !known.has(runId));
    if (foreign >= 0) throw ValidationError.at(["runIds", String(foreign)], "this run does not belong to the job");
    const open = wanted.find((run) => run.status !== "FAILED" && run.status !== "CANCELED");
    if (open)
      throw new ConflictError(
        `Run ${open.index + 1} is ${open.status}; only failed and canceled runs can be retried`,
        "RUN_NOT_RETRYABLE",
        ["runIds"],
      );
  }
  const runIds = wanted.map((run) => run.id);
  if (options.newSeeds) await drawNewSeeds(deps, id, runIds);
  const moved = await transition(deps.db.pool, {
    runIds,
    from: ["FAILED", "CANCELED"],
    to: "PENDING",
    set: {
      attempt: { sql: "attempt + 1" },
      transient_failures: 0,
      error: null,
      progress: 0,
      current_node: null,
      machine_id: null,
      worker_id: null,
      comfy_prompt_id: null,
      posted_at: null,
      not_before: null,
      excluded_machine_ids: { sql: "'{}'" },
      started_at: null,
      submitted_at: null,
      executed_at: null,
      executed_until: null,
      finished_at: null,
    },
  });
  for (const run of moved) deps.runLog.add(run, "RETRY_ASKED", `${viewer.name} put the run back into the queue`);
  if (moved.length > 0) await deps.runQueue.jobReopened(id);
  deps.runQueue.wake();
  return { job: await requireJob(deps, viewer, id), retriedCount: moved.length };
}

async function drawNewSeeds({ db }: QueueDeps, jobId: string, runIds: string[]): Promise<void> {
  const { workflowVersion } = await db.prisma.job.findUniqueOrThrow({
    where: { id: jobId },
    include: { workflowVersion: true },
  });
  const parameters = parseJson(workflowVersion.parameters) as unknown as WorkflowParameter[];
  const graphs = await db.prisma.runGraph.findMany({ where: { runId: { in: runIds } } });
  const rows = graphs.map(({ runId, json }) => {
    const { graph, seed } = withNewSeed(parseJson(json) as unknown as ApiGraph, parameters);
    return { id: runId, seed: seed.toString(), graph: stringifyJson(graph) };
  });
  await db.pool.query(
    `WITH given AS (SELECT * FROM json_to_recordset($1::json) AS g(id uuid, seed numeric, graph text)),
       -- Locked in order of id, like every transition: the order of an UPDATE's rows is not ours to choose.
       chosen AS (
         SELECT id FROM run WHERE id IN (SELECT id FROM given) AND status IN ('FAILED', 'CANCELED') ORDER BY id FOR UPDATE),
       seeded AS (
         UPDATE run SET seed = given.seed FROM given JOIN chosen USING (id) WHERE run.id = given.id RETURNING run.id)
     UPDATE run_graph SET json = given.graph FROM given JOIN seeded USING (id) WHERE run_graph.run_id = given.id`,
    [JSON.stringify(rows)],
  );
}

/** Stops or lets go on the claiming of a job's runs; running ones finish. @throws NotFoundError */
export async function setJobPaused(deps: QueueDeps, viewer: Viewer, id: string, isPaused: boolean): Promise<Job> {
  await requireJob(deps, viewer, id);
  await setOnJobAndRuns(deps, id, "is_paused", isPaused);
  deps.bus.publish("job.changed", { jobId: id });
  if (!isPaused) deps.runQueue.wake();
  return requireJob(deps, viewer, id);
}

/** @throws NotFoundError, ValidationError */
export async function setJobPriority(deps: QueueDeps, viewer: Viewer, id: string, priority: number): Promise<Job> {
  if (!Number.isInteger(priority) || Math.abs(priority) > 1_000) {
    throw ValidationError.at(["priority"], `priority must be a whole number between -1000 and 1000, not ${priority}`);
  }
  await requireJob(deps, viewer, id);
  await setOnJobAndRuns(deps, id, "priority", priority);
  deps.bus.publish("job.changed", { jobId: id });
  return requireJob(deps, viewer, id);
}

/** Runs repeat these columns of their job. Locked like transitions do, runs by id and then the job, against deadlocks. */
async function setOnJobAndRuns(
  { db }: QueueDeps,
  id: string,
  column: "is_paused" | "priority",
  value: boolean | number,
): Promise<void> {
  await db.pool.query(
    `WITH chosen AS (SELECT id FROM run WHERE job_id = $1 ORDER BY id FOR UPDATE),
       changed AS (UPDATE run SET ${column} = $2 FROM chosen WHERE run.id = chosen.id RETURNING 1)
     UPDATE job SET ${column} = $2 WHERE id = $1 AND (SELECT count(*) FROM changed) >= 0`,
    [id, value],
  );
}

export interface PauseTarget {
  pool?: string | undefined;
  machineId?: string | undefined;
}

/** Pauses or resumes the whole queue, one pool, or one machine. @throws NotFoundError, ValidationError */
export async function setQueuePaused(
  { db, bus, runQueue }: QueueDeps,
  target: PauseTarget,
  isPaused: boolean,
): Promise<void> {
  if (target.pool !== undefined && target.machineId !== undefined) {
    throw ValidationError.at(["machineId"], "give a pool or a machine, not both");
  }
  if (target.machineId === undefined) {
    const { pool } = parseInput(z.object({ pool: poolName.optional() }), target);
    const scope = pool === undefined ? "queue" : `pool:${pool}`;
    if (isPaused) await db.prisma.queuePause.createMany({ data: [{ scope }], skipDuplicates: true });
    else await db.prisma.queuePause.deleteMany({ where: { scope } });
  } else {
    const { count } = await db.prisma.machine.updateMany({ where: { id: target.machineId }, data: { isPaused } });
    if (count === 0) throw new NotFoundError("The machine", ["machineId"]);
  }
  bus.publish("system.changed", { reason: isPaused ? "paused" : "resumed" });
  if (!isPaused) runQueue.wake();
}
