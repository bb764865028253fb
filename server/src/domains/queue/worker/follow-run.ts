import { markUnreachable, markReachable } from "#domains/machines/machine-health.ts";
import type { LiveProgress } from "#domains/queue/worker/live-progress.ts";
import { HandBackError, type RunContext } from "#domains/queue/worker/run-context.ts";
import { ComfyError } from "#platform/comfy/errors.ts";
import { type ComfyEnd, followPrompt } from "#platform/comfy/follow.ts";

export type Followed = ComfyEnd | { state: "timeout" } | { state: "machine-lost" };

class Stop extends Error {
  constructor(readonly because: "timeout" | "machine-lost" | "shutdown") {
    super(because);
  }
}

/** Follows a prompt to its end, its time limit, the machine's disappearance, or this process's shutdown. */
export async function followRun(context: RunContext, progress: LiveProgress): Promise<Followed> {
  const { deps, run, connection, cancels, shutdown } = context;
  const controller = new AbortController();
  const stop = (because: Stop["because"]): void => controller.abort(new Stop(because));
  const since = run.submittedAt?.getTime() ?? Date.now();
  const timeout = setTimeout(() => stop("timeout"), Math.max(0, since + run.timeoutSecs * 1000 - Date.now()));
  const onShutdown = (): void => stop("shutdown");
  shutdown.addEventListener("abort", onShutdown, { once: true });
  if (shutdown.aborted) onShutdown();
  const endWatch = cancels.watch(run.id, () => void askToStop(context, controller.signal));
  if (run.status === "CANCELING") void askToStop(context, controller.signal);
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
      onUnreachable: (sinceMs, error) => {
        if (!told) void markUnreachable(deps, run.machine.id, error.message).catch(() => undefined);
        told = true;
        if (sinceMs > deps.config.worker.machineLostTimeoutSecs * 1000) stop("machine-lost");
      },
      onReachable: () => {
        told = false;
        void markReachable(deps, run.machine.id).catch(() => undefined);
      },
    });
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    if (error.because === "shutdown") throw new HandBackError();
    return { state: error.because };
  } finally {
    clearTimeout(timeout);
    shutdown.removeEventListener("abort", onShutdown);
    endWatch();
  }
}

/** Asks the machine to stop this prompt and no other, until it has heard it. The end itself comes by following. */
async function askToStop({ connection, run }: RunContext, signal: AbortSignal): Promise<void> {
  for (let pause = 200; !signal.aborted; pause = Math.min(pause * 2, 5_000)) {
    try {
      await connection.client.cancel(run.comfyPromptId, { signal });
      return;
    } catch (error) {
      if (!(error instanceof ComfyError)) return;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
