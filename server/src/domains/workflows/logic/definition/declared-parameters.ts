import { defaultWidget } from "#domains/workflows/logic/default-widget.ts";
import { coerceValue } from "#domains/workflows/logic/coerce-value.ts";
import { nodeOf } from "#domains/workflows/logic/api-graph.ts";
import type { RawDefinition, RawParameter } from "#domains/workflows/logic/definition/definition-schema.ts";
import { bindingsOf, type DefinitionContext, note } from "#domains/workflows/logic/definition/places.ts";
import type { ParameterType, WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { isScalar } from "#domains/workflows/logic/trace-literal.ts";
import type { JsonValue } from "#lib/json.ts";

const keyPattern = /^[A-Za-z_][\w.-]{0,79}$/;

/** The parameters that a definition declares, in its order. Keys come from the map, or from key or name in a list. */
export function declaredParameters(context: DefinitionContext, raw: RawDefinition["parameters"]): WorkflowParameter[] {
  const named = Array.isArray(raw)
    ? raw.map((each, index) => ({ key: each.key ?? each.name ?? "", each, path: ["parameters", String(index)] }))
    : Object.entries(raw).map(([key, each]) => ({ key, each, path: ["parameters", key] }));
  const taken = new Set<string>();
  return named.flatMap(({ key, each, path }, index) => {
    if (!keyPattern.test(key)) {
      note(
        context,
        path,
        `${path.join(".")}: the key ${JSON.stringify(key)} must begin with a letter and hold letters, digits, _ . and - only.`,
      );
      return [];
    }
    if (taken.has(key)) {
      note(context, path, `${path.join(".")}: the key ${key} is there twice.`);
      return [];
    }
    taken.add(key);
    return [declared(context, key, each, path, index)];
  });
}

function declared(
  context: DefinitionContext,
  key: string,
  raw: RawParameter,
  path: string[],
  index: number,
): WorkflowParameter {
  const isBound = [raw.node, raw.nodes, raw.field, raw.fields].some((each) => each !== undefined);
  const bindings = isBound ? bindingsOf(context, [raw], usualFields(key, raw.type), path) : [];
  const type = typeOf(raw, bindings);
  const options = raw.options?.map(String) ?? null;
  const parameter: WorkflowParameter = {
    key,
    label: raw.label ?? (raw.key === undefined ? undefined : raw.name) ?? labelOf(key),
    type,
    default: null,
    min: type === "SEED" ? Math.max(0, Number(raw.min ?? 0)) : (raw.min ?? null),
    max: type === "SEED" ? Math.min(2 ** 64, Number(raw.max ?? 2 ** 64)) : (raw.max ?? null),
    step: raw.step ?? (type === "INT" || type === "SEED" ? 1 : null),
    options,
    category: raw.category ?? (type === "TEXT" || isMedia(type) ? "content" : "generation"),
    bindings,
    ui: {
      widget: raw.widget ?? (type === "TEXT" && raw.multiline === true ? "textarea" : defaultWidget(type)),
      multiline: raw.multiline ?? (type === "TEXT" && (raw.widget === "textarea" || /prompt/i.test(key))),
      placeholder: raw.placeholder ?? null,
      help: raw.help ?? raw.description ?? null,
      group: raw.group ?? null,
      order: raw.order ?? index,
      optionsSource: raw.options_source ?? null,
      visibleWhen: raw.visible_when ?? null,
    },
  };
  checkShape(context, parameter, path);
  return { ...parameter, default: defaultOf(context, parameter, raw.default ?? null, path) };
}

/** Where a value goes when no field is named. */
function usualFields(key: string, type: ParameterType): string[] {
  switch (type) {
    case "TEXT":
      return [key, "text", "prompt", "value", "string"];
    case "SEED":
      return [key, "seed", "noise_seed"];
    case "IMAGE":
      return [key, "image"];
    case "VIDEO":
      return [key, "video", "file"];
    case "AUDIO":
      return [key, "audio", "file"];
    default:
      return [key, "value"];
  }
}

/** A whole number that goes to seeds alone is the run's seed: seed modes and tries must hold for it. */
function typeOf({ type }: RawParameter, bindings: WorkflowParameter["bindings"]): ParameterType {
  const isSeed = bindings.length > 0 && bindings.every(({ inputName }) => /^(noise_)?seed$/.test(inputName));
  return type === "INT" && isSeed ? "SEED" : type;
}

function checkShape(
  context: DefinitionContext,
  { key, type, min, max, options, ui }: WorkflowParameter,
  path: string[],
): void {
  if (min !== null && max !== null && Number(min) > Number(max)) {
    note(context, [...path, "min"], `${key}: min ${min} is above max ${max}.`);
  }
  if (type === "SELECT" && options === null && ui.optionsSource === null) {
    note(context, path, `${key}: a select needs options, or an options_source.`);
  }
}

/** The declared default; without one the value that the graph has. */
function defaultOf(
  context: DefinitionContext,
  parameter: WorkflowParameter,
  given: JsonValue,
  path: string[],
): JsonValue {
  if (isMedia(parameter.type)) return null;
  if (parameter.type === "SEED" && (given === null || given === -1))
    return given === null ? graphValue(context, parameter) : null;
  if (given === null) return graphValue(context, parameter);
  const coerced = coerceValue(parameter, given);
  if ("value" in coerced) return coerced.value;
  note(context, [...path, "default"], `${parameter.key}: the default ${coerced.problem}.`);
  return null;
}

function graphValue({ graph }: DefinitionContext, parameter: WorkflowParameter): JsonValue {
  const [first] = parameter.bindings;
  const value = first && nodeOf(graph, first.nodeId)?.inputs[first.inputName];
  if (!isScalar(value)) return null;
  const coerced = coerceValue(parameter, value);
  return "value" in coerced ? coerced.value : null;
}

const isMedia = (type: ParameterType): boolean => type === "IMAGE" || type === "VIDEO" || type === "AUDIO";

/** "positive_prompt_stage2" is shown as "Clip 2", "lora_strength" as "Lora strength". */
export function labelOf(key: string): string {
  const stage = /^positive_prompt_stage(\d+)$/.exec(key)?.[1];
  if (stage !== undefined) return `Clip ${stage}`;
  const words = key.replaceAll(/[_.-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
