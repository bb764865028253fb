import { type ApiNode, type GraphLink, isLink } from "#domains/workflows/logic/api-graph.ts";
import { conditioningRole } from "#domains/workflows/logic/conditioning-inputs.ts";
import {
  definitionOf,
  inputDefinition,
  inputDefinitions,
  type NodeDefinition,
  type NodeDefinitions,
  outputTypes,
} from "#domains/workflows/logic/node-definitions.ts";

/** Encoders whose class names do not say that they encode text. */
const encoderClasses = new Set(["GLIGENTextBoxApply", "PhotoMakerEncode", "ImpactWildcardEncode"]);
const encoderName = /text_?encod|prompt_?encod|encode_?(text|prompt)/i;

/** Text inputs of SDXL, Flux, SD3, HunyuanDiT, HiDream, Kandinsky, Lumina, Qwen, Wan, audio and wildcard encoders. */
const textName =
  /^(text(_[gl]|_?\d+)?|clip_[gl]|t5xxl|bert|mt5xl|llama|qwen25_7b|(user_|positive_|negative_|wildcard_)?prompt(_?\d+)?|(positive|negative|wildcard|populated)_text|tags|lyrics|caption)$/i;
/** Only a literal under these names is a text: as links they are conditioning. */
const literalTextName = /^(positive|negative)$/i;

/** Names of the inputs of a node that hold prompt text, given where its outputs go. */
export function textInputs(node: ApiNode, consumers: GraphLink[], definitions?: NodeDefinitions): string[] {
  const definition = definitionOf(definitions, node.class_type);
  const names = new Set(definition ? declaredTexts(definition) : []);
  if (looksLikeEncoder(node, consumers, definition)) {
    for (const [name, value] of Object.entries(node.inputs)) {
      const isText = typeof value === "string" || isLink(value);
      if (isText && isTextName(name, typeof value === "string") && allowsText(definition, name)) names.add(name);
    }
  }
  return [...names].filter((name) => Object.hasOwn(node.inputs, name));
}

/** Every multiline text of a node that makes conditioning. */
function declaredTexts(definition: NodeDefinition): string[] {
  if (!outputTypes(definition).includes("CONDITIONING")) return [];
  return inputDefinitions(definition)
    .filter((input) => input.type === "STRING" && input.isMultiline)
    .map((input) => input.name);
}

function isTextName(name: string, isLiteral: boolean): boolean {
  return textName.test(name) || (isLiteral && literalTextName.test(name));
}

function allowsText(definition: NodeDefinition | undefined, name: string): boolean {
  const type = inputDefinition(definition, name)?.type;
  return type === undefined || type === "STRING" || type === "*";
}

function looksLikeEncoder(node: ApiNode, consumers: GraphLink[], definition: NodeDefinition | undefined): boolean {
  if (encoderClasses.has(node.class_type) || encoderName.test(node.class_type)) return true;
  const names = Object.keys(node.inputs);
  if (names.some((name) => /^(positive|negative)_prompt$/i.test(name))) return true;
  // A known class with other outputs is no encoder, however its wires look.
  if (definition) return false;
  return isLink(node.inputs.clip) || consumers.some((link) => conditioningRole(link.inputName) !== null);
}
