import { type ApiGraph, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import { detectClips } from "#domains/workflows/logic/clips.ts";
import { declaredParameters } from "#domains/workflows/logic/definition/declared-parameters.ts";
import type { RawDefinition } from "#domains/workflows/logic/definition/definition-schema.ts";
import { readFileBindings } from "#domains/workflows/logic/definition/file-bindings.ts";
import { readLoraGroups } from "#domains/workflows/logic/definition/lora-groups.ts";
import { mergeParameters } from "#domains/workflows/logic/definition/merge-parameters.ts";
import { type DefinitionContext, note } from "#domains/workflows/logic/definition/places.ts";
import { readStageTemplate } from "#domains/workflows/logic/definition/stage-template.ts";
import { readSwitchStates } from "#domains/workflows/logic/definition/switch-states.ts";
import type { WorkflowInputKind } from "#domains/workflows/logic/input-kind.ts";
import { discoverLoraFlags, withLoraFlags } from "#domains/workflows/logic/lora-flags.ts";
import type { NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import type { ParameterBinding, WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { discoverParameters } from "#domains/workflows/logic/parameters.ts";
import { emptyRecipe, type RunRecipe } from "#domains/workflows/logic/recipe.ts";
import { type DetectedSlot, detectSlots } from "#domains/workflows/logic/slots.ts";
import { stageClips } from "#domains/workflows/logic/stages/stage-clips.ts";
import type { StageTemplate } from "#domains/workflows/logic/stages/stage-template.ts";
import { readTiming } from "#domains/workflows/logic/timing.ts";
import { type SourceIssue, WorkflowSourceError } from "#domains/workflows/logic/workflow-source-error.ts";
import { type JsonValue, parseJson, stringifyJson } from "#lib/json.ts";

/** All that an import stores of a workflow's content. */
export type WorkflowContent = {
  graph: ApiGraph;
  slots: DetectedSlot[];
  parameters: WorkflowParameter[];
  recipe: RunRecipe;
  /** As the definition says, or null: to be guessed. */
  inputKind: WorkflowInputKind | null;
};

/** What is to be found in a graph without a definition. */
export function contentOfGraph(graph: ApiGraph, definitions: NodeDefinitions | undefined): WorkflowContent {
  const slots = detectSlots(graph, definitions);
  const { loraGroups, flags } = discoverLoraFlags(graph, definitions);
  return {
    graph,
    slots,
    parameters: withLoraFlags(discoverParameters(graph, definitions, slots), loraGroups, flags),
    recipe: { ...emptyRecipe, loraGroups, clips: detectClips(graph, slots), timing: readTiming(graph) },
    inputKind: null,
  };
}

/**
 * The content that a definition makes of its template: declared defaults are written into the graph, declared parameters
 * win over those that the graph shows.
 * @throws WorkflowSourceError with every binding that leads nowhere
 */
export function applyDefinition(
  template: ApiGraph,
  raw: RawDefinition,
  definitions: NodeDefinitions | undefined,
  placeOf: (path: readonly PropertyKey[]) => string,
): WorkflowContent & { warnings: string[] } {
  const context: DefinitionContext = { graph: template, definitions, issues: [], warnings: [] };
  const declared = declaredParameters(context, raw.parameters);
  const files = readFileBindings(context, raw, declared);
  const loras = readLoraGroups(context, raw.lora_groups, declared);
  const switches = readSwitchStates(context, raw.switch_states);
  const stageTemplate = readStageTemplate(context, raw.stage_template);
  const made = [...files.parameters, ...loras.parameters, ...switches.parameters];
  checkKeys(
    context,
    declared,
    made,
    loras.loraGroups.map(({ flag }) => flag),
  );
  if (context.issues.length > 0) throw new WorkflowSourceError(located(context.issues, placeOf));

  const graph = withDefaults(template, declared);
  const slots = detectSlots(graph, definitions);
  // As the template has them: inputs that were equal there are one parameter, whatever was declared beside.
  const discovered = raw.discover ? discoverParameters(template, definitions, slots) : [];
  const found = raw.discover ? discoverLoraFlags(graph, definitions, loras.loraGroups) : { loraGroups: [], flags: [] };
  const loraGroups = [...loras.loraGroups, ...found.loraGroups];
  const own = [...made.filter(({ bindings }) => !isDeclared(declared, bindings)), ...declared];
  return {
    graph,
    slots,
    parameters: mergeParameters(own, withLoraFlags(discovered, loraGroups, found.flags)),
    recipe: {
      input: files.input,
      outputPrefix: files.outputPrefix,
      seed: files.seed,
      loraGroups,
      switches: switches.switches,
      stageTemplate,
      clips: clipsOf(graph, slots, declared, stageTemplate),
      inputExtensions: raw.input_extensions?.length ? raw.input_extensions : null,
      moveProcessed: raw.move_processed,
      timing: readTiming(graph),
      importedHash: null,
    },
    inputKind: files.inputKind,
    warnings: context.warnings,
  };
}

/** A parameter without inputs must switch something, and two things can't have one key. */
function checkKeys(
  context: DefinitionContext,
  declared: readonly WorkflowParameter[],
  made: readonly WorkflowParameter[],
  flags: readonly string[],
): void {
  const keys = new Set<string>();
  for (const { key, bindings } of declared) {
    keys.add(key);
    const isMistaken = context.issues.some(({ path }) => path[0] === "parameters");
    if (bindings.length === 0 && !flags.includes(key) && !isMistaken) {
      note(context, ["parameters", key], `parameters.${key}: name the nodes and the field that it goes to.`);
    }
  }
  for (const { key } of made) {
    if (keys.has(key))
      note(context, ["parameters", key], `The key ${key} is there twice: a switch or binding has it too.`);
    keys.add(key);
  }
  for (const { key, ui } of declared) {
    if (ui.visibleWhen && !keys.has(ui.visibleWhen.key)) {
      context.warnings.push(
        `${key} is shown depending on ${ui.visibleWhen.key}, which the definition does not declare.`,
      );
    }
  }
}

const located = (issues: SourceIssue[], placeOf: (path: readonly PropertyKey[]) => string): SourceIssue[] =>
  issues
    .slice(0, 50)
    .map(({ path, message }) => ({ path, message: `${message.replace(/\.$/, "")} (${placeOf(path)}).` }));

/** Writes declared defaults where they go, so that graph, slots and parameters tell one story. */
function withDefaults(graph: ApiGraph, declared: readonly WorkflowParameter[]): ApiGraph {
  const edited: ApiGraph = { ...graph };
  for (const { default: value, bindings, type } of declared) {
    if (value === null || type === "IMAGE" || type === "VIDEO" || type === "AUDIO") continue;
    for (const { nodeId, inputName } of bindings) {
      const node = nodeOf(edited, nodeId);
      if (node) edited[nodeId] = { ...node, inputs: { ...node.inputs, [inputName]: value } };
    }
  }
  return edited;
}

function isDeclared(declared: readonly WorkflowParameter[], bindings: readonly ParameterBinding[]): boolean {
  const taken = new Set(declared.flatMap((parameter) => parameter.bindings.map(bindingKey)));
  return bindings.length > 0 && bindings.every((binding) => taken.has(bindingKey(binding)));
}

/** By the stage template, by parameters called positive_prompt_stageN, or as the graph is wired. */
function clipsOf(
  graph: ApiGraph,
  slots: readonly DetectedSlot[],
  declared: readonly WorkflowParameter[],
  template: StageTemplate | null,
): ParameterBinding[] | null {
  const positives = new Set(slots.filter(({ slotType }) => slotType === "POSITIVE").map(bindingKey));
  if (template) return stageClips(template, slots);
  const numbered = declared
    .flatMap(({ key, bindings }) => {
      const stage = /^positive_prompt_stage(\d+)$/.exec(key)?.[1];
      const binding = bindings.find((each) => positives.has(bindingKey(each)));
      return stage !== undefined && binding ? [{ stage: Number(stage), binding }] : [];
    })
    .toSorted((a, b) => a.stage - b.stage);
  return numbered.length > 0 ? numbered.map(({ binding }) => binding) : detectClips(graph, slots);
}

const bindingKey = ({ nodeId, inputName }: ParameterBinding): string => JSON.stringify([nodeId, inputName]);

/** What makes two versions of a definition differ: its graph and all that it declares, but not what it is called. */
export function definedContent(graph: ApiGraph, definition: RawDefinition): JsonValue {
  const { name: _name, description: _description, category: _category, ...rest } = definition;
  const { template: _template, template_inline: _inline, ...declared } = rest;
  // Through JSON, so that fields left out and fields without a value are the same.
  return { graph, definition: parseJson(stringifyJson(declared)) };
}
