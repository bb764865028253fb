import type { Deps } from "#app/deps.ts";
import { ownedBy, type Viewer } from "#domains/accounts/viewer.ts";
import { requireBytes } from "#domains/assets/assets.service.ts";
import { splitName } from "#domains/assets/logic/filename.ts";
import { loadProjectLibraries } from "#domains/libraries/project-libraries.service.ts";
import { defaultPool } from "#domains/machines/machines.service.ts";
import { listPoolMachines } from "#domains/machines/pool-definitions.service.ts";
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
  const pool = checked.pool ?? defaultPool;
  if (input.projectId) await requireExistingProject(deps, viewer, input.projectId);
  const [loaded, machines] = await Promise.all([
    loadTarget(deps, input.workflowId, input.workflowVersionId),
    input.isTrial || input.dryRun ? null : listPoolMachines(deps, pool),
  ]);
  const staged = stagedTarget(loaded, checked.stages, deps.config.maxStages);
  const target = await withLiveOptions(deps, staged, checked);
  const requiredLabels = [...new Set([...target.requiredLabels, ...checked.requiredLabels])].toSorted();
  const inputs = await gatherInputs(deps, viewer, checked, target);
  const params = checkParams(target, checked, inputs);
  const plan = {
    target,
    requiredLabels,
    checked: params,
    resolution:
      checked.resolution === undefined ? null : await findResolution(deps, checked.resolution, ["resolution"]),
    assetNames: await namesOfAssets(deps, viewer, params.assetIds),
    resolvedPrompts: input.resolved,
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
  const parts =
    checked.splitByInput && inputs.length > 1
      ? inputs.map((file, position) => planJob(plan, checked, [file], [position]))
      : [planJob(plan, checked, inputs, [...inputs.keys()])];
  const folder =
    checked.directory === undefined
      ? null
      : await resolveFolder(deps.config.inputRoots, checked.directory, ["directory"]);
  return { target, pool, requiredLabels, folder, parts };
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
