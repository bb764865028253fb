import type { Deps } from "#app/deps.ts";
import {
  diffGraphs,
  diffParameters,
  type NodeChange,
  type ParameterChange,
} from "#domains/workflows/logic/diff-versions.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { readGraph } from "#domains/workflows/workflows.service.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseJson } from "#lib/json.ts";
import type { PromptSlot, WorkflowVersion } from "#platform/db/generated/client.ts";

export interface SlotChange {
  kind: "ADDED" | "REMOVED" | "CHANGED";
  slot: PromptSlot;
  before: SlotState | null;
  after: SlotState | null;
}

interface SlotState {
  defaultText: string | null;
  isLinked: boolean;
}

export interface VersionDiff {
  from: WorkflowVersion;
  to: WorkflowVersion;
  nodes: NodeChange[];
  slots: SlotChange[];
  parameters: ParameterChange[];
}

/** What changed from one version of a workflow to another. @throws NotFoundError, ValidationError */
export async function diffVersions({ db }: Pick<Deps, "db">, fromId: string, toId: string): Promise<VersionDiff> {
  const versions = await db.prisma.workflowVersion.findMany({ where: { id: { in: [fromId, toId] } } });
  const from = versions.find((version) => version.id === fromId);
  const to = versions.find((version) => version.id === toId);
  if (!from) throw new NotFoundError("The workflow version", ["fromId"]);
  if (!to) throw new NotFoundError("The workflow version", ["toId"]);
  if (from.workflowId !== to.workflowId) {
    throw ValidationError.at(["toId"], "the two versions belong to different workflows");
  }
  const [before, after] = [await readGraph({ db }, fromId), await readGraph({ db }, toId)];
  return {
    from,
    to,
    nodes: diffGraphs(before, after),
    slots: await diffSlots({ db }, fromId, toId),
    parameters: diffParameters(parametersOf(from), parametersOf(to)),
  };
}

function parametersOf(version: WorkflowVersion): WorkflowParameter[] {
  return parseJson(version.parameters) as unknown as WorkflowParameter[];
}

async function diffSlots({ db }: Pick<Deps, "db">, fromId: string, toId: string): Promise<SlotChange[]> {
  const texts = await db.prisma.promptSlotText.findMany({
    where: { versionId: { in: [fromId, toId] } },
    include: { slot: true },
    orderBy: [{ slot: { sortOrder: "asc" } }, { slotId: "asc" }],
  });
  const byKey = new Map(texts.map((text) => [`${text.versionId} ${text.slotId}`, text]));
  const slots = new Map(texts.map(({ slot }) => [slot.id, slot]));
  return [...slots.values()].flatMap((slot): SlotChange[] => {
    const find = (versionId: string): SlotState | null => {
      const text = byKey.get(`${versionId} ${slot.id}`);
      return text ? { defaultText: text.defaultText, isLinked: text.isLinked } : null;
    };
    const [before, after] = [find(fromId), find(toId)];
    if (before && after) {
      const isSame = before.defaultText === after.defaultText && before.isLinked === after.isLinked;
      return isSame ? [] : [{ kind: "CHANGED", slot, before, after }];
    }
    return [{ kind: before ? "REMOVED" : "ADDED", slot, before, after }];
  });
}
