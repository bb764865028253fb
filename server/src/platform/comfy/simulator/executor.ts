import { setTimeout as delay } from "node:timers/promises";
import { isJsonObject, type JsonObject } from "#lib/json.ts";
import { Interrupted, MachineStopped, NodeFailure, outOfMemory } from "./errors.ts";
import { asLink, executionOrder, nodeOf, signatures } from "./graph.ts";
import type { ImageStore } from "./image-store.ts";
import type { NodeDefinition, NodeInputs, NodeResult, PreviewImage } from "./node-definition.ts";
import type { NodeFault, SimulatorFaults } from "./options.ts";
import type { HistoryEntry, QueueItem } from "./prompt-queue.ts";
import type { SocketHub } from "./socket-hub.ts";

export type ExecutorDeps = {
  hub: SocketHub;
  store: ImageStore;
  definitions: ReadonlyMap<string, NodeDefinition>;
  /** Results of the previous prompt by signature; replaced by those of this one. */
  cache: Map<string, NodeResult>;
  stepMs: number;
  faults: () => SimulatorFaults;
  /** Waits for their next change. */
  faultsChange: (signal: AbortSignal) => Promise<unknown>;
};

type NodeState = { value: number; max: number; state: "running" | "finished" | "error" };

/** Runs one prompt, telling its submitter what the real machine would tell, in the same order. */
export class Executor {
  readonly #deps: ExecutorDeps;
  readonly #item: QueueItem;
  readonly #abort = new AbortController();
  readonly #states = new Map<string, NodeState>();
  readonly #results = new Map<string, NodeResult>();
  readonly #messages: [string, JsonObject][] = [];
  readonly #executed: string[] = [];
  readonly #outputs: JsonObject = {};
  readonly #meta: JsonObject = {};
  #nodeId: string | undefined;

  constructor(deps: ExecutorDeps, item: QueueItem) {
    this.#deps = deps;
    this.#item = item;
  }

  get item(): QueueItem {
    return this.#item;
  }

  get nodeId(): string | undefined {
    return this.#nodeId;
  }

  /** Noticed between nodes and whenever the running node reports or waits. */
  interrupt(): void {
    this.#abort.abort(new Interrupted());
  }

  /** The machine goes down: the prompt ends without a word. */
  stop(): void {
    this.#abort.abort(new MachineStopped());
  }

  /** @throws MachineStopped; every other end is a history entry. */
  async run(): Promise<HistoryEntry> {
    const { graph, outputs } = this.#item;
    this.#record("execution_start", {});
    const kept = new Map<string, NodeResult>();
    try {
      const order = executionOrder(graph, outputs);
      const signed = await signatures(graph, order, this.#deps.definitions, this.#deps.store);
      const cached = order.filter((id) => this.#deps.cache.has(signed.get(id) ?? ""));
      this.#record("execution_cached", { nodes: cached });
      for (const id of order) {
        const signature = signed.get(id) ?? "";
        const known = this.#deps.cache.get(signature);
        const result = known ?? (await this.#runNode(id));
        this.#results.set(id, result);
        kept.set(signature, result);
        if (known !== undefined) this.#tellCached(id, known);
      }
      this.#abort.signal.throwIfAborted();
      this.#record("execution_success", {});
      return this.#entry(true);
    } catch (error) {
      if (error instanceof MachineStopped) throw error;
      this.#recordFailure(error);
      return this.#entry(false);
    } finally {
      this.#deps.cache.clear();
      for (const [signature, result] of kept) this.#deps.cache.set(signature, result);
    }
  }

  async #runNode(id: string): Promise<NodeResult> {
    this.#abort.signal.throwIfAborted();
    this.#nodeId = id;
    const { classType, inputs } = nodeOf(this.#item.graph, id);
    const definition = this.#deps.definitions.get(classType);
    if (definition === undefined) throw new NodeFailure("KeyError", `'${classType}'`);
    this.#setState(id, { value: 0, max: 1, state: "running" });
    this.#send("executing", { node: id, display_node: id, prompt_id: this.#item.promptId });
    this.#applyFaults(id, classType);
    while (this.#deps.faults().neverEnding === true)
      await this.#interruptible((signal) => this.#deps.faultsChange(signal));
    const result = await definition.execute(this.#resolve(inputs), this.#context(id));
    this.#executed.push(id);
    if (result.ui !== undefined) this.#tellExecuted(id, result.ui);
    const last = this.#states.get(id);
    this.#setState(id, { value: last?.max ?? 1, max: last?.max ?? 1, state: "finished" });
    return result;
  }

  #resolve(inputs: JsonObject): NodeInputs {
    const resolved: NodeInputs = {};
    for (const [name, value] of Object.entries(inputs)) {
      const link = asLink(value);
      if (link !== undefined) resolved[name] = this.#results.get(link[0])?.outputs?.[link[1]];
      else resolved[name] = isJsonObject(value) && "__value__" in value ? value["__value__"] : value;
    }
    return resolved;
  }

  #context(nodeId: string) {
    const extra = this.#item.extraData;
    const method = extra["preview_method"];
    return {
      nodeId,
      store: this.#deps.store,
      stepMs: this.#deps.stepMs,
      wantsPreviews: typeof method === "string" && method !== "none" && method !== "default",
      graph: this.#item.graph,
      extraPngInfo: extra["extra_pnginfo"],
      sleep: (ms: number) => this.#sleep(ms),
      report: (value: number, max: number, preview?: PreviewImage) => this.#report(nodeId, value, max, preview),
    };
  }

  async #sleep(ms: number): Promise<void> {
    this.#abort.signal.throwIfAborted();
    if (ms > 0) await this.#interruptible((signal) => delay(ms, undefined, { signal }));
  }

  async #interruptible(wait: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    const { signal } = this.#abort;
    try {
      await wait(signal);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  }

  #report(node: string, value: number, max: number, preview: PreviewImage | undefined): void {
    this.#abort.signal.throwIfAborted();
    const { promptId, clientId } = this.#item;
    this.#setState(node, { value, max, state: "running" });
    if (preview !== undefined) this.#deps.hub.preview(clientId, this.#identity(node), preview, false);
    this.#send("progress", { value, max, prompt_id: promptId, node }, true);
    if (preview !== undefined) this.#deps.hub.preview(clientId, this.#identity(node), preview, true);
  }

  #applyFaults(id: string, classType: string): void {
    const { failNode, outOfMemory: memory } = this.#deps.faults();
    if (takes(failNode, id, classType)) {
      throw new NodeFailure("RuntimeError", failNode?.message ?? "the node was told to fail");
    }
    if (takes(memory, id, classType)) {
      throw outOfMemory(memory?.message ?? "Allocation on device 0 would exceed allowed memory.");
    }
  }

