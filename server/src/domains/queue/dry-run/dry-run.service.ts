import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { defaultPool, poolName } from "#domains/machines/machines.service.ts";
import { sampleInputs } from "#domains/queue/dry-run/sample-inputs.ts";
import { submitJob } from "#domains/queue/submit/submit-job.service.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { findVersion } from "#domains/workflows/validate-workflow.service.ts";
import { NotFoundError, UnavailableError, ValidationError } from "#lib/domain-error.ts";
import { parseJson } from "#lib/json.ts";
import { parseInput } from "#lib/parse-input.ts";
import type { WorkflowDryRun } from "#platform/db/generated/client.ts";

export interface DryRunInput {
  workflowId: string;
  versionId?: string | undefined;
  /** The machine that should run it; any of the pool unless said. */
  machineId?: string | undefined;
  pool?: string | undefined;
  timeoutSecs?: number | undefined;
}

type DryRunDeps = Pick<Deps, "config" | "db" | "storage" | "bus" | "runQueue" | "log">;

const limits = z.object({
  timeoutSecs: z
    .number()
    .int()
    .min(5, "timeoutSecs must be between 5 and 3,600")
    .max(3_600, "timeoutSecs must be between 5 and 3,600")
    .default(300),
  pool: poolName.optional(),
});

/**
 * Submits a version once with sample inputs and its own values, as any other job and with a time limit. The job's end
 * settles the dry run. @throws NotFoundError, ValidationError, UnavailableError when no machine could run it
 */
export async function dryRunWorkflow(deps: DryRunDeps, viewer: Viewer, input: DryRunInput): Promise<WorkflowDryRun> {
  const { timeoutSecs, pool } = parseInput(limits, input);
  const version = await findVersion(deps, input);
  const workflow = await deps.db.prisma.workflow.findUniqueOrThrow({ where: { id: version.workflowId } });
  const target = await findTarget(deps, workflow.requiredLabels, input.machineId, pool);
  const parameters = parseJson(version.parameters) as unknown as WorkflowParameter[];
  const samples = await sampleInputs(deps, viewer, workflow.inputKind, parameters);
  const id = uuidv7();
  await submitJob(
    deps,
    viewer,
    {
      workflowId: workflow.id,
      workflowVersionId: version.id,
      name: `Dry run: ${workflow.name}`.slice(0, 200),
      ...samples,
      seedMode: "FIXED",
      pool: target.pool,
      timeoutSecs,
      isTrial: true,
      // Texts of a workflow may hold placeholders that only a character fills.
      allowUnresolved: true,
    },
    async (client, jobIds) => {
      await client.query(
        `INSERT INTO workflow_dry_run (id, version_id, job_id, created_by_id) VALUES ($1, $2, $3, $4)`,
        [id, version.id, jobIds[0], viewer.userId],
      );
      if (target.machineId === null) return;
      // Others take it only while this one can't.
      await client.query(
        `UPDATE run SET excluded_machine_ids = ARRAY(SELECT id FROM machine WHERE id <> $2) WHERE job_id = ANY($1)`,
        [jobIds, target.machineId],
      );
    },
  );
  deps.bus.publish("dryRun.changed", { workflowId: workflow.id });
  return deps.db.prisma.workflowDryRun.findUniqueOrThrow({ where: { id } });
}

async function findTarget(
  { db }: DryRunDeps,
  required: readonly string[],
  machineId: string | undefined,
  pool: string | undefined,
) {
  if (machineId !== undefined) {
    const machine = await db.prisma.machine.findUnique({ where: { id: machineId } });
    if (!machine) throw new NotFoundError("The machine", ["machineId"]);
    if (!machine.isEnabled) throw ValidationError.at(["machineId"], `${machine.name} is disabled`);
    if (pool !== undefined && !machine.pools.includes(pool)) {
      throw ValidationError.at(["pool"], `${machine.name} is not in the pool "${pool}"`);
    }
    const missing = required.filter((label) => !machine.labels.includes(label));
    if (missing.length > 0) {
      const message = `${machine.name} does not have the labels that the workflow requires: ${missing.join(", ")}`;
      throw ValidationError.at(["machineId"], message, "NO_MACHINE_WITH_LABELS");
    }
    return { machineId, pool: pool ?? machine.pools[0] ?? defaultPool };
  }
  const wanted = pool ?? defaultPool;
  const count = await db.prisma.machine.count({
    where: { isEnabled: true, pools: { has: wanted }, labels: { hasEvery: [...required] } },
  });
  if (count === 0) {
    throw new UnavailableError(
      `No enabled machine ${required.length > 0 ? `with the labels ${required.join(", ")} ` : ""}is in the pool "${wanted}"`,
      "Add a machine to it, or name another pool or a machine.",
      "NO_MACHINE",
      ["pool"],
    );
  }
  return { machineId: null, pool: wanted };
}
