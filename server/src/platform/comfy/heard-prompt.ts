import type { ComfyEvent } from "./events.ts";
import type { ComfyOutputs } from "./outputs.ts";

/**
 * What a prompt has made by its own events alone. They are all there is to know when they come in one piece, from the
 * start of the execution to its success on one connection, and no node was spared by the machine's cache, whose outputs
 * not every version tells.
 */
export class HeardPrompt {
  #isWhole = false;
  /** By node: in the order of the machine's own answer, numbers first. */
  #made: Record<string, ComfyOutputs> = none();

  take(event: ComfyEvent): void {
    switch (event.type) {
      case "started":
        this.#isWhole = true;
        this.#made = none();
        return;
      case "executed":
        this.#made[event.nodeId] = event.outputs;
        return;
      case "cached":
        if (event.nodeIds.length > 0) this.#isWhole = false;
        return;
      case "disconnected":
      case "reconnected":
      case "gap":
        this.#isWhole = false;
        return;
      default:
    }
  }

  /** Null when something may be missing. */
  get outputs(): ComfyOutputs | null {
    if (!this.#isWhole) return null;
    const made = Object.values(this.#made);
    return { files: made.flatMap(({ files }) => files), texts: made.flatMap(({ texts }) => texts) };
  }
}

/** Ids of nodes are anybody's words. */
function none(): Record<string, ComfyOutputs> {
  return Object.create(null) as Record<string, ComfyOutputs>;
}
