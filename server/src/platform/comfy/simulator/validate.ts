import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";
import { asLink, nodeOf } from "./graph.ts";
import type { ImageStore } from "./image-store.ts";
import type { NodeDefinition } from "./node-definition.ts";
import { inputConfig, type ModelLists } from "./object-info.ts";
import { type NodeReasons, type Reason, reason } from "./reasons.ts";
import { cycleFrom } from "./validate-cycle.ts";
import { checkWidget } from "./validate-widget.ts";

export type Verdict =
  | { ok: true; outputs: string[]; nodeErrors: Record<string, NodeReasons> }
  | { ok: false; error: Reason; nodeErrors: Record<string, NodeReasons> };

export type ValidationDeps = {
  definitions: ReadonlyMap<string, NodeDefinition>;
  store: ImageStore;
  models: ModelLists;
  acceptAnyModel: boolean;
  /** The type name of a missing class changed between versions. */
  missingNodeType: "missing_node_type" | "invalid_prompt";
};

/** Raised inside a node's validation, as Python would; reported on the node by its consumer. */
class InnerFailure extends Error {
  readonly exceptionType: string;
  constructor(exceptionType: string, message: string) {
    super(message);
    this.exceptionType = exceptionType;
  }
}

/** Checks a graph as the real machine does; numeric texts in `graph` are converted in place. */
export function validateGraph(graph: JsonObject, targets: string[] | undefined, deps: ValidationDeps): Verdict {
  const outputs: string[] = [];
  for (const [id, node] of Object.entries(graph)) {
    const missing = missingClass(id, node, deps);
    if (missing !== undefined) return { ok: false, error: missing, nodeErrors: {} };
    const isOutput = deps.definitions.get(nodeOf(graph, id).classType)?.isOutput === true;
    if (isOutput && (targets === undefined || targets.includes(id))) outputs.push(id);
  }
  if (outputs.length === 0) {
    return { ok: false, error: reason("prompt_no_outputs", "Prompt has no outputs", ""), nodeErrors: {} };
  }
  const validation = new Validation(graph, deps);
  const good = outputs.filter((output) => validation.checkOutput(output));
  if (good.length > 0) return { ok: true, outputs: good, nodeErrors: validation.nodeErrors };
  const error = reason("prompt_outputs_failed_validation", "Prompt outputs failed validation", "");
  return { ok: false, error, nodeErrors: validation.nodeErrors };
}

class Validation {
  readonly nodeErrors: Record<string, NodeReasons> = {};
  readonly #graph: JsonObject;
  readonly #deps: ValidationDeps;
  readonly #results = new Map<string, { valid: boolean; errors: Reason[] }>();

  constructor(graph: JsonObject, deps: ValidationDeps) {
    this.#graph = graph;
    this.#deps = deps;
  }

  checkOutput(output: string): boolean {
    const cycle = cycleFrom(this.#graph, output);
    if (cycle === undefined) this.#checkGuarded(output);
    else for (const id of cycle) this.#results.set(id, { valid: false, errors: [cycleReason(this.#graph, cycle, id)] });
    const isValid = cycle === undefined && this.#results.get(output)?.valid === true;
    if (!isValid) this.#blame(output);
    return isValid;
  }

  /** Everything wrong that this output needs is told with it. */
  #blame(output: string): void {
    for (const [id, { valid, errors }] of this.#results) {
      if (valid || errors.length === 0) continue;
      const class_type = nodeOf(this.#graph, id).classType;
      const entry = (this.nodeErrors[id] ??= { errors, dependent_outputs: [], class_type });
      entry.dependent_outputs.push(output);
    }
  }

  #checkGuarded(output: string): void {
    try {
      this.#check(output);
    } catch (error) {
      if (!(error instanceof InnerFailure)) throw error;
      const told = { exception_type: error.exceptionType, traceback: [] };
      const failure = reason("exception_during_validation", "Exception when validating node", error.message, told);
      this.#results.set(output, { valid: false, errors: [failure] });
    }
  }

