import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";

/** One class in ComfyUI's `/object_info`, as far as we read it. Custom nodes leave things out: nothing is certain. */
export type NodeDefinition = {
  input?: { required?: JsonObject; optional?: JsonObject };
  /** Names in the order in which the editor shows them; stores of JSON need not keep the order of keys. */
  input_order?: JsonValue;
  output?: JsonValue;
  output_name?: JsonValue;
  output_node?: boolean;
  display_name?: string | null;
  category?: string;
};

/** The answer of `/object_info`: class name to definition. */
export type NodeDefinitions = Record<string, NodeDefinition>;

/** What a definition says about one input, the same for both shapes in which servers write combos. */
export type InputDefinition = {
  name: string;
  /** "INT", "STRING", "COMBO", "IMAGE", also several by comma ("IMAGE,MASK") or "*". */
  type: string;
  isRequired: boolean;
  /** The values of a combo; null for other types and for combos that the server fills later. */
  choices: JsonValue[] | null;
  default: JsonValue;
  min: number | null;
  max: number | null;
  step: number | null;
  isMultiline: boolean;
  tooltip: string | null;
  /** All that the definition says beside the type. */
  options: JsonObject;
};

export function definitionOf(definitions: NodeDefinitions | undefined, classType: string): NodeDefinition | undefined {
  return definitions && Object.hasOwn(definitions, classType) ? definitions[classType] : undefined;
}

export function inputDefinition(definition: NodeDefinition | undefined, name: string): InputDefinition | undefined {
  for (const kind of ["required", "optional"] as const) {
    const inputs = definition?.input?.[kind];
    if (inputs && Object.hasOwn(inputs, name)) return readInput(name, inputs[name], kind === "required");
  }
  return undefined;
}

/** All inputs that a graph may set, the required ones first. */
export function inputDefinitions(definition: NodeDefinition): InputDefinition[] {
  const names = [definition.input?.required, definition.input?.optional].flatMap((inputs) => Object.keys(inputs ?? {}));
  return names.flatMap((name) => inputDefinition(definition, name) ?? []);
}

/** Type names of the outputs by slot; an output that is a combo counts as "COMBO". */
export function outputTypes(definition: NodeDefinition): string[] {
  const outputs = Array.isArray(definition.output) ? definition.output : [];
  return outputs.map((output) => (typeof output === "string" ? output : "COMBO"));
}

/** Names of the outputs by slot; missing ones are empty. */
export function outputNames(definition: NodeDefinition): string[] {
  const names = Array.isArray(definition.output_name) ? definition.output_name : [];
  return outputTypes(definition).map((_, slot) => (typeof names[slot] === "string" ? names[slot] : ""));
}

/** Inputs are `[type, options?]`; a combo is `[[values], options?]` (old) or `["COMBO", {options: [values]}]`. */
export function readInput(name: string, spec: JsonValue | undefined, isRequired: boolean): InputDefinition {
  const [type, rest] = Array.isArray(spec) ? spec : [];
  const options = isJsonObject(rest) ? rest : {};
  const declared = Array.isArray(type) ? type : options.options;
  return {
    name,
    type: Array.isArray(type) ? "COMBO" : typeof type === "string" ? type : "*",
    isRequired,
    choices: Array.isArray(declared) ? declared : null,
    default: options.default ?? null,
    min: numeric(options.min),
    max: numeric(options.max),
    step: numeric(options.step),
    isMultiline: options.multiline === true,
    tooltip: typeof options.tooltip === "string" ? options.tooltip : null,
    options,
  };
}

function numeric(value: JsonValue | undefined): number | null {
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : null;
}
