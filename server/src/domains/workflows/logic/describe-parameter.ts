import type { ApiNode } from "#domains/workflows/logic/api-graph.ts";
import { defaultWidget } from "#domains/workflows/logic/default-widget.ts";
import type { InputDefinition } from "#domains/workflows/logic/node-definitions.ts";
import type {
  ParameterBinding,
  ParameterType,
  ParameterWidget,
  WorkflowParameter,
} from "#domains/workflows/logic/parameter.ts";
import type { ParameterRule } from "#domains/workflows/logic/parameter-rules.ts";
import type { Scalar } from "#domains/workflows/logic/trace-literal.ts";

/** An input that a rule found, with where its value is written: the input itself, or a primitive that feeds it. */
export type FoundInput = {
  rule: ParameterRule;
  binding: ParameterBinding;
  value: Scalar;
  definition: InputDefinition | undefined;
  node: ApiNode;
};

/** The parameter of inputs that belong together; `index` counts the rule's parameters, `order` all of the workflow's. */
export function describeParameter(
  rule: ParameterRule,
  inputs: FoundInput[],
  index: number,
  order: number,
): WorkflowParameter {
  const lead = leading(rule, inputs);
  const definition = lead.definition;
  const choices = inputs.find((input) => input.definition?.choices)?.definition?.choices ?? null;
  const options = rule.type === "SELECT" && choices ? choices.map(String) : null;
  const type = typeOf(rule, lead);
  // A file that somebody had on their machine is an example, not a default.
  const isMedia = type === "IMAGE" || type === "VIDEO" || type === "AUDIO";
  return {
    key: index === 0 ? rule.key : `${rule.key}_${index + 1}`,
    label: index === 0 ? rule.label : `${rule.label} ${index + 1}`,
    type,
    default: isMedia ? null : lead.value,
    ...rangeOf(rule, type, inputs),
    options,
    category: rule.category,
    bindings: inputs.map((input) => input.binding),
    ui: {
      widget: widgetOf(rule, options),
      multiline: false,
      placeholder: isMedia ? String(lead.value) : null,
      help: definition?.tooltip ?? null,
      group: rule.group,
      order,
      optionsSource: rule.optionsSource ?? null,
      visibleWhen: null,
    },
  };
}

/** Whose value is the default. A second pass (KSamplerAdvanced without added noise) carries a seed that says nothing. */
function leading(rule: ParameterRule, inputs: FoundInput[]): FoundInput {
  const first = inputs[0] as FoundInput;
  if (rule.type !== "SEED") return first;
  return inputs.find((input) => input.node.inputs.add_noise !== "disable") ?? first;
}

/** Nodes disagree on whether frames per second and the like are whole numbers: the definition knows, else the value. */
function typeOf(rule: ParameterRule, { definition, value }: FoundInput): ParameterType {
  if (rule.type !== "INT" && rule.type !== "FLOAT") return rule.type;
  if (definition?.type === "INT" || definition?.type === "FLOAT") return definition.type;
  return Number.isInteger(value) ? rule.type : "FLOAT";
}

/**
 * A value must suit every input that it is written to: the narrowest of the definitions' bounds, the rule's where
 * there are none. The graph's own value is always allowed.
 */
function rangeOf(
  rule: ParameterRule,
  type: ParameterType,
  inputs: FoundInput[],
): Pick<WorkflowParameter, "min" | "max" | "step"> {
  if (rule.type === "SEED") return { min: 0, max: 2 ** 64, step: 1 };
  if (!rule.range) return { min: null, max: null, step: null };
  const known = inputs.flatMap((input) => input.definition ?? []);
  const bounds = (side: "min" | "max" | "step") => known.flatMap((definition) => definition[side] ?? []);
  const [min, max, step] = rule.range;
  const values = inputs.map((input) => Number(input.value));
  return {
    min: Math.min(bounds("min").length > 0 ? Math.max(...bounds("min")) : min, ...values),
    max: Math.max(bounds("max").length > 0 ? Math.min(...bounds("max")) : max, ...values),
    step: bounds("step").length > 0 ? Math.max(...bounds("step")) : type === "INT" ? Math.max(1, step) : step,
  };
}

/** A list that only a machine has is asked for when the form is shown; without either there is nothing to choose from. */
function widgetOf(rule: ParameterRule, options: string[] | null): ParameterWidget {
  if (rule.isHidden) return "hidden";
  if (rule.isSlider) return "slider";
  return rule.type === "SELECT" && !options && !rule.optionsSource ? "text" : defaultWidget(rule.type);
}
