import type { Deps } from "#app/deps.ts";
import type { CancelRequests } from "#domains/queue/worker/cancel-requests.ts";
import type { LoadedRun } from "#domains/queue/load-run.ts";
import type { MachineConnection } from "#domains/queue/worker/machine-connections.ts";
import type { RunStatus } from "#platform/db/generated/enums.ts";

/** An attempt, wherever it is: enough to end it. */
export interface Attempt {
  deps: Deps;
  run: LoadedRun & { comfyPromptId: string };
}

/** What the phases of one attempt share. */
export interface RunContext extends Attempt {
  workerId: string;
  run: LoadedRun & { comfyPromptId: string; machine: NonNullable<LoadedRun["machine"]> };
  connection: MachineConnection;
  cancels: CancelRequests;
  /** When this process claimed the run and noted with it that the prompt may have been posted (`performance.now()`). */
  notedAt: number | null;
  /** The furthest state that this process has written: spares statements that would find nothing to do. */
  reached: RunStatus;
}

/**
 * This process lets go of the run: it stops, or the machine has another address now. BullMQ gives the run to a worker
 * again, which finds the prompt on the machine and goes on.
 */
export class HandBackError extends Error {
  constructor() {
    super("The worker lets go of the run; it goes on elsewhere");
    this.name = "HandBackError";
  }
}
