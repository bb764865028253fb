import type { Deps } from "#app/deps.ts";
import { setQueuePaused } from "#domains/queue/jobs.service.ts";

/** Lets the queue run or pauses it at the start, as configured; by default it stays as it was. */
export async function applyStartMode(deps: Deps): Promise<void> {
  const { startMode } = deps.config;
  if (startMode !== "last") await setQueuePaused(deps, {}, startMode === "paused");
}
