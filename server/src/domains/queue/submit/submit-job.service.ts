import type pg from "pg";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { rememberDirectory } from "#domains/queue/paths/recent-directories.service.ts";
import { findEarlierJobs, hashPayload, keyOfPart } from "#domains/queue/submit/idempotency.ts";
import { failureOf } from "#domains/queue/submit/finding.ts";
import { isReadable } from "#domains/queue/submit/gather-inputs.ts";
import type { DraftRun, PlannedRun } from "#domains/queue/submit/plan-job.ts";
import { planSubmission, type Submission } from "#domains/queue/submit/plan-submission.ts";
import { stageInputs } from "#domains/queue/submit/stage-inputs.ts";
import { insertJob, type NewJob, smallJob, storeJobs } from "#domains/queue/submit/store-job.ts";
import { type CheckedSubmit, type SubmitInput, submitSchema } from "#domains/queue/submit/submit-input.ts";
import { currentTraceparent } from "#platform/tracing/tracing.ts";
import { currentRequestId } from "#platform/work/scope.ts";
import { parseInput } from "#lib/parse-input.ts";

/** How long a submit waits for the dispatcher. */
const dispatchMs = 500;

export interface Submitted {
  /** Empty for a dry run. */
  jobIds: string[];
  plannedRuns: PlannedRun[];
}

export type AlsoStore = (
  client: pg.PoolClient,
  jobIds: readonly string[],
  runs: readonly PlannedRun[],
) => Promise<void>;

type SubmitDeps = Pick<Deps, "config" | "db" | "storage" | "bus" | "runQueue" | "log">;

/**
 * Plans a job to the last graph and, unless it is a dry run, stores it and wakes the dispatcher. All or nothing, or with
 * skipBlocked all that nothing stands against. The one way in for GraphQL, takes and every other feature that generates.
 * @param alsoStore writes what belongs to the jobs, in their transaction
 * @throws ValidationError, NotFoundError, ForbiddenError, ConflictError (idempotency key used for another payload)
 */
export async function submitJob(
  deps: SubmitDeps,
  viewer: Viewer,
  input: SubmitInput,
  alsoStore?: AlsoStore,
): Promise<Submitted> {
  const checked = parseInput(submitSchema, input);
  const payloadHash = checked.idempotencyKey === undefined ? null : hashOf(input);
  if (payloadHash !== null) {
    const earlier = await findEarlierJobs(deps, viewer, checked.idempotencyKey as string, payloadHash);
    if (earlier) return { jobIds: earlier, plannedRuns: [] };
  }
  const submission = await planSubmission(deps, viewer, input, checked);
  const parts = submission.parts.flatMap((runs) => {
    const ready = withoutBlocked(runs);
    return ready.length > 0 ? [ready] : [];
  });
  const planned = parts.flat();
  const findings = submission.parts.flat().flatMap((run) => run.findings);
  if (planned.length === 0 || (!checked.skipBlocked && findings.some(({ isBlocking }) => isBlocking)))
    throw failureOf([...new Set(findings)]);
  if (input.dryRun) return { jobIds: [], plannedRuns: planned };

  const jobs = parts.map((runs, part) =>
    newJob(deps, viewer, input, checked, submission, { runs, part, parts: parts.length, payloadHash }),
  );
  const isCopied = checked.stageOnSubmit ?? deps.config.stageOnSubmit;
  const files = new Set(planned.flatMap((run) => run.input ?? []));
  const storeStaged = await stageInputs(deps, viewer, [...files], input.projectId ?? null, isCopied);
  const { folder } = submission;
  const storeFirst =
    storeStaged || folder !== null
      ? async (client: pg.PoolClient): Promise<void> => {
          await storeStaged?.(client);
          if (folder !== null) await rememberDirectory(client, viewer, folder);
        }
      : undefined;
  let stored: Stored;
  try {
    const small = storeFirst || alsoStore ? null : smallJob(jobs);
    stored = small
      ? await storeOnTheWay(deps, small)
      : await storeBefore(deps, jobs, storeFirst, alsoStore && ((client, ids) => alsoStore(client, ids, planned)));
  } catch (error) {
    // Two submits with one key at the same moment: the database let one through.
    if (payloadHash === null || (error as { code?: string }).code !== "23505") throw error;
    const earlier = await findEarlierJobs(deps, viewer, checked.idempotencyKey as string, payloadHash);
    if (!earlier) throw error;
    return { jobIds: earlier, plannedRuns: [] };
  }
  const { jobIds, pass } = stored;
  for (const jobId of jobIds) deps.bus.publish("job.changed", { jobId });
  const isDurable = await briefly(deps, pass);
  // Nobody is told of a job that is not on disk.
  if (!isDurable) await deps.db.flush();
  return { jobIds, plannedRuns: planned };
}

