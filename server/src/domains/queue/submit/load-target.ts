import type { Deps } from "#app/deps.ts";
import type { AddressableSlot } from "#domains/queue/logic/build/slot-addresses.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseJson } from "#lib/json.ts";
import type { InputKind } from "#platform/db/generated/enums.ts";

export type TargetSlot = AddressableSlot & {
  defaultText: string | null;
  isLinked: boolean;
};

/** The workflow version that is submitted, with all that planning needs. */
export interface SubmitTarget {
  workflowId: string;
  workflowName: string;
  inputKind: InputKind;
  versionId: string;
  graph: ApiGraph;
  parameters: WorkflowParameter[];
  slots: TargetSlot[];
}

/** @throws NotFoundError, ValidationError when the version is another workflow's */
export async function loadTarget({ db }: Pick<Deps, "db">, workflowId: string, versionId: string | undefined): Promise<SubmitTarget> {
  const workflow = await db.prisma.workflow.findUnique({ where: { id: workflowId } });
  if (!workflow) throw new NotFoundError("The workflow", ["workflowId"]);
  const id = versionId ?? workflow.currentVersionId;
  const version = id === null ? null : await db.prisma.workflowVersion.findUnique({
    where: { id },
    include: { graph: true, slots: { include: { slot: true }, orderBy: [{ slot: { sortOrder: "asc" } }, { slotId: "asc" }] } },
  });
  if (!version?.graph) throw new NotFoundError("The workflow version", ["workflowVersionId"]);
  if (version.workflowId !== workflow.id) {
    throw ValidationError.at(["workflowVersionId"], "this version belongs to another workflow");
  }
  return {
    workflowId: workflow.id,
    workflowName: workflow.name,
    inputKind: workflow.inputKind,
    versionId: version.id,
    graph: parseJson(version.graph.json) as unknown as ApiGraph,
    parameters: parseJson(version.parameters) as unknown as WorkflowParameter[],
    slots: version.slots.map(({ slot, defaultText, isLinked }) => ({
      id: slot.id,
      nodeId: slot.nodeId,
      inputName: slot.inputName,
      slotType: slot.slotType,
      label: slot.label,
      sortOrder: slot.sortOrder,
      isUserEditable: slot.isUserEditable,
      defaultText: slot.editedDefaultText ?? defaultText,
      isLinked,
    })),
  };
}
