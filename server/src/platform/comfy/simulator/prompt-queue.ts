import type { JsonObject, JsonValue } from "#lib/json.ts";

export type QueueItem = {
  number: number;
  promptId: string;
  graph: JsonObject;
  /** As told to clients: credentials taken out, `client_id` and `create_time` put in. */
  extraData: JsonObject;
  outputs: string[];
  clientId: string | undefined;
};

export type HistoryEntry = {
  item: QueueItem;
  outputs: JsonObject;
  status: { status_str: "success" | "error"; completed: boolean; messages: [string, JsonObject][] };
  meta: JsonObject;
};

const historyLimit = 10_001;

/** What waits, what runs, and what has run: in memory only, as in the real machine. */
export class PromptQueue {
  #pending: QueueItem[] = [];
  #running: QueueItem | undefined;
  readonly #history = new Map<string, HistoryEntry>();
  #counter = 0;

  get running(): QueueItem | undefined {
    return this.#running;
  }

  /** In the order they will run: lowest number first, ties by id. */
  get pending(): readonly QueueItem[] {
    return this.#pending;
  }

  get remaining(): number {
    return this.#pending.length + (this.#running === undefined ? 0 : 1);
  }

  get history(): ReadonlyMap<string, HistoryEntry> {
    return this.#history;
  }

  /** The counter advances even for graphs that are refused later; a number given by the client leaves it alone. */
  takeNumber(given: number | undefined, front: boolean): number {
    if (given !== undefined) return given;
    const number = this.#counter;
    this.#counter += 1;
    return front && number !== 0 ? -number : number;
  }

  put(item: QueueItem): void {
    this.#pending.push(item);
    this.#pending.sort((a, b) => a.number - b.number || (a.promptId < b.promptId ? -1 : 1));
  }

  /** Moves the first pending item to running. */
  next(): QueueItem | undefined {
    this.#running = this.#pending.shift();
    return this.#running;
  }

  /** Ends the running item and writes its history entry in one step. */
  done(entry: HistoryEntry): void {
    this.#running = undefined;
    this.#history.delete(entry.item.promptId);
    this.#history.set(entry.item.promptId, entry);
    if (this.#history.size > historyLimit) {
      const oldest = this.#history.keys().next();
      if (oldest.done !== true) this.#history.delete(oldest.value);
    }
  }

  /** Removes the first pending item with this id. */
  remove(promptId: string): boolean {
    const index = this.#pending.findIndex((item) => item.promptId === promptId);
    if (index >= 0) this.#pending.splice(index, 1);
    return index >= 0;
  }

  clearPending(): void {
    this.#pending = [];
  }

  forget(promptId: string): void {
    this.#history.delete(promptId);
  }

  forgetAll(): void {
    this.#history.clear();
  }

  /** What a restart leaves: nothing. */
  reset(): void {
    this.#pending = [];
    this.#running = undefined;
    this.#history.clear();
    this.#counter = 0;
  }
}

/** An item as told to clients: `[number, id, graph, extra_data, outputs]`. */
export function itemAnswer(item: QueueItem): JsonValue[] {
  return [item.number, item.promptId, item.graph, item.extraData, item.outputs];
}