interface Stored {
  jobIds: string[];
  /** The dispatcher's look after that. */
  pass: Promise<{ isDurable: boolean }>;
}

/** Most submits are small: the dispatcher's look travels with the write. */
async function storeOnTheWay({ runQueue, log }: SubmitDeps, job: NewJob): Promise<Stored> {
  const { written, pass } = runQueue.dispatchAfter((client) => insertJob(client, job));
  // What fails of it is told below, unless the write failed.
  pass.catch((error: unknown) => log.debug({ err: error }, "dispatch with a submit"));
  return { jobIds: [await written], pass };
}

async function storeBefore(deps: SubmitDeps, ...args: StoreArgs): Promise<Stored> {
  const jobIds = await storeJobs(deps, ...args);
  return { jobIds, pass: deps.runQueue.dispatch() };
}

type StoreArgs = Parameters<typeof storeJobs> extends [unknown, ...infer Rest] ? Rest : never;

/** A pass now brings the job to the disk by the way. Should BullMQ's store be away, nobody waits: the job is stored without it. */
async function briefly({ log }: SubmitDeps, dispatched: Stored["pass"]): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), dispatchMs)));
  const pass = dispatched.then(
    ({ isDurable }) => isDurable,
    (error: unknown) => {
      log.error({ err: error }, "dispatch after submit");
      return false;
    },
  );
  const isDurable = await Promise.race([pass, late]);
  clearTimeout(timer);
  return isDurable;
}

function hashOf({ idempotencyKey: _key, idempotencyPayload, ...payload }: SubmitInput): string {
  return hashPayload(idempotencyPayload ?? payload);
}

function newJob(
  { config }: SubmitDeps,
  viewer: Viewer,
  input: SubmitInput,
  checked: CheckedSubmit,
  { target, pool, requiredLabels }: Submission,
  { runs, part, parts, payloadHash }: { runs: PlannedRun[]; part: number; parts: number; payloadHash: string | null },
): NewJob {
  const name = checked.name || target.workflowName;
  return {
    name: parts > 1 ? `${name} · ${runs[0]?.input?.filename ?? part + 1}` : name,
    versionId: target.versionId,
    projectId: input.projectId ?? null,
    createdById: viewer.userId,
    pool,
    priority: checked.priority,
    requiredLabels,
    stageOnSubmit: checked.stageOnSubmit ?? config.stageOnSubmit,
    params: checked.params,
    seedMode: checked.seedMode,
    allowPartial: checked.allowPartial,
    timeoutSecs: input.timeoutSecs ?? config.worker.runTimeoutSecs,
    idempotencyKey: checked.idempotencyKey === undefined ? null : keyOfPart(checked.idempotencyKey, part),
    payloadHash,
    requestId: currentRequestId(),
    traceparent: currentTraceparent(),
    runs,
  };
}

/** The runs that nothing stands against, numbered anew. */
function withoutBlocked(runs: readonly DraftRun[]): PlannedRun[] {
  const ready: PlannedRun[] = [];
  for (const run of runs) {
    const { input, graph } = run;
    if (graph === null || (input && !isReadable(input)) || run.findings.some(({ isBlocking }) => isBlocking)) continue;
    ready.push({ ...run, input, graph, index: ready.length });
  }
  return ready;
}
