import type { RawDefinition, RawStage } from "#domains/workflows/logic/definition/definition-schema.ts";
import { bindingsOf, type DefinitionContext, note } from "#domains/workflows/logic/definition/places.ts";
import { stageTemplateIssues } from "#domains/workflows/logic/stages/check-stage-template.ts";
import type { StagePart, StageTemplate } from "#domains/workflows/logic/stages/stage-template.ts";

const promptFields = ["text", "positive_prompt", "prompt", "value", "string"];

/** The stage template of a definition, checked against the graph. */
export function readStageTemplate(
  context: DefinitionContext,
  raw: RawDefinition["stage_template"],
): StageTemplate | null {
  if (!raw) return null;
  const before = context.issues.length;
  const stages = raw.stages.map((stage, index) =>
    readStage(context, stage, ["stage_template", "stages", String(index)]),
  );
  const template: StageTemplate = { stages, seedStep: raw.seed_mode === "increment" ? 1 : 0 };
  if (context.issues.length > before) return null;
  for (const { path, message } of stageTemplateIssues(context.graph, template)) {
    note(context, ["stage_template", ...(path.length > 0 ? ["stages", ...path] : [])], `stage_template: ${message}`);
  }
  return template;
}

function readStage(context: DefinitionContext, raw: RawStage, path: string[]): StagePart {
  const inputs = (places: RawStage["prompt"], usual: string[], name: string) =>
    places ? bindingsOf(context, places, usual, [...path, name]) : [];
  return {
    nodes: raw.nodes,
    inlets: Object.entries(raw.in).flatMap(([port, places]) =>
      inputs(places, [port], "in").map((binding) => ({ ...binding, port })),
    ),
    outlets: Object.entries(raw.out).map(([port, { node, output }]) => ({ nodeId: node, output, port })),
    prompts: [
      ...inputs(raw.prompt, promptFields, "prompt"),
      ...inputs(raw.negative, ["text", "negative_prompt"], "negative"),
    ],
    seeds: inputs(raw.seed, ["seed", "noise_seed"], "seed"),
  };
}
