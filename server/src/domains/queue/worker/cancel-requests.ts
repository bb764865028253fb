import type { Deps } from "#app/deps.ts";

/** How often canceled runs are looked for, should the event have been lost. */
const sweepMs = 2_000;

/** Tells a phase that its run shall stop: by the event, or, when that was lost, by what the database says. */
export class CancelRequests {
  readonly #waiting = new Map<string, () => void>();
  readonly #deps: Pick<Deps, "db" | "bus" | "log">;
  readonly #unsubscribe: () => void;
  readonly #timer: NodeJS.Timeout;

  constructor(deps: Pick<Deps, "db" | "bus" | "log">) {
    this.#deps = deps;
    this.#unsubscribe = deps.bus.subscribe("run.cancel", ({ runId }) => this.#waiting.get(runId)?.());
    this.#timer = setInterval(() => void this.#sweep().catch((error: unknown) => deps.log.warn({ err: error }, "cancel sweep")), sweepMs);
    this.#timer.unref();
  }

  /** Calls back once for this run; the returned function ends the watch. */
  watch(runId: string, onCancel: () => void): () => void {
    this.#waiting.set(runId, onCancel);
    return () => {
      if (this.#waiting.get(runId) === onCancel) this.#waiting.delete(runId);
    };
  }

  close(): void {
    clearInterval(this.#timer);
    this.#unsubscribe();
  }

  async #sweep(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const { rows } = await this.#deps.db.pool.query<{ id: string }>(
      `SELECT id FROM run WHERE id = ANY($1::uuid[]) AND status = 'CANCELING'`,
      [[...this.#waiting.keys()]],
    );
    for (const { id } of rows) this.#waiting.get(id)?.();
  }
}
