import type { Deps } from "#app/deps.ts";
import type { Resolution } from "#domains/presets/logic/resolutions.ts";
import { sizesOfGraph } from "#domains/queue/logic/build/resolution.ts";
import type { PictureBlocker } from "#domains/stories/pictures/picture-blocker.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { makesVideo } from "#domains/workflows/logic/media-nodes.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { parseJson } from "#lib/json.ts";
import type { PromptSlot } from "#platform/db/generated/client.ts";

/** A workflow as pictures of assets need it. */
export interface AssetWorkflow {
  id: string;
  versionId: string;
  /** Addresses of the prompts that take a text, for `params`. */
  positive: string[];
  negative: string[];
  /** The size that it makes by itself; null where it has none to set. */
  size: Resolution | null;
  /** Why it can't make pictures of assets. */
  problem: PictureBlocker | null;
}

/** The current version of a workflow; null when there is no such workflow. */
export async function loadAssetWorkflow({ db }: Pick<Deps, "db">, id: string): Promise<AssetWorkflow | null> {
  const workflow = await db.prisma.workflow.findUnique({
    where: { id },
    include: {
      parameters: { select: { effective: true } },
      currentVersion: { include: { graph: true, slots: { include: { slot: true } } } },
    },
  });
  const version = workflow?.currentVersion;
  if (!version) return null;
  const graph = parseJson(version.graph?.json ?? "{}") as unknown as ApiGraph;
  const addresses = addressesOf(version.slots.map(({ slot }) => slot));
  const parameters = parseJson(workflow.parameters?.effective ?? version.parameters) as unknown as WorkflowParameter[];
  return {
    id,
    versionId: version.id,
    ...addresses,
    size: ownSize(graph, parameters),
    problem: problemOf(workflow, graph, addresses.positive),
  };
}

/** The prompts that people may edit, as `params` addresses them. */
export function addressesOf(slots: readonly PromptSlot[]): Pick<AssetWorkflow, "positive" | "negative"> {
  const ofType = (type: PromptSlot["slotType"]): string[] =>
    slots
      .filter(({ slotType, isUserEditable }) => slotType === type && isUserEditable)
      .toSorted((a, b) => a.sortOrder - b.sortOrder)
      .map(({ nodeId, inputName }) => `${nodeId}.${inputName}`);
  return { positive: ofType("POSITIVE"), negative: ofType("NEGATIVE") };
}

/** The largest pair of sides that the graph has, with defaults that people put in their place. */
function ownSize(graph: ApiGraph, parameters: readonly WorkflowParameter[]): Resolution | null {
  const [largest] = sizesOfGraph(graph)
    .map(({ nodeId, names, width, height }) => {
      const edited = (inputName: string): number | undefined => {
        const parameter = parameters.find(
          ({ isDefaultEdited, bindings }) =>
            isDefaultEdited && bindings.some((each) => each.nodeId === nodeId && each.inputName === inputName),
        );
        return typeof parameter?.default === "number" && parameter.default > 0 ? parameter.default : undefined;
      };
      return { width: edited(names[0]) ?? width, height: edited(names[1]) ?? height };
    })
    .toSorted((a, b) => b.width * b.height - a.width * a.height);
  return largest ?? null;
}

function problemOf(
  { name, inputKind }: { name: string; inputKind: string },
  graph: ApiGraph,
  positive: readonly string[],
): PictureBlocker | null {
  const blocker = (code: string, message: string, remedy: string): PictureBlocker => ({
    code,
    message,
    remedy,
    sceneAssetIds: [],
  });
  if (inputKind !== "NONE")
    return blocker(
      "ASSET_WORKFLOW_NEEDS_INPUT",
      `"${name}" starts from a file, and the pictures of assets start from text alone`,
      "Choose a text-to-image workflow as the project's asset workflow.",
    );
  if (Object.values(graph).some(makesVideo))
    return blocker(
      "ASSET_WORKFLOW_MAKES_VIDEO",
      `"${name}" makes clips, not pictures`,
      "Choose a text-to-image workflow as the project's asset workflow.",
    );
  if (positive.length === 0)
    return blocker(
      "NO_PROMPT_SLOT",
      `"${name}" has no positive prompt that can be edited, so nothing could tell it what to show`,
      "Let one of its positive prompts be edited in the workflow's settings, or choose another asset workflow.",
    );
  return null;
}
