import { markUnreachable, markReachable } from "#domains/machines/machine-health.ts";
import type { EarlyOutputs } from "#domains/queue/worker/early-outputs.ts";
import type { LiveProgress } from "#domains/queue/worker/live-progress.ts";
import { HandBackError, type RunContext } from "#domains/queue/worker/run-context.ts";
import { ComfyError } from "#platform/comfy/errors.ts";
import { type ComfyEnd, followPrompt } from "#platform/comfy/follow.ts";

export type Followed =
  | ComfyEnd
  | { state: "timeout" }
  | { state: "machine-lost" }
  /** The machine answers, but nothing that can be understood. */
  | { state: "nonsense"; error: ComfyError };

class Stop extends Error {
  constructor(readonly because: "timeout" | "machine-lost" | "lost" | "released") {
    super(because);
  }
}

/**
 * Follows a prompt to its end, its time limit, the machine's disappearance, or until this process lets go of it.
 * @param canceled aborted when the prompt shall be stopped
 * @throws HandBackError
 */
export async function followRun(
  context: RunContext,
  progress: LiveProgress,
  early: EarlyOutputs,
  canceled: AbortSignal,
): Promise<Followed> {
  const { deps, run, connection } = context;
  const { released } = connection;
  const controller = new AbortController();
  const stop = (because: Stop["because"]): void => controller.abort(new Stop(because));
  const since = (run.submittedAt ?? run.postedAt)?.getTime() ?? Date.now();
  // What is executed already has kept its time.
  const timeout =
    run.status === "COLLECTING"
      ? undefined
      : setTimeout(
          () => void stopAtTimeout(context, () => stop("timeout")),
          Math.max(0, since + run.timeoutSecs * 1000 - Date.now()),
        );
  const onReleased = (): void => stop("released");
  const onCanceled = (): void => void askToStop(context, controller.signal, () => stop("lost"));
  released.addEventListener("abort", onReleased, { once: true });
  canceled.addEventListener("abort", onCanceled, { once: true });
  if (released.aborted) onReleased();
  if (canceled.aborted || run.status === "CANCELING") onCanceled();
  let told = false;
  try {
    return await followPrompt({
      client: connection.client,
      socket: connection.socket,
      promptId: run.comfyPromptId,
      nodeCount: Object.keys(run.graph).length,
      signal: controller.signal,
      onProgress: (news) => progress.onProgress(news),
      onPreview: (preview) => progress.onPreview(preview),
      onFiles: (files) => early.begin(files),
      onUnreachable: (sinceMs, error) => {
        if (!told) deps.runLog.add(run, "MACHINE_UNREACHABLE", `${run.machine.name} does not answer: ${error.message}`);
        if (!told) void markUnreachable(deps, run.machine.id, error.message).catch(() => undefined);
        told = true;
        if (sinceMs > deps.config.worker.machineLostTimeoutSecs * 1000) stop("machine-lost");
      },
      onReachable: () => {
        if (told) deps.runLog.add(run, "MACHINE_BACK", `${run.machine.name} answers again`);
        told = false;
        void markReachable(deps, run.machine.id).catch(() => undefined);
      },
    });
  } catch (error) {
    if (error instanceof ComfyError) return { state: "nonsense", error };
    if (!(error instanceof Stop)) throw error;
    if (error.because === "released") throw new HandBackError();
    return { state: error.because };
  } finally {
    clearTimeout(timeout);
    released.removeEventListener("abort", onReleased);
    canceled.removeEventListener("abort", onCanceled);
    // Ends what runs on beside the following.
    controller.abort();
  }
}

/** The time is up, unless the prompt has ended and nobody was there to hear of it. */
async function stopAtTimeout({ connection, run }: RunContext, stop: () => void): Promise<void> {
  const job = await connection.client.job(run.comfyPromptId).catch(() => undefined);
  if (job?.state !== "succeeded" && job?.state !== "failed") stop();
}

/**
 * Asks the machine to stop this prompt and no other, again and again until following has seen its end: the prompt may be
 * on its way to the machine at the first time.
 */
async function askToStop({ connection, run }: RunContext, signal: AbortSignal, onGone: () => void): Promise<void> {
  const { client } = connection;
  for (let pause = 100; !signal.aborted; pause = Math.min(pause * 2, 5_000)) {
    try {
      const wasThere = await client.cancel(run.comfyPromptId, { signal });
      // A prompt that had not begun leaves no trace, and no event tells that it is gone.
      if (wasThere && (await client.job(run.comfyPromptId, { signal })).state === "unknown") return onGone();
    } catch (error) {
      if (!(error instanceof ComfyError)) return;
    }
    await pauseFor(pause, signal);
  }
}

function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
