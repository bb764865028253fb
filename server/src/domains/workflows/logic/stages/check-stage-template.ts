import { type ApiGraph, inputOf, isLink, linksOf, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import { buildStages } from "#domains/workflows/logic/stages/build-stages.ts";
import type { StagePart, StageTemplate } from "#domains/workflows/logic/stages/stage-template.ts";
import { findCycle } from "#domains/workflows/logic/topological-order.ts";
import type { SourceIssue } from "#domains/workflows/logic/workflow-source-error.ts";

/** Why stages can't be built with the template on this graph: paths begin with the position of the stage. */
export function stageTemplateIssues(graph: ApiGraph, template: StageTemplate): SourceIssue[] {
  const { stages } = template;
  const missing = stages.flatMap((stage, index) => missingPlaces(graph, stage, index));
  if (stages.length === 0) return [{ path: [], message: "A stage template describes at least one stage." }];
  if (missing.length > 0) return missing;
  const issues = [
    ...sharedNodes(stages),
    ...stages.flatMap((stage, index) => portIssues(stage, stages, index)),
    ...stages.flatMap((_, index) => wiringIssues(graph, stages, index)),
    ...openWires(graph, stages),
  ];
  return issues.length > 0 ? issues : trialIssues(graph, template);
}

function missingPlaces(graph: ApiGraph, stage: StagePart, index: number): SourceIssue[] {
  const at = (...path: string[]) => [String(index), ...path];
  const issues: SourceIssue[] = [];
  if (stage.nodes.length === 0) issues.push({ path: at("nodes"), message: `Stage ${index + 1} has no nodes.` });
  for (const id of stage.nodes) {
    if (!nodeOf(graph, id)) issues.push({ path: at("nodes"), message: `Stage ${index + 1}: there is no node ${id}.` });
  }
  const places = [
    ...stage.inlets.map((place) => ["inlets", place.nodeId] as const),
    ...stage.outlets.map((place) => ["outlets", place.nodeId] as const),
    ...stage.prompts.map((place) => ["prompts", place.nodeId] as const),
    ...stage.seeds.map((place) => ["seeds", place.nodeId] as const),
  ];
  for (const [what, nodeId] of places) {
    if (!stage.nodes.includes(nodeId)) {
      issues.push({
        path: at(what),
        message: `Stage ${index + 1}: node ${nodeId} under ${what} is not one of the stage's nodes.`,
      });
    }
  }
  for (const [what, places] of [["prompts", stage.prompts] as const, ["seeds", stage.seeds] as const]) {
    for (const { nodeId, inputName } of places) {
      const node = nodeOf(graph, nodeId);
      if (node && inputOf(node, inputName) === undefined)
        issues.push({ path: at(what), message: `Stage ${index + 1}: node ${nodeId} has no input ${inputName}.` });
    }
  }
  return issues;
}

function sharedNodes(stages: readonly StagePart[]): SourceIssue[] {
  const owner = new Map<string, number>();
  return stages.flatMap((stage, index) =>
    stage.nodes.flatMap((id) => {
      const other = owner.get(id);
      owner.set(id, index);
      if (other === undefined) return [];
      return [
        { path: [String(index), "nodes"], message: `Node ${id} is in stage ${other + 1} and stage ${index + 1}.` },
      ];
    }),
  );
}

/** Every inlet needs its outlet on the stage before; the end needs the same outlets on every stage. */
function portIssues(stage: StagePart, stages: readonly StagePart[], index: number): SourceIssue[] {
  const issues: SourceIssue[] = [];
  const isLast = index === stages.length - 1;
  const twice = stage.outlets.find(({ port }, at) => stage.outlets.findIndex((each) => each.port === port) !== at);
  if (twice) {
    issues.push({
      path: [String(index), "outlets"],
      message: `Stage ${index + 1} has two outlets "${twice.port}": give each output a name of its own.`,
    });
  }
  if ((isLast || index > 0) && stage.inlets.length === 0) {
    issues.push({
      path: [String(index), "inlets"],
      message: `Stage ${index + 1} takes nothing from the one before it: name the inputs that do under inlets.`,
    });
  }
  const before = index > 0 ? stages[index - 1] : isLast ? stage : undefined;
  for (const { port } of before ? stage.inlets : []) {
    if (before?.outlets.some((outlet) => outlet.port === port)) continue;
    issues.push({
      path: [String(index), "inlets"],
      message: `Stage ${index + 1} takes "${port}" from the stage before it, which has no outlet of this name.`,
    });
  }
  // Clones of the last stage follow one another.
  if (isLast && index > 0) {
    for (const { port } of stage.inlets) {
      if (stage.outlets.some((outlet) => outlet.port === port)) continue;
      issues.push({
        path: [String(index), "outlets"],
        message: `Stage ${index + 1} is the one that further stages are cloned from and needs an outlet "${port}".`,
      });
    }
  }
  const last = stages.at(-1);
  for (const { port } of isLast ? [] : (last?.outlets ?? [])) {
    if (stage.outlets.some((outlet) => outlet.port === port)) continue;
    issues.push({
      path: [String(index), "outlets"],
      message: `Stage ${index + 1} has no outlet "${port}", which the last stage has: a job may end with any stage.`,
    });
  }
  return issues;
}

/** The stages of the graph are wired as clones would be. */
function wiringIssues(graph: ApiGraph, stages: readonly StagePart[], index: number): SourceIssue[] {
  const [stage, before] = [stages[index], stages[index - 1]];
  if (!stage || !before) return [];
  return stage.inlets.flatMap(({ nodeId, inputName, port }) => {
    const from = before.outlets.find((outlet) => outlet.port === port);
    const node = nodeOf(graph, nodeId);
    const value = node && inputOf(node, inputName);
    if (!from || (isLink(value) && value[0] === from.nodeId && value[1] === from.output)) return [];
    return [
      {
        path: [String(index), "inlets"],
        message: `Stage ${index + 1}: input ${inputName} of node ${nodeId} is not linked to output ${from.output} of node ${from.nodeId}, as "${port}" says.`,
      },
    ];
  });
}

/** Wires out of a stage must have a name, or nobody could say where they go with another number of stages. */
function openWires(graph: ApiGraph, stages: readonly StagePart[]): SourceIssue[] {
  const stageOf = new Map(stages.flatMap((stage, index) => stage.nodes.map((id) => [id, index] as const)));
  return linksOf(graph).flatMap((link) => {
    const from = stageOf.get(link.fromId);
    const to = stageOf.get(link.toId);
    if (from === undefined || from === to) return [];
    const wire = `Output ${link.fromSlot} of node ${link.fromId} in stage ${from + 1} feeds ${link.inputName} of node ${link.toId}`;
    const at = (what: string, message: string) => [{ path: [String(from), what], message }];
    const outlet = stages[from]?.outlets.find((each) => each.nodeId === link.fromId && each.output === link.fromSlot);
    if (!outlet) return at("outlets", `${wire}: name it under outlets, or take that node into the stage.`);
    if (to !== undefined) {
      const isInlet = stages[to]?.inlets.some((each) => each.nodeId === link.toId && each.inputName === link.inputName);
      return to === from + 1 && isInlet
        ? []
        : at("outlets", `${wire} in stage ${to + 1}: only inlets of the next stage may.`);
    }
    if (from === stages.length - 1) return [];
    // The first stage is always there.
    return from === 0 ? [] : at("outlets", `${wire}, outside of all stages: take that node into the stage.`);
  });
}

/** The last doubt: what one stage, and one more than there are, look like. */
function trialIssues(graph: ApiGraph, template: StageTemplate): SourceIssue[] {
  return [1, template.stages.length + 1].flatMap((count) => {
    const built = buildStages(graph, template, count).graph;
    const loose = linksOf(built).find((link) => !nodeOf(built, link.fromId));
    if (loose) {
      return [
        {
          path: [],
          message: `With ${count} stages, ${loose.inputName} of node ${loose.toId} would be fed by node ${loose.fromId}, which is gone.`,
        },
      ];
    }
    const cycle = findCycle(built);
    return cycle
      ? [{ path: [], message: `With ${count} stages these nodes feed each other: ${cycle.join(" → ")}.` }]
      : [];
  });
}
