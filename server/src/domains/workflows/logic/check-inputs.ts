import { type ApiGraph, type ApiNode, isLink, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import {
  definitionOf,
  type InputDefinition,
  inputDefinitions,
  type NodeDefinition,
  type NodeDefinitions,
  outputTypes,
  readInput,
} from "#domains/workflows/logic/node-definitions.ts";
import { typesFit } from "#domains/workflows/logic/ui-graph/types-fit.ts";
import { isJsonObject, type JsonValue, stringifyJson } from "#lib/json.ts";

export type InputProblem = {
  kind: "MISSING_INPUT" | "MISSING_FILE" | "MISSING_UPLOAD" | "BAD_VALUE";
  inputName: string;
  message: string;
  /** The name that the machine does not have, and those that it has. */
  missing?: string;
  known?: readonly string[];
};

/** Whether a job brings this file to the machine itself. */
export type IsBrought = (name: string) => boolean;

/**
 * What is wrong with the inputs of a node whose class the machine has.
 * @param isBrought with it, pictures and clips that are neither brought nor in the machine's own list are missing
 */
export function checkInputs(
  graph: ApiGraph,
  nodeId: string,
  node: ApiNode,
  definition: NodeDefinition,
  definitions: NodeDefinitions,
  isBrought?: IsBrought,
): InputProblem[] {
  const problems: InputProblem[] = [];
  const waiting = inputDefinitions(definition).toReversed();
  for (let input = waiting.pop(); input; input = waiting.pop()) {
    if (input.type === "COMFY_AUTOGROW_V3") {
      const problem = checkGrowing(node, nodeId, input);
      if (problem) problems.push(problem);
      continue;
    }
    const value = Object.hasOwn(node.inputs, input.name) ? node.inputs[input.name] : undefined;
    if (value === undefined) {
      if (input.isRequired) problems.push(missingInput(nodeId, node, input.name));
    } else if (isLink(value)) {
      const problem = checkLink(graph, nodeId, input, value, definitions);
      if (problem) problems.push(problem);
    } else {
      const problem = checkLiteral(nodeId, node, input, value, isBrought);
      if (problem) problems.push(problem);
      else if (input.type === "COMFY_DYNAMICCOMBO_V3") waiting.push(...inputsOfKey(input, value));
    }
  }
  return problems;
}

function missingInput(nodeId: string, { class_type }: ApiNode, inputName: string): InputProblem {
  return {
    kind: "MISSING_INPUT",
    inputName,
    message: `Node ${nodeId} (${class_type}) needs its input ${inputName}, which nothing feeds.`,
  };
}

/** Inputs named `images.image0`, `images.image1`…: at least as many as the template says. */
function checkGrowing(node: ApiNode, nodeId: string, { name, isRequired, options }: InputDefinition) {
  const least = isJsonObject(options.template) ? Number(options.template.min ?? 0) : 0;
  const count = Object.keys(node.inputs).filter((key) => key.startsWith(`${name}.`)).length;
  return isRequired && count < least ? missingInput(nodeId, node, name) : null;
}

function inputsOfKey(input: InputDefinition, key: JsonValue): InputDefinition[] {
  const chosen = input.choices?.find((option) => isJsonObject(option) && option.key === key);
  const inputs = isJsonObject(chosen) && isJsonObject(chosen.inputs) ? chosen.inputs : {};
  return (["required", "optional"] as const).flatMap((part) =>
    isJsonObject(inputs[part])
      ? Object.entries(inputs[part]).map(([name, spec]) =>
          readInput(`${input.name}.${name}`, spec, part === "required" && input.isRequired),
        )
      : [],
  );
}

function checkLink(
  graph: ApiGraph,
  nodeId: string,
  input: InputDefinition,
  [fromId, slot]: [string, number],
  definitions: NodeDefinitions,
): InputProblem | null {
  const source = nodeOf(graph, fromId);
  const definition = source && definitionOf(definitions, source.class_type);
  // A class that is missing is told of at its own node.
  if (!source || !definition || !Array.isArray(definition.output)) return null;
  const types = outputTypes(definition);
  const type = types[slot];
  const where = `${input.name} of node ${nodeId}`;
  if (type === undefined) {
    const message = `The input ${where} takes output ${slot} of node ${fromId} (${source.class_type}), which has ${types.length}.`;
    return { kind: "BAD_VALUE", inputName: input.name, message };
  }
  if (fits(type, input)) return null;
  const message = `The input ${where} takes ${input.type}, but node ${fromId} (${source.class_type}) gives ${type}.`;
  return { kind: "BAD_VALUE", inputName: input.name, message };
}

function fits(outputType: string, { type }: InputDefinition): boolean {
  if (type.startsWith("COMFY_") || outputType.startsWith("COMFY_")) return true;
  // Editors let texts choose from a list, and machines look at the value when they run.
  if (type === "COMBO") return typesFit(outputType, "COMBO,STRING");
  return typesFit(outputType, type);
}

/** Types that no literal can stand for. */
const wiredOnly = new Set(
  "MODEL CLIP VAE CONDITIONING LATENT IMAGE MASK CONTROL_NET CLIP_VISION UPSCALE_MODEL VIDEO AUDIO SIGMAS SAMPLER GUIDER NOISE".split(
    " ",
  ),
);

function checkLiteral(
  nodeId: string,
  node: ApiNode,
  input: InputDefinition,
  given: JsonValue,
  isBrought: IsBrought | undefined,
): InputProblem | null {
  const value = isJsonObject(given) && Object.hasOwn(given, "__value__") ? (given.__value__ ?? null) : given;
  const where = `${input.name} of node ${nodeId} (${node.class_type})`;
  const bad = (what: string): InputProblem => ({
    kind: "BAD_VALUE",
    inputName: input.name,
    message: `The input ${where} ${what}`,
  });
  if (wiredOnly.has(input.type)) return bad(`takes a wire that brings ${input.type}, not a value.`);
  if (input.type === "INT" || input.type === "FLOAT") return checkNumber(input, value, bad);
  if (!input.choices) return null;
  const known = input.choices.map((choice) => (isJsonObject(choice) ? (choice.key ?? null) : choice));
  const unknown = (Array.isArray(value) ? value : [value]).find((each) => !known.includes(each));
  if (unknown === undefined) return null;
  const names = known.filter((each) => typeof each === "string");
  if (takesUploads(input)) return checkUpload(input, where, unknown, names, isBrought);
  const missing = typeof unknown === "string" ? unknown : stringifyJson(unknown);
  if (isFileName(missing) || names.some(isFileName)) {
    const message = `The machine has no file "${missing}" for ${where}.`;
    return { kind: "MISSING_FILE", inputName: input.name, message, missing, known: names };
  }
  return { ...bad(`can't be "${missing}".`), missing, known: names };
}

/**
 * The list names what lies in the machine's input folder. Files in folders below it, and those that name another one as in
 * `made.png [output]`, can be there without being listed.
 */
function checkUpload(
  { name }: InputDefinition,
  where: string,
  value: JsonValue,
  known: readonly string[],
  isBrought: IsBrought | undefined,
): InputProblem | null {
  if (!isBrought || typeof value !== "string" || isBrought(value) || /[/\\\]]/.test(value)) return null;
  const message = `The machine has no file "${value}" for ${where}, and none is given.`;
  return { kind: "MISSING_UPLOAD", inputName: name, message, missing: value, known };
}

function checkNumber(
  { type, min, max }: InputDefinition,
  value: JsonValue,
  bad: (what: string) => InputProblem,
): InputProblem | null {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number === "boolean") return null;
  if (typeof number !== "bigint" && (typeof number !== "number" || Number.isNaN(number))) {
    return bad(`takes ${type === "INT" ? "a whole number" : "a number"}, not ${JSON.stringify(value)?.slice(0, 80)}.`);
  }
  if (min !== null && number < min) return bad(`is ${number}; the smallest that it takes is ${min}.`);
  if (max !== null && number > max) return bad(`is ${number}; the largest that it takes is ${max}.`);
  return null;
}

/** The list names what was uploaded so far; each job brings its own file. */
function takesUploads({ options }: InputDefinition): boolean {
  return ["image_upload", "video_upload", "audio_upload", "animated_image_upload", "file_upload"].some(
    (option) => options[option] === true,
  );
}

function isFileName(name: string): boolean {
  return /\.(safetensors|sft|ckpt|pt2?|pth|bin|gguf|onnx|pkl|engine|yaml|json|npz?|vae|model)$/i.test(name);
}
