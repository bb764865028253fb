import { transition } from "#domains/queue/transition.ts";
import type { RunContext } from "#domains/queue/worker/run-context.ts";
import type { ComfyPreview } from "#platform/comfy/events.ts";
import type { ComfyProgress } from "#platform/comfy/progress.ts";

const progressEveryMs = 200;
const previewEveryMs = 400;

/**
 * Writes what the machine tells of a running prompt: few enough times that fifty runs at once are no load, in order, and
 * without fsync, since a newer figure follows anyway.
 */
export class LiveProgress {
  readonly #context: RunContext;
  #writes: Promise<void> = Promise.resolve();
  #started = false;
  #latest: ComfyProgress | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastPreviewAt = 0;
  #hasPreview: boolean;

  constructor(context: RunContext) {
    this.#context = context;
    // A predecessor may have left a frame behind.
    this.#hasPreview = context.run.postedAt !== null;
  }

  /** Appends a write to this run's own order; a failed one is logged and does not stop the following. */
  write(work: () => Promise<unknown>): Promise<void> {
    this.#writes = this.#writes.then(work).then(
      () => undefined,
      (error: unknown) => this.#context.deps.log.warn({ err: error, runId: this.#context.run.id }, "progress write"),
    );
    return this.#writes;
  }

  onProgress(progress: ComfyProgress): void {
    if (progress.state !== "running") return;
    if (!this.#started) {
      this.#started = true;
      void this.write(() => this.#markRunning());
    }
    this.#latest = progress;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.write(() => this.#flush());
    }, progressEveryMs);
  }

  onPreview(preview: ComfyPreview): void {
    const now = Date.now();
    if (now - this.#lastPreviewAt < previewEveryMs) return;
    this.#lastPreviewAt = now;
    void this.write(() => this.#storePreview(preview));
  }

  /** Ends the timers and waits until everything is written. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#writes;
  }

  /** Takes the last preview frame away, once the outputs themselves can be seen. */
  async clear(): Promise<void> {
    await this.close();
    if (!this.#hasPreview) return;
    this.#hasPreview = false;
    const { deps, run } = this.#context;
    await deps.db.relaxedPool.query({
      name: "clear-preview",
      text: "DELETE FROM run_preview WHERE run_id = $1",
      values: [run.id],
    });
  }

  async #markRunning(): Promise<void> {
    const { deps, run } = this.#context;
    const moved = await transition(deps.db.relaxedPool, {
      runIds: [run.id],
      comfyPromptId: run.comfyPromptId,
      from: ["SUBMITTED"],
      to: "RUNNING",
      set: { executed_at: { sql: "now()" } },
    });
    if (moved.length > 0) {
      this.#context.reached = "RUNNING";
      deps.runLog.add(run, "STARTED", `${run.machine.name} executes it`);
    }
    deps.bus.publish("job.changed", { jobId: run.jobId });
  }

  async #flush(): Promise<void> {
    const { deps, run } = this.#context;
    const latest = this.#latest;
    if (!latest) return;
    await deps.db.relaxedPool.query({
      name: "run-progress",
      text: `UPDATE run SET progress = $3, current_node = $4
             WHERE id = $1 AND comfy_prompt_id = $2 AND status IN ('SUBMITTED', 'RUNNING', 'CANCELING')`,
      values: [run.id, run.comfyPromptId, latest.fraction, latest.nodeId ?? null],
    });
    deps.bus.publish("job.changed", { jobId: run.jobId });
  }

  async #storePreview({ image, mime }: ComfyPreview): Promise<void> {
    const { deps, run } = this.#context;
    this.#hasPreview = true;
    await deps.db.relaxedPool.query({
      name: "run-preview",
      text: `INSERT INTO run_preview (run_id, mime, bytes) VALUES ($1, $2, $3)
             ON CONFLICT (run_id) DO UPDATE SET mime = $2, bytes = $3, version = run_preview.version + 1, updated_at = now()`,
      values: [run.id, mime, image],
    });
    deps.bus.publish("job.changed", { jobId: run.jobId });
  }
}
