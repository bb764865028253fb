import type { Deps } from "#app/deps.ts";
import { currentDefinitions } from "#domains/machines/node-definitions.service.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { type GraphIssue, validateGraph } from "#domains/workflows/logic/validate-graph.ts";
import { readGraph } from "#domains/workflows/workflows.service.ts";
import { NotFoundError, UnavailableError, ValidationError } from "#lib/domain-error.ts";
import type { Machine, WorkflowVersion } from "#platform/db/generated/client.ts";

export interface MachineValidation {
  machine: Machine;
  status: "PASSED" | "FAILED" | "UNREACHABLE";
  /** Why the machine could not be asked. */
  message: string | null;
  issues: GraphIssue[];
  graph: ApiGraph;
}

/** The version that is meant: the given one, else the workflow's current one. @throws NotFoundError, ValidationError */
export async function findVersion(
  { db }: Pick<Deps, "db">,
  { workflowId, versionId }: { workflowId?: string | undefined; versionId?: string | undefined },
): Promise<WorkflowVersion> {
  if (versionId !== undefined) {
    const version = await db.prisma.workflowVersion.findUnique({ where: { id: versionId } });
    if (!version) throw new NotFoundError("The workflow version", ["versionId"]);
    if (workflowId !== undefined && version.workflowId !== workflowId) {
      throw ValidationError.at(["versionId"], "this version belongs to another workflow");
    }
    return version;
  }
  if (workflowId === undefined) throw ValidationError.at(["workflowId"], "give a workflowId or a versionId");
  const workflow = await db.prisma.workflow.findUnique({
    where: { id: workflowId },
    include: { currentVersion: true },
  });
  if (!workflow?.currentVersion) throw new NotFoundError("The workflow", ["workflowId"]);
  return workflow.currentVersion;
}

/**
 * Checks a version against every enabled machine (of a pool), each by what it says at this moment. Machines by name;
 * none when the pool has none.
 */
export async function validateVersion(
  deps: Pick<Deps, "db">,
  versionId: string,
  pool: string | undefined,
): Promise<MachineValidation[]> {
  const graph = await readGraph(deps, versionId);
  const machines = await deps.db.prisma.machine.findMany({
    where: { isEnabled: true, ...(pool === undefined ? {} : { pools: { has: pool } }) },
    orderBy: { name: "asc" },
  });
  return Promise.all(machines.map((machine) => validateOn(deps, graph, machine)));
}

async function validateOn(deps: Pick<Deps, "db">, graph: ApiGraph, machine: Machine): Promise<MachineValidation> {
  try {
    const definitions = await currentDefinitions(deps, machine, []);
    const issues = validateGraph(graph, definitions);
    return { machine, status: issues.length === 0 ? "PASSED" : "FAILED", message: null, issues, graph };
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    return { machine, status: "UNREACHABLE", message: error.message, issues: [], graph };
  }
}
