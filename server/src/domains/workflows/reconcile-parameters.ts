import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { applyEdits, type OrphanedParameter, type ParameterEdit } from "#domains/workflows/logic/parameter-edits.ts";
import { parseJson, stringifyJson } from "#lib/json.ts";
import type { PrismaTx } from "#platform/db/client.ts";

/**
 * Lays what people changed over the parameters of the current version and stores the outcome.
 * @param edits those there are, unless given
 */
export async function reconcileParameters(
  tx: PrismaTx,
  workflowId: string,
  version: { parameters: string; graph: ApiGraph },
  edits?: ParameterEdit[],
): Promise<{ parameters: WorkflowParameter[]; orphaned: OrphanedParameter[] }> {
  // Who edits at the same moment waits, and finds the new version.
  await tx.$executeRaw`SELECT 1 FROM workflow WHERE id = ${workflowId}::uuid FOR UPDATE`;
  const all = edits ?? (await readEdits(tx, workflowId));
  const found = parseJson(version.parameters) as unknown as WorkflowParameter[];
  const { parameters, orphaned } = applyEdits(found, all, version.graph);
  const data = { edits: stringifyJson(all), effective: stringifyJson(parameters) };
  await tx.workflowParameters.upsert({ where: { workflowId }, create: { workflowId, ...data }, update: data });
  return { parameters, orphaned };
}

export async function readEdits(tx: PrismaTx, workflowId: string): Promise<ParameterEdit[]> {
  const row = await tx.workflowParameters.findUnique({ where: { workflowId }, select: { edits: true } });
  return row ? (parseJson(row.edits) as unknown as ParameterEdit[]) : [];
}
