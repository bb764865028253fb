import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import type { ParameterBinding, WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import type { RunRecipe } from "#domains/workflows/logic/recipe.ts";
import type { DetectedSlot } from "#domains/workflows/logic/slots.ts";
import { stageClips } from "#domains/workflows/logic/stages/stage-clips.ts";
import { buildStages } from "#domains/workflows/logic/stages/build-stages.ts";

type StageSlot = Pick<DetectedSlot, "nodeId" | "inputName" | "label" | "slotType" | "sortOrder"> & { id: string };

/** A version as far as the number of its stages changes it. */
export type Staged<Slot extends StageSlot> = {
  graph: ApiGraph;
  parameters: WorkflowParameter[];
  recipe: RunRecipe;
  slots: Slot[];
};

/**
 * The same version with so many stages: graph, and everything that names its nodes. A parameter goes for the clones of
 * its nodes too; a prompt of a stage is each stage's own, and starts with the text of the one that it was cloned from.
 * The recipe must have a stage template.
 */
export function withStages<Slot extends StageSlot>(source: Staged<Slot>, count: number): Staged<Slot> {
  const { recipe } = source;
  const { stageTemplate } = recipe;
  if (!stageTemplate || count === stageTemplate.stages.length) return source;
  const { graph, template, clones } = buildStages(source.graph, stageTemplate, count);
  const clonesOf = new Map<string, string[]>();
  for (const [clone, origin] of clones) clonesOf.set(origin, [...(clonesOf.get(origin) ?? []), clone]);
  const follow = <T extends { nodeId: string }>(place: T): T[] =>
    [place.nodeId, ...(clonesOf.get(place.nodeId) ?? [])]
      .filter((id) => Object.hasOwn(graph, id))
      .map((nodeId) => ({ ...place, nodeId }));
  const followIds = (ids: string[]): string[] =>
    ids.flatMap((nodeId) => follow({ nodeId }).map((place) => place.nodeId));

  const own = new Set(stageTemplate.stages.flatMap((stage) => stage.prompts.map(inputKey)));
  const slots = source.slots.flatMap((slot) => cloneSlot(slot, follow(slot), stageTemplate.stages.length, clones));
  return {
    graph,
    slots,
    parameters: source.parameters.flatMap((parameter): WorkflowParameter[] => {
      if (parameter.bindings.length === 0) return [parameter];
      const isOneStage =
        own.has(inputKey(parameter.bindings[0] as ParameterBinding)) && parameter.bindings.length === 1;
      const bindings = isOneStage
        ? parameter.bindings.filter(({ nodeId }) => Object.hasOwn(graph, nodeId))
        : parameter.bindings.flatMap(follow);
      return bindings.length > 0 ? [{ ...parameter, bindings }] : [];
    }),
    recipe: {
      ...recipe,
      input: recipe.input?.flatMap(follow) ?? null,
      outputPrefix: recipe.outputPrefix?.flatMap(follow) ?? null,
      seed: recipe.seed?.flatMap(follow) ?? null,
      loraGroups: recipe.loraGroups.map((group) => ({ ...group, nodes: group.nodes.flatMap(follow) })),
      switches: recipe.switches.map(({ key, states }) => ({
        key,
        states: states.map((state) => ({
          ...state,
          set: state.set.flatMap(follow),
          bypass: state.bypass.flatMap(follow),
          mute: followIds(state.mute),
        })),
      })),
      stageTemplate: template,
      clips: stageClips(template, slots) ?? recipe.clips,
    },
  };
}

/** The slot where it is, and one for each clone of its node: "Positive Prompt 2" gives "Positive Prompt 2 · stage 3". */
function cloneSlot<Slot extends StageSlot>(
  slot: Slot,
  places: Slot[],
  stageCount: number,
  clones: ReadonlyMap<string, string>,
): Slot[] {
  let stage = stageCount;
  return places.map((place) => {
    if (!clones.has(place.nodeId)) return slot;
    stage += 1;
    return {
      ...place,
      id: `${slot.id}/${stage}`,
      label: `${slot.label} · stage ${stage}`,
      // After all that are there, stage by stage.
      sortOrder: slot.sortOrder + (stage - stageCount) * 100_000,
    };
  });
}

const inputKey = ({ nodeId, inputName }: ParameterBinding): string => JSON.stringify([nodeId, inputName]);
