import type { Deps } from "#app/deps.ts";

/** How often canceled runs are looked for, should the event have been lost. */
const sweepMs = 2_000;

interface Watch {
  runId: string;
  controller: AbortController;
}

/**
 * Tells an attempt that it shall stop: by the event, or, when that was lost, by what the database says. An event names the
 * run and may be meant for an attempt before; so the database is asked in any case.
 */
export class CancelRequests {
  readonly #watches = new Map<string, Watch>();
  readonly #deps: Pick<Deps, "db" | "bus" | "log">;
  readonly #unsubscribe: () => void;
  readonly #timer: NodeJS.Timeout;
  #checking: Promise<void> = Promise.resolve();

  constructor(deps: Pick<Deps, "db" | "bus" | "log">) {
    this.#deps = deps;
    this.#unsubscribe = deps.bus.subscribe("run.cancel", ({ runId }) => {
      this.#check([...this.#watches].filter(([, watch]) => watch.runId === runId).map(([promptId]) => promptId));
    });
    this.#timer = setInterval(() => this.#check([...this.#watches.keys()]), sweepMs);
    this.#timer.unref();
  }

  /** A signal that is aborted when the attempt shall stop, and a function that ends the watch. */
  watch(runId: string, comfyPromptId: string): { signal: AbortSignal; end: () => void } {
    const watch = { runId, controller: new AbortController() };
    this.#watches.set(comfyPromptId, watch);
    return {
      signal: watch.controller.signal,
      end: () => {
        if (this.#watches.get(comfyPromptId) === watch) this.#watches.delete(comfyPromptId);
      },
    };
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#unsubscribe();
    await this.#checking;
  }

  #check(promptIds: readonly string[]): void {
    if (promptIds.length === 0) return;
    const check = this.#stopUnwanted(promptIds).catch((error: unknown) =>
      this.#deps.log.warn({ err: error }, "looking for cancels"),
    );
    this.#checking = this.#checking.then(() => check);
  }

  /** Attempts go on only while their run still knows them and nobody wants it stopped. */
  async #stopUnwanted(promptIds: readonly string[]): Promise<void> {
    const { rows } = await this.#deps.db.pool.query<{ promptId: string }>(
      `SELECT asked.id AS "promptId" FROM unnest($1::uuid[]) AS asked(id)
       WHERE NOT EXISTS (SELECT 1 FROM run WHERE run.comfy_prompt_id = asked.id AND run.status <> 'CANCELING')`,
      [promptIds],
    );
    for (const { promptId } of rows) this.#watches.get(promptId)?.controller.abort();
  }
}
