import { readdirSync } from "node:fs";
import type { JsonObject, JsonValue } from "#lib/json.ts";
import type { ImageStore } from "./image-store.ts";
import type { InputDefinition, Inputs, NodeDefinition } from "./node-definition.ts";

/** File names by model folder. */
export type ModelLists = ReadonlyMap<string, readonly string[]>;

/** What may be chosen; undefined for inputs that are no choice. */
export function choicesOf(input: InputDefinition, models: ModelLists, store: ImageStore): readonly string[] | undefined {
  if (input.modelFolder !== undefined) return models.get(input.modelFolder) ?? [];
  if (input.inputFiles === true) return inputFiles(store);
  return input.values;
}

/** The declaration of one input as clients see it: `[type, options]`, a choice as `[[values], options]`. */
export function inputConfig(
  input: InputDefinition,
  node: NodeDefinition,
  models: ModelLists,
  store: ImageStore,
): JsonValue[] {
  const choices = choicesOf(input, models, store);
  const hasOptions = Object.keys(input.options).length > 0;
  if (choices === undefined) return hasOptions ? [input.type, input.options] : [input.type];
  if (node.isModern === true) return ["COMBO", { multiselect: false, options: [...choices], ...input.options }];
  return hasOptions ? [[...choices], input.options] : [[...choices]];
}

/** The definition of a node class in the shape of `GET /object_info`. */
export function nodeInfo(node: NodeDefinition, models: ModelLists, store: ImageStore): JsonObject {
  const configs = (inputs: Inputs): JsonObject =>
    Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, inputConfig(input, node, models, store)]));
  const hidden = node.isOutput === true ? { prompt: "PROMPT", extra_pnginfo: "EXTRA_PNGINFO" } : undefined;
  return {
    input: {
      required: configs(node.required),
      ...(node.optional === undefined ? {} : { optional: configs(node.optional) }),
      ...(hidden === undefined ? {} : { hidden }),
    },
    input_order: {
      required: Object.keys(node.required),
      ...(node.optional === undefined ? {} : { optional: Object.keys(node.optional) }),
      ...(hidden === undefined ? {} : { hidden: Object.keys(hidden) }),
    },
    is_input_list: false,
    output: node.outputs.map((output) => output.type),
    output_is_list: node.outputs.map(() => false),
    output_name: node.outputs.map((output) => output.name ?? output.type),
    name: node.name,
    display_name: node.displayName,
    description: node.description ?? "",
    python_module: "simulator",
    category: node.category,
    output_node: node.isOutput === true,
    has_intermediate_output: false,
    search_aliases: [],
    essentials_category: null,
  };
}

function inputFiles(store: ImageStore): string[] {
  return readdirSync(store.folder("input"), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .toSorted();
}
