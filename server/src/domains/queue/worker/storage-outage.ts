import { setTimeout as pause } from "node:timers/promises";
import { HandBackError, type RunContext } from "#domains/queue/worker/run-context.ts";
import { readStatus } from "#domains/queue/worker/settle.ts";
import { StorageUnavailableError } from "#platform/storage/storage.ts";

const pauseMs = { first: 250, most: 5_000 };

/** The storage is away while a run needs it. As with a machine, that is no failure of the run: it waits. */
export class StorageOutage {
  readonly #context: RunContext;
  readonly #endsAt: number;
  #isNoticed = false;

  constructor(context: RunContext) {
    this.#context = context;
    this.#endsAt = performance.now() + context.deps.config.worker.machineLostTimeoutSecs * 1000;
  }

  /** Tells people, once. */
  notice(error: StorageUnavailableError): void {
    const { deps, run } = this.#context;
    if (this.#isNoticed) return;
    this.#isNoticed = true;
    deps.log.warn({ err: error, runId: run.id }, "the storage does not answer; a run waits for it");
    deps.runLog.add(run, "STORAGE_UNREACHABLE", `The storage does not answer; the run waits for it. ${error.message}`);
  }

  /**
   * Does the work, again and again while the storage is away.
   * @throws HandBackError; StorageUnavailableError when it has been away for too long, or the run was canceled meanwhile
   */
  async outlast<Result>(work: () => Promise<Result>): Promise<Result> {
    const { connection } = this.#context;
    for (let ms = pauseMs.first; ; ms = Math.min(ms * 2, pauseMs.most)) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof StorageUnavailableError)) throw error;
        if (connection.released.aborted) throw new HandBackError();
        this.notice(error);
        const isWanted = (await readStatus(this.#context)) === "CLAIMED";
        if (!isWanted || performance.now() > this.#endsAt) throw error;
        await pause(ms, undefined, { signal: connection.released }).catch(() => undefined);
      }
    }
  }
}