  #tellCached(id: string, result: NodeResult): void {
    if (result.ui === undefined) return;
    this.#tellExecuted(id, result.ui);
    this.#setState(id, { value: 1, max: 1, state: "finished" });
  }

  #tellExecuted(id: string, ui: JsonObject): void {
    this.#outputs[id] = ui;
    this.#meta[id] = { node_id: id, display_node: id, parent_node: null, real_node_id: id };
    this.#send("executed", { node: id, display_node: id, output: ui, prompt_id: this.#item.promptId });
  }

  #setState(id: string, state: NodeState): void {
    this.#states.set(id, state);
    const nodes: JsonObject = {};
    for (const [node, at] of this.#states) nodes[node] = { ...at, ...this.#identity(node) };
    this.#send("progress_state", { prompt_id: this.#item.promptId, nodes }, true);
  }

  #identity(id: string): JsonObject {
    const { promptId } = this.#item;
    return { node_id: id, prompt_id: promptId, display_node_id: id, parent_node_id: null, real_node_id: id };
  }

  #recordFailure(error: unknown): void {
    const nodeId = this.#nodeId ?? "";
    const { classType, inputs } = nodeOf(this.#item.graph, nodeId);
    const where = { node_id: nodeId, node_type: classType, executed: [...this.#executed] };
    if (error instanceof Interrupted) return this.#record("execution_interrupted", where, true);
    const failure = error instanceof NodeFailure ? error : new NodeFailure("RuntimeError", String(error));
    this.#record("execution_error", {
      ...where,
      exception_message: `${failure.message}\n`,
      exception_type: failure.exceptionType,
      traceback: [`  File "/simulator/nodes/${classType}", line 1, in execute\n    ${failure.message}\n`],
      current_inputs: Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, [value]])),
      current_outputs: [...this.#executed],
    });
  }

  /** Sends a message and keeps it for the history entry. */
  #record(type: string, data: JsonObject, orEverybody = false): void {
    const whole = { prompt_id: this.#item.promptId, ...data, timestamp: Date.now() };
    this.#messages.push([type, whole]);
    this.#send(type, whole, orEverybody);
  }

  #send(type: string, data: JsonObject, orEverybody = false): void {
    this.#deps.hub.send(this.#item.clientId, type, data, orEverybody);
  }

  #entry(isSuccess: boolean): HistoryEntry {
    return {
      item: this.#item,
      outputs: this.#outputs,
      status: { status_str: isSuccess ? "success" : "error", completed: isSuccess, messages: this.#messages },
      meta: this.#meta,
    };
  }
}

/** Whether a fault hits this node; counts it down when it is limited. */
function takes(fault: NodeFault | undefined, id: string, classType: string): boolean {
  if (fault === undefined || fault.times === 0) return false;
  if (fault.nodeId !== undefined && fault.nodeId !== id) return false;
  if (fault.classType !== undefined && fault.classType !== classType) return false;
  if (fault.times !== undefined) fault.times -= 1;
  return true;
}
