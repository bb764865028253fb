import { type ApiGraph, type ApiNode, isLink, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import type { ParameterBinding } from "#domains/workflows/logic/parameter.ts";
import type { NodeOutput, StagePart, StageTemplate } from "#domains/workflows/logic/stages/stage-template.ts";
import type { JsonValue } from "#lib/json.ts";

export type StagedGraph = {
  graph: ApiGraph;
  /** The stages that the graph has now. */
  template: StageTemplate;
  /** Where each clone comes from: clone's id to the id of the node in the last stage of the source. */
  clones: Map<string, string>;
};

/**
 * The graph with so many stages. Fewer than it holds: the last ones go. More: its last stage is cloned, with ids
 * `<id>_stage<n>`, each clone taking from the stage before it. What took from the last stage takes from the new last one.
 * The template must fit the graph, see stageTemplateIssues.
 */
export function buildStages(source: ApiGraph, template: StageTemplate, count: number): StagedGraph {
  const { stages } = template;
  const last = stages.at(-1);
  if (!last || count === stages.length) return { graph: source, template, clones: new Map() };
  const kept = stages.slice(0, count);
  const dropped = new Set(stages.slice(count).flatMap((stage) => stage.nodes));
  const clones = new Map<string, string>();
  const added: ApiGraph = {};
  for (let number = stages.length + 1; number <= count; number++) {
    const previous = kept.at(-1) as StagePart;
    const idOf = cloneIds(source, last, number);
    for (const [id, clone] of idOf) {
      clones.set(clone, id);
      added[clone] = cloneNode(nodeOf(source, id) as ApiNode, id, idOf, last, previous);
    }
    kept.push(renamed(last, idOf));
  }
  const end = endOf(last, kept.at(-1) as StagePart);
  const inside = new Set(stages.flatMap((stage) => stage.nodes));
  const rest = Object.entries(source).filter(([id]) => !dropped.has(id));
  const graph: ApiGraph = Object.fromEntries(
    rest.map(([id, node]) => [id, inside.has(id) ? node : withLinks(node, end)]),
  );
  return { graph: { ...graph, ...added }, template: { ...template, stages: kept }, clones };
}

/** Free ids for the nodes of one clone. */
function cloneIds(source: ApiGraph, stage: StagePart, number: number): Map<string, string> {
  return new Map(
    stage.nodes.map((id) => {
      let clone = `${id}_stage${number}`;
      while (nodeOf(source, clone)) clone += "_";
      return [id, clone];
    }),
  );
}

/** Wires within the stage stay within the clone, inlets take from the stage before, all others are shared. */
function cloneNode(
  node: ApiNode,
  id: string,
  idOf: ReadonlyMap<string, string>,
  stage: StagePart,
  previous: StagePart,
): ApiNode {
  const inputs = Object.entries(node.inputs).map(([inputName, value]): [string, JsonValue] => {
    const inlet = stage.inlets.find((each) => each.nodeId === id && each.inputName === inputName);
    const from = inlet && previous.outlets.find((outlet) => outlet.port === inlet.port);
    if (from) return [inputName, [from.nodeId, from.output]];
    const own = isLink(value) ? idOf.get(value[0]) : undefined;
    return [inputName, isLink(value) && own !== undefined ? [own, value[1]] : value];
  });
  // An input of the first stage that only clones take over a wire, such as an optional start image.
  for (const { nodeId, inputName, port } of stage.inlets) {
    const from = previous.outlets.find((outlet) => outlet.port === port);
    if (nodeId === id && from && !Object.hasOwn(node.inputs, inputName)) {
      inputs.push([inputName, [from.nodeId, from.output]]);
    }
  }
  return { ...node, inputs: Object.fromEntries(inputs) };
}

function renamed(stage: StagePart, idOf: ReadonlyMap<string, string>): StagePart {
  const rename = <T extends { nodeId: string }>(place: T): T => ({
    ...place,
    nodeId: idOf.get(place.nodeId) as string,
  });
  return {
    nodes: stage.nodes.map((id) => idOf.get(id) as string),
    inlets: stage.inlets.map(rename),
    outlets: stage.outlets.map(rename),
    prompts: stage.prompts.map((prompt): ParameterBinding => rename(prompt)),
    seeds: stage.seeds.map((seed): ParameterBinding => rename(seed)),
  };
}

/** Outputs of the old last stage, and those of the new one that take their place. */
function endOf(before: StagePart, after: StagePart): Map<string, NodeOutput> {
  return new Map(
    before.outlets.flatMap(({ port, ...from }) => {
      const to = after.outlets.find((outlet) => outlet.port === port);
      return to ? [[outputKey(from.nodeId, from.output), to]] : [];
    }),
  );
}

function withLinks(node: ApiNode, end: ReadonlyMap<string, NodeOutput>): ApiNode {
  const inputs = Object.entries(node.inputs).map(([name, value]): [string, JsonValue] => {
    const to = isLink(value) ? end.get(outputKey(...value)) : undefined;
    return [name, to ? [to.nodeId, to.output] : value];
  });
  const isSame = inputs.every(([name, value]) => value === node.inputs[name]);
  return isSame ? node : { ...node, inputs: Object.fromEntries(inputs) };
}

const outputKey = (nodeId: string, output: number): string => JSON.stringify([nodeId, output]);
