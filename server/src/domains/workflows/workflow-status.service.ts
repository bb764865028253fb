import type { Deps } from "#app/deps.ts";
import { defaultPool, poolName } from "#domains/machines/machines.service.ts";
import { type MachineValidation, validateVersion } from "#domains/workflows/validate-workflow.service.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import type { Workflow } from "#platform/db/generated/client.ts";
import type { WorkflowStatus } from "#platform/db/generated/enums.ts";

/** One machine can miss a thousand things; people mend them a few at a time. */
const maxItemsPerMachine = 20;

/**
 * Says how far a workflow is trusted: TESTED when a dry run of its current version has passed, PRODUCTION when it is
 * also valid on every enabled machine of its pool.
 * @throws NotFoundError, ValidationError (STATUS_GATE) with an issue for each thing that stands against it
 */
export async function setWorkflowStatus(
  deps: Pick<Deps, "db">,
  input: { id: string; status: WorkflowStatus; pool?: string | undefined },
): Promise<Workflow> {
  const pool = input.pool === undefined ? defaultPool : parseInput(poolName, input.pool);
  const workflow = await deps.db.prisma.workflow.findUnique({
    where: { id: input.id },
    include: { currentVersion: true },
  });
  if (!workflow?.currentVersion) throw new NotFoundError("The workflow", ["id"]);
  const { id: versionId, number } = workflow.currentVersion;
  const against: string[] = [];
  if (input.status !== "DRAFT") {
    const passed = await deps.db.prisma.workflowDryRun.count({ where: { versionId, status: "PASSED" } });
    if (passed === 0) against.push(`No dry run of version ${number} has passed.`);
  }
  if (input.status === "PRODUCTION") {
    const machines = await validateVersion(deps, versionId, pool);
    if (machines.length === 0) against.push(`No enabled machine is in the pool "${pool}".`);
    against.push(...machines.flatMap(problemsOf));
  }
  if (against.length > 0) {
    throw new ValidationError(
      against.map((message) => ({ path: ["status"], message })),
      "STATUS_GATE",
    );
  }
  // A version that came in between starts as a draft.
  const [updated] = await deps.db.prisma.workflow.updateManyAndReturn({
    where: { id: input.id, currentVersionId: versionId },
    data: { status: input.status },
  });
  if (!updated) throw ValidationError.at(["status"], "the workflow got a new version at this moment", "STATUS_GATE");
  return updated;
}

function problemsOf({ machine, status, message, issues }: MachineValidation): string[] {
  if (status === "UNREACHABLE") return [message ?? `${machine.name} does not answer.`];
  const shown = issues.slice(0, maxItemsPerMachine).map((issue) => `${machine.name}: ${issue.message}`);
  const rest = issues.length - shown.length;
  return rest > 0 ? [...shown, `${machine.name}: and ${rest} more.`] : shown;
}
