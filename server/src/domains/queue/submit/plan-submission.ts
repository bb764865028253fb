import type pg from "pg";
import type { Deps } from "#app/deps.ts";
import { ownedBy, type Viewer } from "#domains/accounts/viewer.ts";
import { requireBytes } from "#domains/assets/assets.service.ts";
import { splitName } from "#domains/assets/logic/filename.ts";
import { loadProjectLibraries } from "#domains/libraries/project-libraries.service.ts";
import { defaultPool } from "#domains/machines/machines.service.ts";
import { listPoolMachines } from "#domains/machines/pool-definitions.service.ts";
import type { Resolution } from "#domains/presets/logic/resolutions.ts";
import { findResolution } from "#domains/presets/resolution-presets.service.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { machineInputName } from "#domains/queue/logic/machine-graph.ts";
import { prepareMachineCheck } from "#domains/queue/preflight/check-machines.ts";
import { resolveFolder } from "#domains/queue/paths/inside-roots.ts";
import { checkParams } from "#domains/queue/submit/check-params.ts";
import { gatherInputs } from "#domains/queue/submit/gather-inputs.ts";
import { withLiveOptions } from "#domains/queue/submit/live-options.ts";
import { loadTarget, type SubmitTarget } from "#domains/queue/submit/load-target.ts";
import { type DraftRun, planJob } from "#domains/queue/submit/plan-job.ts";
import { stagedTarget } from "#domains/queue/submit/staged-target.ts";
import type { CheckedSubmit, SubmitInput } from "#domains/queue/submit/submit-input.ts";
import { encodeId, requireId } from "#graphql/ids.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import { isJsonObject } from "#lib/json.ts";

export type PlanDeps = Pick<Deps, "config" | "db" | "storage">;

/** A submission planned to the last graph; nothing is stored yet. */
export interface Submission {
  target: SubmitTarget;
  pool: string;
  /** The workflow's and the submission's own. */
  requiredLabels: string[];
  /** The folder of the server that the inputs are taken from, if it is one. */
  folder: string | null;
  /** One list for each job: several when it is split. */
  parts: DraftRun[][];
}

/** What may differ between submissions that are planned together. */
export type Variation = Pick<CheckedSubmit, "params" | "tries" | "seed" | "resolution"> & Pick<SubmitInput, "resolved">;

/**
 * Plans every run, also those that something stands against. The same for a look ahead as for a submit. The number of
 * statements does not depend on the number of runs, and no machine is asked.
 * @throws ValidationError, NotFoundError where there is no telling which runs are meant
 */
export async function planSubmission(
  deps: PlanDeps,
  viewer: Viewer,
  input: SubmitInput,
  checked: CheckedSubmit,
): Promise<Submission> {
  const [submission] = await planVariations(deps, viewer, input, checked, [{ ...checked, resolved: input.resolved }]);
  return submission as Submission;
}

/** Several submissions that are one but for their variation, in as many statements as one of them. @throws as planSubmission */
export async function planVariations(
  deps: PlanDeps,
  viewer: Viewer,
  input: SubmitInput,
  checked: CheckedSubmit,
  variations: readonly Variation[],
): Promise<Submission[]> {
  const pool = checked.pool ?? defaultPool;
  if (input.projectId) await requireExistingProject(deps, viewer, input.projectId);
  const [loaded, machines] = await together(deps, (client) =>
    Promise.all([
      loadTarget(client, input.workflowId, input.workflowVersionId),
      input.isTrial || input.dryRun ? null : listPoolMachines(client, pool),
    ]),
  );
  const staged = stagedTarget(loaded, checked.stages, deps.config.maxStages);
  const given = [
    ...variations.map(({ params }) => params),
    ...Object.values(checked.perFileParams).filter(isJsonObject),
  ];
  const target = await withLiveOptions(deps, staged, given, checked.pool);
  const requiredLabels = [...new Set([...target.requiredLabels, ...checked.requiredLabels])].toSorted();
  const inputs = await gatherInputs(deps, viewer, checked, target);
  const varied = variations.map(({ params, tries, seed, resolution, resolved }) => {
    const submit = { ...checked, params, tries, seed, resolution };
    return { submit, resolved, values: checkParams(target, submit, inputs) };
  });
  const resolutions = new Map<string, Resolution>();
  for (const name of new Set(variations.flatMap(({ resolution }) => resolution ?? [])))
    resolutions.set(name, await findResolution(deps, name, ["resolution"]));
  const shared = {
    target,
    requiredLabels,
    assetNames: await namesOfAssets(deps, viewer, [...new Set(varied.flatMap(({ values }) => values.assetIds))]),
    libraries: input.projectId ? await loadProjectLibraries(deps, input.projectId) : [],
    checkMachines: machines
      ? await prepareMachineCheck(
          deps,
          { pool, requiredLabels, allowPartial: checked.allowPartial },
          machines,
          target.graph,
        )
      : () => [],
  };
  const folder =
    checked.directory === undefined
      ? null
      : await resolveFolder(deps.config.inputRoots, checked.directory, ["directory"]);
  return varied.map(({ submit, resolved, values }) => {
    const resolution = resolutions.get(submit.resolution ?? "") ?? null;
    const plan = { ...shared, checked: values, resolution, resolvedPrompts: resolved };
    const parts =
      checked.splitByInput && inputs.length > 1
        ? inputs.map((file, position) => planJob(plan, submit, [file], [position]))
        : [planJob(plan, submit, inputs, [...inputs.keys()])];
    return { target, pool, requiredLabels, folder, parts };
  });
}

/** Statements that travel together on the connection that the submission will write on: it is awake then. */
async function together<Result>(
  { db }: Pick<Deps, "db">,
  read: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await db.relaxedPool.connect();
  try {
    return await read(client);
  } finally {
    client.release();
  }
}

/** Names on machines of the assets that parameters name, in one statement. @throws NotFoundError */
async function namesOfAssets(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const keys = ids.map((id) => requireId("Asset", id, ["params"]));
  const assets = await db.prisma.asset.findMany({
    where: { AND: [{ id: { in: keys } }, ownedBy(viewer)] },
    select: { id: true, sha256: true, filename: true, removedAt: true },
  });
  if (assets.length < new Set(keys).size) throw new NotFoundError("The asset", ["params"]);
  for (const asset of assets) requireBytes(asset, ["params"]);
  return new Map(
    assets.map(({ id, sha256, filename }) => [
      encodeId("Asset", id),
      machineInputName(sha256, splitName(filename).extension),
    ]),
  );
}
