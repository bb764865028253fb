import { type ApiGraph, inputOf, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import { coerceValue } from "#domains/workflows/logic/coerce-value.ts";
import { nearestNames } from "#domains/workflows/logic/nearest-names.ts";
import type { ParameterBinding, WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import type { FieldIssue } from "#lib/domain-error.ts";

/** What a parameter is checked against. */
export type ParameterSurroundings = {
  graph: ApiGraph;
  /** Inputs of prompt slots, whose texts have defaults of their own. */
  slots: readonly ParameterBinding[];
  /** Keys of the other parameters. */
  otherKeys: readonly string[];
};

const media = ["IMAGE", "VIDEO", "AUDIO"];

/** Names that mean prompts whatever the workflow. */
const promptName = /^(positive|negative)_prompt(_stage\d+)?$/;

/** What is wrong with a parameter as a whole, with the default as its type has it. */
export function checkParameter(
  parameter: WorkflowParameter,
  { graph, slots, otherKeys }: ParameterSurroundings,
  isDefaultGiven: boolean,
): { parameter: WorkflowParameter; issues: FieldIssue[] } {
  const { key, type, min, max, options, bindings, ui } = parameter;
  const issues: FieldIssue[] = bindings.flatMap((binding, index) => bindingIssues(graph, binding, index));
  const note = (path: string[], message: string) => issues.push({ path, message });
  if (min !== null && max !== null && Number(min) > Number(max)) note(["min"], `min ${min} is above max ${max}`);
  if (parameter.step !== null && parameter.step <= 0) note(["step"], "a step is above 0");
  if (type === "SELECT" && options === null && ui.optionsSource === null) {
    note(["options"], "a SELECT needs options, or the optionsSource that has them");
  }
  if (type !== "TEXT" && promptName.test(key)) note(["key"], `${key} names a prompt; only a TEXT may have this key`);
  if (ui.visibleWhen && !otherKeys.includes(ui.visibleWhen.key)) {
    note(["ui", "visibleWhen", "key"], `there is no other parameter ${ui.visibleWhen.key}`);
  }
  const isPrompt = bindings.some((binding) => slots.some((slot) => isSame(slot, binding)));
  if (isDefaultGiven && parameter.default !== null && isPrompt) {
    note(["default"], "this is a prompt: change the default text of its slot (updatePromptSlot)");
  }
  const coerced = defaultOf(parameter, note);
  return { parameter: { ...parameter, default: coerced }, issues };
}

function defaultOf(parameter: WorkflowParameter, note: (path: string[], message: string) => void) {
  if (parameter.default === null) return null;
  if (media.includes(parameter.type)) {
    note(["default"], "a file is given at each submit and has no default");
    return null;
  }
  // What machines offer changes, and is known only when somebody submits.
  const options = parameter.ui.optionsSource === null ? parameter.options : null;
  const coerced = coerceValue({ ...parameter, options }, parameter.default);
  if ("value" in coerced) return coerced.value;
  note(["default"], `the default ${coerced.problem}`);
  return null;
}

function bindingIssues(graph: ApiGraph, { nodeId, inputName }: ParameterBinding, index: number): FieldIssue[] {
  const at = ["bindings", String(index)];
  const node = nodeOf(graph, nodeId);
  if (!node) return [{ path: [...at, "nodeId"], message: `there is no node ${nodeId} in the current version` }];
  if (inputOf(node, inputName) !== undefined) return [];
  const near = nearestNames(inputName, Object.keys(node.inputs));
  const hint = near.length > 0 ? `; near it are ${near.join(", ")}` : "";
  return [
    { path: [...at, "inputName"], message: `node ${nodeId} (${node.class_type}) has no input ${inputName}${hint}` },
  ];
}

const isSame = (a: ParameterBinding, b: ParameterBinding): boolean =>
  a.nodeId === b.nodeId && a.inputName === b.inputName;
