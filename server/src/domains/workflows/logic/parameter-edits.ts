import { type ApiGraph, inputOf, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import type { ParameterBinding, ParameterUi, WorkflowParameter } from "#domains/workflows/logic/parameter.ts";

/** The fields of a parameter that people may change. */
export type ParameterChange = Partial<Omit<WorkflowParameter, "key" | "ui" | "isEdited" | "isDefaultEdited">> & {
  ui?: Partial<ParameterUi>;
};

/** One parameter's difference from what was found in the graph. Holds over versions. */
export type ParameterEdit =
  | { kind: "ADDED"; key: string; parameter: WorkflowParameter }
  | { kind: "REMOVED"; key: string; anchor: ParameterBinding[] }
  /** `anchor`: the inputs that it was bound to, by which it is found again under another key. */
  | { kind: "CHANGED"; key: string; anchor: ParameterBinding[]; change: ParameterChange };

/** An edit that has nothing to hold on to in a version. */
export type OrphanedParameter = { key: string; label: string; missing: ParameterBinding[] };

/**
 * The parameters of a version as people made them. Edits find theirs by key and input, or by input alone: keys are counted
 * anew at each import. Edits whose inputs are gone wait, and are told of.
 */
export function applyEdits(
  found: readonly WorkflowParameter[],
  edits: readonly ParameterEdit[],
  graph: ApiGraph,
): { parameters: WorkflowParameter[]; orphaned: OrphanedParameter[] } {
  const result = [...found];
  const orphaned: OrphanedParameter[] = [];
  const exists = ({ nodeId, inputName }: ParameterBinding): boolean => {
    const node = nodeOf(graph, nodeId);
    return node !== undefined && inputOf(node, inputName) !== undefined;
  };
  for (const edit of edits) {
    if (edit.kind === "ADDED") {
      const { parameter } = edit;
      const bindings = parameter.bindings.filter(exists);
      if (bindings.length < parameter.bindings.length)
        orphaned.push(orphanOf(edit.key, parameter.label, parameter.bindings, bindings));
      if (bindings.length > 0) {
        takeInputs(result, bindings, -1);
        freeKey(result, edit.key, -1);
        result.push({ ...parameter, bindings, isEdited: true, isDefaultEdited: parameter.default !== null });
      }
      continue;
    }
    const position = positionOf(result, edit);
    const known = result[position];
    if (!known) {
      if (edit.kind === "CHANGED" && hasSubstance(edit.change))
        orphaned.push(orphanOf(edit.key, edit.change.label ?? edit.key, edit.anchor, []));
    } else if (edit.kind === "REMOVED") result.splice(position, 1);
    else {
      const wanted = edit.change.bindings ?? known.bindings;
      const bindings = wanted.filter(exists);
      if (bindings.length < wanted.length) {
        orphaned.push(orphanOf(edit.key, edit.change.label ?? known.label, wanted, bindings));
      }
      const isBound = bindings.length > 0 || wanted.length === 0;
      const parameter = changed(known, edit.change, isBound ? bindings : known.bindings);
      if (edit.change.bindings) takeInputs(result, parameter.bindings, position);
      freeKey(result, edit.key, position);
      result[position] = { ...parameter, key: edit.key };
    }
  }
  const bound = result.filter((parameter) => parameter.bindings.length > 0 || isVirtual(found, edits, parameter));
  const parameters = bound
    .toSorted((a, b) => a.ui.order - b.ui.order)
    .map((parameter, order) => ({ ...parameter, ui: { ...parameter.ui, order } }));
  return { parameters, orphaned };
}

/** Where an edit's parameter is: the same key with an input of old, else any that has one of its inputs. */
function positionOf(
  parameters: readonly WorkflowParameter[],
  { key, anchor }: Exclude<ParameterEdit, { kind: "ADDED" }>,
) {
  const has = (parameter: WorkflowParameter) => parameter.bindings.some((binding) => includes(anchor, binding));
  const same = parameters.findIndex((parameter) => parameter.key === key && (anchor.length === 0 || has(parameter)));
  return same >= 0 || anchor.length === 0 ? same : parameters.findIndex(has);
}

function changed(known: WorkflowParameter, change: ParameterChange, bindings: ParameterBinding[]): WorkflowParameter {
  const { ui, ...fields } = change;
  const isSame = !hasSubstance(change);
  return {
    ...known,
    ...fields,
    bindings,
    ui: { ...known.ui, ...ui },
    ...(isSame ? {} : { isEdited: true }),
    ...(change.default != null ? { isDefaultEdited: true } : {}),
  };
}

/** Standing elsewhere in the form is no change that a person would miss. */
function hasSubstance({ ui, ...fields }: ParameterChange): boolean {
  return Object.keys(fields).length > 0 || Object.keys(ui ?? {}).some((name) => name !== "order");
}

/** Inputs that people gave to one parameter are its alone. */
function takeInputs(parameters: WorkflowParameter[], bindings: ParameterBinding[], except: number): void {
  for (const [index, parameter] of parameters.entries()) {
    if (index === except || !parameter.bindings.some((binding) => includes(bindings, binding))) continue;
    parameters[index] = {
      ...parameter,
      bindings: parameter.bindings.filter((binding) => !includes(bindings, binding)),
    };
  }
}

/** Whoever has the key of an edited parameter by the count of this version gets another one. */
function freeKey(parameters: WorkflowParameter[], key: string, except: number): void {
  const index = parameters.findIndex((parameter, at) => at !== except && parameter.key === key);
  const holder = parameters[index];
  if (!holder) return;
  const taken = new Set(parameters.map((parameter) => parameter.key));
  let free = key;
  for (let n = 2; taken.has(free); n++) free = `${key}_${n}`;
  parameters[index] = { ...holder, key: free };
}

/** Flags and states have no inputs and need none. */
function isVirtual(
  found: readonly WorkflowParameter[],
  edits: readonly ParameterEdit[],
  { key }: WorkflowParameter,
): boolean {
  const origin = found.find((parameter) => parameter.key === key);
  return origin !== undefined ? origin.bindings.length === 0 : edits.some((edit) => edit.key === key);
}

function orphanOf(key: string, label: string, wanted: readonly ParameterBinding[], left: readonly ParameterBinding[]) {
  return { key, label, missing: wanted.filter((binding) => !includes(left, binding)) };
}

const includes = (bindings: readonly ParameterBinding[], { nodeId, inputName }: ParameterBinding): boolean =>
  bindings.some((each) => each.nodeId === nodeId && each.inputName === inputName);
