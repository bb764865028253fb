import type { Deps } from "#app/deps.ts";
import { type ApiGraph, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import { type FieldIssue, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseJson } from "#lib/json.ts";
import type { Workflow } from "#platform/db/generated/client.ts";
import type { ArtifactKind } from "#platform/db/generated/enums.ts";

export interface OutputKind {
  nodeId: string;
  kind: ArtifactKind;
}

/**
 * Says what the files of a workflow's output nodes are, in place of what was said before; nodes left out are told by class
 * and title. @throws NotFoundError, ValidationError for nodes that the current version does not have, or named twice
 */
export async function setOutputKinds(
  { db }: Pick<Deps, "db">,
  workflowId: string,
  kinds: readonly OutputKind[],
): Promise<Workflow> {
  const workflow = await db.prisma.workflow.findUnique({
    where: { id: workflowId },
    include: { currentVersion: { include: { graph: true } } },
  });
  if (!workflow) throw new NotFoundError("The workflow", ["workflowId"]);
  const graph = parseJson(workflow.currentVersion?.graph?.json ?? "{}") as unknown as ApiGraph;
  const issues = kinds.flatMap(({ nodeId }, index): FieldIssue[] => {
    const path = ["kinds", String(index), "nodeId"];
    if (!nodeOf(graph, nodeId)) return [{ path, message: `the workflow has no node ${nodeId.slice(0, 80)}` }];
    const first = kinds.findIndex((each) => each.nodeId === nodeId);
    return first < index ? [{ path, message: `node ${nodeId} is named twice` }] : [];
  });
  if (issues.length > 0) throw new ValidationError(issues);
  await db.prisma.$transaction([
    db.prisma.workflowOutputKind.deleteMany({ where: { workflowId } }),
    db.prisma.workflowOutputKind.createMany({ data: kinds.map(({ nodeId, kind }) => ({ workflowId, nodeId, kind })) }),
  ]);
  return workflow;
}