  #check(id: string): boolean {
    const known = this.#results.get(id);
    if (known !== undefined) return known.valid;
    const node = this.#graph[id];
    if (!isJsonObject(node) || !isJsonObject(node["inputs"])) throw new InnerFailure("KeyError", "'inputs'");
    const { classType, inputs } = nodeOf(this.#graph, id);
    const definition = this.#deps.definitions.get(classType);
    if (definition === undefined) throw new InnerFailure("KeyError", `'${classType}'`);
    const errors: Reason[] = [];
    let valid = true;
    for (const [name, input] of Object.entries({ ...definition.required, ...definition.optional })) {
      const value = inputs[name];
      const config = inputConfig(input, definition, this.#deps.models, this.#deps.store);
      const info = (more: JsonObject): JsonObject => ({ input_name: name, input_config: config, ...more });
      if (value === undefined) {
        if (!(name in definition.required)) continue;
        errors.push(reason("required_input_missing", "Required input is missing", name, { input_name: name }));
      } else if (Array.isArray(value)) {
        const problem = this.#checkLink(name, input.type, value, info);
        if (problem === "upstream") valid = false;
        else if (problem !== undefined) errors.push(problem);
      } else {
        const problem = checkWidget(name, input, value, inputs, this.#deps, config);
        if (problem !== undefined) errors.push(problem);
      }
    }
    const custom = errors.length === 0 ? definition.validate?.(inputs, this.#deps.store) : undefined;
    if (custom !== undefined) {
      const input_name = custom.split(" - ", 1)[0] ?? "";
      errors.push(reason("custom_validation_failed", "Custom validation failed for node", custom, { input_name }));
    }
    const result = { valid: valid && errors.length === 0, errors };
    this.#results.set(id, result);
    return result.valid;
  }

  #checkLink(
    name: string,
    type: string,
    value: JsonValue[],
    info: (more: JsonObject) => JsonObject,
  ): Reason | "upstream" | undefined {
    if (value.length !== 2) {
      const message = "Bad linked input, must be a length-2 list of [node_id, slot_index]";
      return reason("bad_linked_input", message, name, info({ received_value: value }));
    }
    const link = asLink(value);
    const source = link === undefined ? undefined : this.#graph[link[0]];
    if (link === undefined || source === undefined) throw new InnerFailure("KeyError", `'${String(value[0])}'`);
    const definition = this.#deps.definitions.get(nodeOf(this.#graph, link[0]).classType);
    const received = definition?.outputs[link[1]]?.type;
    if (received === undefined) throw new InnerFailure("IndexError", "tuple index out of range");
    if (!typesMatch(received, type)) {
      const details = `${name}, received_type(${received}) mismatch input_type(${type})`;
      const more = info({ received_type: received, linked_node: value });
      return reason("return_type_mismatch", "Return type mismatch between linked nodes", details, more);
    }
    try {
      return this.#check(link[0]) ? undefined : "upstream";
    } catch (error) {
      if (!(error instanceof InnerFailure)) throw error;
      const more = { exception_message: error.message, exception_type: error.exceptionType, traceback: [], linked_node: value };
      const message = "Exception when validating inner node";
      const failure = reason("exception_during_inner_validation", message, error.message, info(more));
      this.#results.set(link[0], { valid: false, errors: [failure] });
      return "upstream";
    }
  }
}

function missingClass(id: string, node: JsonValue | undefined, deps: ValidationDeps): Reason | undefined {
  const classType = isJsonObject(node) ? node["class_type"] : undefined;
  const meta = isJsonObject(node) ? node["_meta"] : undefined;
  if (classType === undefined) {
    const message = `Node 'ID #${id}' has no class_type. The workflow may be corrupted or a custom node is missing.`;
    const more = { node_id: id, class_type: null, node_title: null };
    return reason(deps.missingNodeType, message, `Node ID '#${id}'`, more);
  }
  const name = String(classType);
  if (deps.definitions.has(name)) return undefined;
  const title = isJsonObject(meta) && typeof meta["title"] === "string" ? meta["title"] : name;
  const message = `Node '${title}' not found. The custom node may not be installed.`;
  return reason(deps.missingNodeType, message, `Node ID '#${id}'`, { node_id: id, class_type: name, node_title: title });
}

function cycleReason(graph: JsonObject, cycle: string[], id: string): Reason {
  const path = [...cycle, cycle[0] ?? id].map((step) => `${step} (${nodeOf(graph, step).classType})`).join(" -> ");
  return reason("dependency_cycle", "Dependency cycle detected", path, { node_id: id, cycle_nodes: cycle });
}

function typesMatch(received: string, wanted: string): boolean {
  if (received === wanted || received === "*" || wanted === "*") return true;
  const offered = new Set(received.split(","));
  return wanted.split(",").some((type) => offered.has(type));
}
