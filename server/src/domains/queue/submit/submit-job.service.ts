import type pg from "pg";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireAsset } from "#domains/assets/assets.service.ts";
import { splitName } from "#domains/assets/logic/filename.ts";
import { loadProjectLibraries } from "#domains/libraries/project-libraries.service.ts";
import { defaultPool } from "#domains/machines/machines.service.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { machineInputName } from "#domains/queue/logic/machine-graph.ts";
import { findEarlierJobs, hashPayload, keyOfPart } from "#domains/queue/submit/idempotency.ts";
import { gatherInputs, type GatheredInput } from "#domains/queue/submit/gather-inputs.ts";
import { withLiveOptions } from "#domains/queue/submit/live-options.ts";
import { loadTarget, type SubmitTarget } from "#domains/queue/submit/load-target.ts";
import { checkParams, type PlannedRun, planJob } from "#domains/queue/submit/plan-job.ts";
import { stagedTarget } from "#domains/queue/submit/staged-target.ts";
import { stageInputs } from "#domains/queue/submit/stage-inputs.ts";
import { type NewJob, storeJobs } from "#domains/queue/submit/store-job.ts";
import { type CheckedSubmit, type SubmitInput, submitSchema } from "#domains/queue/submit/submit-input.ts";
import { requireId } from "#graphql/ids.ts";
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
 * Plans a job to the last graph and, unless it is a dry run, stores it and wakes the dispatcher. All or nothing. The one
 * way in for GraphQL, takes and every other feature that generates.
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
  if (input.projectId) await requireExistingProject(deps, viewer, input.projectId);
  const loaded = await loadTarget(deps, input.workflowId, input.workflowVersionId);
  const staged = stagedTarget(loaded, checked.stages, deps.config.maxStages);
  const target = await withLiveOptions(deps, staged, checked);
  const inputs = await gatherInputs(deps, viewer, checked, target);
  const params = checkParams(target, checked, inputs);
  const assetNames = await namesOfAssets(deps, viewer, params.assetIds);
  const libraries = input.projectId ? await loadProjectLibraries(deps, input.projectId) : [];
  const plan = (files: readonly GatheredInput[], perFile: typeof params.perFile): PlannedRun[] =>
    planJob(target, checked, files, { job: params.job, perFile }, assetNames, input.resolved, libraries);

  const parts =
    checked.splitByInput && inputs.length > 1
      ? inputs.map((file, position) =>
          plan([file], new Map(params.perFile.has(position) ? [[0, params.perFile.get(position) as never]] : [])),
        )
      : [plan(inputs, params.perFile)];
  if (input.dryRun) return { jobIds: [], plannedRuns: parts.flat() };

  const jobs = parts.map((runs, part) =>
    newJob(deps, viewer, input, checked, target, { runs, part, parts: parts.length, payloadHash }),
  );
  const storeStaged = await stageInputs(deps, viewer, inputs, input.projectId ?? null);
  let jobIds: string[];
  try {
    jobIds = await storeJobs(
      deps,
      jobs,
      storeStaged,
      alsoStore && ((client, ids) => alsoStore(client, ids, parts.flat())),
    );
  } catch (error) {
    // Two submits with one key at the same moment: the database let one through.
    if (payloadHash === null || (error as { code?: string }).code !== "23505") throw error;
    const earlier = await findEarlierJobs(deps, viewer, checked.idempotencyKey as string, payloadHash);
    if (!earlier) throw error;
    return { jobIds: earlier, plannedRuns: [] };
  }
  for (const jobId of jobIds) deps.bus.publish("job.changed", { jobId });
  const isDurable = await dispatchBriefly(deps);
  // Nobody is told of a job that is not on disk.
  if (!isDurable) await deps.db.flush();
  return { jobIds, plannedRuns: parts.flat() };
}

/** A pass now brings the job to the disk by the way. Should BullMQ's store be away, nobody waits: the job is stored without it. */
async function dispatchBriefly({ runQueue, log }: SubmitDeps): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), dispatchMs)));
  const pass = runQueue.dispatch().then(
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
  target: SubmitTarget,
  { runs, part, parts, payloadHash }: { runs: PlannedRun[]; part: number; parts: number; payloadHash: string | null },
): NewJob {
  const name = checked.name || target.workflowName;
  return {
    name: parts > 1 ? `${name} · ${runs[0]?.input?.filename ?? part + 1}` : name,
    versionId: target.versionId,
    projectId: input.projectId ?? null,
    createdById: viewer.userId,
    pool: checked.pool ?? defaultPool,
    priority: checked.priority,
    params: checked.params,
    seedMode: checked.seedMode,
    allowPartial: checked.allowPartial,
    timeoutSecs: input.timeoutSecs ?? config.worker.runTimeoutSecs,
    idempotencyKey: checked.idempotencyKey === undefined ? null : keyOfPart(checked.idempotencyKey, part),
    payloadHash,
    runs,
  };
}

async function namesOfAssets(deps: SubmitDeps, viewer: Viewer, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const id of ids) {
    const asset = await requireAsset(deps, viewer, requireId("Asset", id, ["params"]), ["params"]);
    names.set(id, machineInputName(asset.sha256, splitName(asset.filename).extension));
  }
  return names;
}
