import { EventEmitter, once } from "node:events";
import { setImmediate as turn, setTimeout as delay } from "node:timers/promises";
import type { JsonObject } from "#lib/json.ts";
import { MachineStopped } from "./errors.ts";
import { Executor } from "./executor.ts";
import type { ImageStore } from "./image-store.ts";
import type { NodeDefinition, NodeResult } from "./node-definition.ts";
import type { ModelLists } from "./object-info.ts";
import { comfyVersions, type SimulatorFaults, type SimulatorOptions, type SimulatorVersion } from "./options.ts";
import { PromptQueue, type QueueItem } from "./prompt-queue.ts";
import { SocketHub } from "./socket-hub.ts";

/** One prompt that the machine has begun, for tests to look at. */
export type Execution = {
  promptId: string;
  graph: JsonObject;
  /** What its submitter sent along. */
  extraData: JsonObject;
  clientId: string | undefined;
  startedAt: number;
  endedAt?: number;
  state: "running" | "succeeded" | "failed" | "interrupted" | "stopped";
};

export const maxUploadBytes = 104_857_600;
/** A demo may run for weeks; only the latest executions are remembered. */
const executionsKept = 10_000;

/** The inside of a machine: queue, executor, sockets. Everything but HTTP. */
export class Machine {
  readonly store: ImageStore;
  readonly #definitions: ReadonlyMap<string, NodeDefinition>;
  readonly #models: ModelLists;
  readonly options: SimulatorOptions;
  readonly version: SimulatorVersion;
  readonly queue = new PromptQueue();
  readonly hub: SocketHub;
  readonly executions: Execution[] = [];
  #faults: SimulatorFaults;
  readonly #faultChanges = new EventEmitter<{ change: [] }>();
  readonly #cache = new Map<string, NodeResult>();
  #executor: Executor | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(
    parts: { store: ImageStore; definitions: ReadonlyMap<string, NodeDefinition>; models: ModelLists },
    options: SimulatorOptions,
  ) {
    this.store = parts.store;
    this.#definitions = parts.definitions;
    this.#models = parts.models;
    this.options = options;
    this.version = options.version ?? "0.33";
    this.#faults = { ...options.faults };
    this.hub = new SocketHub({
      faults: () => this.faults,
      queueRemaining: () => this.queue.remaining,
      running: () => this.#executor && { clientId: this.#executor.item.clientId, nodeId: this.#executor.nodeId },
      features: () => this.features(),
    });
  }

  get faults(): SimulatorFaults {
    return this.#faults;
  }

  set faults(faults: SimulatorFaults) {
    this.#faults = faults;
    this.#faultChanges.emit("change");
  }

  get comfyVersion(): string {
    return comfyVersions[this.version];
  }

  get definitions(): ReadonlyMap<string, NodeDefinition> {
    const { lacks } = this.faults;
    return lacks ? new Map([...this.#definitions].filter(([name]) => !lacks.includes(name))) : this.#definitions;
  }

  get models(): ModelLists {
    const { lacks } = this.faults;
    if (!lacks) return this.#models;
    return new Map([...this.#models].map(([folder, names]) => [folder, names.filter((name) => !lacks.includes(name))]));
  }

  features(): JsonObject {
    const common = { supports_preview_metadata: true, max_upload_size: maxUploadBytes };
    const extension = { extension: { manager: { supports_v4: true } } };
    if (this.version !== "0.33") return { ...common, ...extension };
    return { ...common, ...extension, supports_model_type_tags: true, node_replacements: true, assets: false };
  }

  submit(item: QueueItem): void {
    this.queue.put(item);
    this.hub.status();
    if (this.#executor === undefined && this.queue.running === undefined) {
      this.#work = this.#runNext();
    }
  }

  /** Stops the running prompt if it is this one; without an id, whatever runs. */
  interrupt(promptId?: string): boolean {
    const running = this.#executor;
    if (running === undefined || (promptId !== undefined && running.item.promptId !== promptId)) return false;
    running.interrupt();
    return true;
  }

  cancelPending(promptId: string): boolean {
    const removed = this.queue.remove(promptId);
    if (removed) this.hub.status();
    return removed;
  }

  emptyCache(): void {
    this.#cache.clear();
  }

  /** Forgets everything that a real machine keeps in memory, as a killed process does. */
  async reset(): Promise<void> {
    this.queue.clearPending();
    this.#executor?.stop();
    await this.#work;
    this.queue.reset();
    this.#cache.clear();
    await this.store.prepare();
  }

  async #runNext(): Promise<void> {
    for (let item = this.queue.next(); item !== undefined; item = this.queue.next()) {
      this.hub.status();
      await this.#run(item);
    }
  }

  async #run(item: QueueItem): Promise<void> {
    const { promptId, graph, clientId } = item;
    const execution: Execution = {
      promptId,
      graph,
      extraData: item.extraData,
      clientId,
      startedAt: Date.now(),
      state: "running",
    };
    this.executions.push(execution);
    if (this.executions.length > executionsKept) this.executions.shift();
    const speed = this.options.speed ?? 1;
    const executor = new Executor(
      {
        hub: this.hub,
        store: this.store,
        definitions: this.definitions,
        cache: this.#cache,
        stepMs: (this.options.stepMs ?? 150) / speed,
        faults: () => this.faults,
        faultsChange: (signal) => once(this.#faultChanges, "change", { signal }),
      },
      item,
    );
    this.#executor = executor;
    try {
      const entry = await executor.run();
      // The history entry is written a little after the end was announced, by another thread in the real machine.
      await (this.faults.historyLagMs === undefined ? turn() : delay(this.faults.historyLagMs));
      this.queue.done(entry);
      execution.state = stateOf(entry.status);
      this.hub.status();
      this.hub.send(clientId, "executing", { node: null, prompt_id: promptId });
    } catch (error) {
      execution.state = "stopped";
      if (!(error instanceof MachineStopped)) throw error;
    } finally {
      execution.endedAt = Date.now();
      this.#executor = undefined;
    }
  }
}

function stateOf(status: { completed: boolean; messages: [string, JsonObject][] }): Execution["state"] {
  if (status.completed) return "succeeded";
  return status.messages.at(-1)?.[0] === "execution_interrupted" ? "interrupted" : "failed";
}
