import { createHash } from "node:crypto";
import type pg from "pg";
import type { Deps } from "#app/deps.ts";
import { ownedBy, type Viewer } from "#domains/accounts/viewer.ts";
import { requireAsset } from "#domains/assets/assets.service.ts";
import { splitName } from "#domains/assets/logic/filename.ts";
import { defaultPool } from "#domains/machines/machines.service.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { machineInputName } from "#domains/queue/logic/machine-graph.ts";
import { gatherInputs, type GatheredInput } from "#domains/queue/submit/gather-inputs.ts";
import { loadTarget, type SubmitTarget } from "#domains/queue/submit/load-target.ts";
import { checkParams, type PlannedRun, planJob } from "#domains/queue/submit/plan-job.ts";
import { type NewJob, storeJobs } from "#domains/queue/submit/store-job.ts";
import { type CheckedSubmit, type SubmitInput, submitSchema } from "#domains/queue/submit/submit-input.ts";
import { requireId } from "#graphql/ids.ts";
import { ConflictError } from "#lib/domain-error.ts";
import { canonicalJson, type JsonValue } from "#lib/json.ts";
import { parseInput } from "#lib/parse-input.ts";

export interface Submitted {
  /** Empty for a dry run. */
  jobIds: string[];
  plannedRuns: PlannedRun[];
}

export type AlsoStore = (client: pg.PoolClient, jobIds: readonly string[], runs: readonly PlannedRun[]) => Promise<void>;

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
  if (input.projectId) await requireExistingProject(deps, viewer, input.projectId);
  const payloadHash = checked.idempotencyKey === undefined ? null : hashOf(input);
  if (payloadHash !== null) {
    const earlier = await findEarlier(deps, viewer, checked.idempotencyKey as string, payloadHash);
    if (earlier) return { jobIds: earlier, plannedRuns: [] };
  }
  const target = await loadTarget(deps, input.workflowId, input.workflowVersionId);
  const inputs = await gatherInputs(deps, viewer, checked, target.inputKind, input.projectId);
  const params = checkParams(target, checked, inputs);
  const assetNames = await namesOfAssets(deps, viewer, params.assetIds);
  const plan = (files: readonly GatheredInput[], perFile: typeof params.perFile): PlannedRun[] =>
    planJob(target, checked, files, { job: params.job, perFile }, assetNames, input.resolved);

  const parts = checked.splitByInput && inputs.length > 1
    ? inputs.map((file, position) => plan([file], new Map(params.perFile.has(position) ? [[0, params.perFile.get(position) as never]] : [])))
    : [plan(inputs, params.perFile)];
  if (input.dryRun) return { jobIds: [], plannedRuns: parts.flat() };

  const jobs = parts.map((runs, part) => newJob(deps, viewer, input, checked, target, { runs, part, parts: parts.length, payloadHash }));
  let jobIds: string[];
  try {
    jobIds = await storeJobs(deps, jobs, alsoStore && ((client, ids) => alsoStore(client, ids, parts.flat())));
  } catch (error) {
    // Two submits with one key at the same moment: the database let one through.
    if (payloadHash === null || (error as { code?: string }).code !== "23505") throw error;
    const earlier = await findEarlier(deps, viewer, checked.idempotencyKey as string, payloadHash);
    if (!earlier) throw error;
    return { jobIds: earlier, plannedRuns: [] };
  }
  for (const jobId of jobIds) deps.bus.publish("job.changed", { jobId });
  // The job is stored: whatever goes wrong from here on, the next pass of any worker finds it.
  void deps.runQueue.dispatch().catch((error: unknown) => deps.log.error({ err: error }, "dispatch after submit"));
  // Nobody is told of a job that is not on disk; machines may begin with it meanwhile.
  await deps.db.flush();
  return { jobIds, plannedRuns: parts.flat() };
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
    timeoutSecs: config.worker.runTimeoutSecs,
    idempotencyKey: checked.idempotencyKey === undefined ? null : part === 0 ? checked.idempotencyKey : `${checked.idempotencyKey}#${part + 1}`,
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

/** The jobs that this key made before, or null. @throws ConflictError when they had another payload */
async function findEarlier({ db }: SubmitDeps, viewer: Viewer, key: string, payloadHash: string): Promise<string[] | null> {
  const jobs = await db.prisma.job.findMany({
    where: { AND: [{ createdById: viewer.userId }, ownedBy(viewer), { OR: [{ idempotencyKey: key }, { idempotencyKey: { startsWith: `${key}#` } }] }] },
    orderBy: { id: "asc" },
    select: { id: true, idempotencyKey: true, payloadHash: true },
  });
  const first = jobs.find((job) => job.idempotencyKey === key);
  if (!first) return null;
  if (first.payloadHash !== payloadHash) {
    throw new ConflictError("This idempotency key was used for another submission", "IDEMPOTENCY_KEY_REUSED", ["idempotencyKey"]);
  }
  return jobs.filter((job) => job.payloadHash === payloadHash).map((job) => job.id);
}

function hashOf({ idempotencyKey: _key, ...payload }: SubmitInput): string {
  const plain = JSON.parse(JSON.stringify(payload, (_name, value: unknown) => (typeof value === "bigint" ? value.toString() : value))) as JsonValue;
  return createHash("sha256").update(canonicalJson(plain)).digest("hex");
}
