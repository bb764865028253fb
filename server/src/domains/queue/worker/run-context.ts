import type { Deps } from "#app/deps.ts";
import type { CancelRequests } from "#domains/queue/worker/cancel-requests.ts";
import type { LoadedRun } from "#domains/queue/worker/load-run.ts";
import type { MachineConnection } from "#domains/queue/worker/machine-connections.ts";

/** What the phases of one attempt share. */
export interface RunContext {
  deps: Deps;
  workerId: string;
  run: LoadedRun & { comfyPromptId: string; machine: NonNullable<LoadedRun["machine"]> };
  connection: MachineConnection;
  cancels: CancelRequests;
  /** Aborted when this process shall stop. */
  shutdown: AbortSignal;
}

/** This process stops: BullMQ gives the run to another, which finds the prompt on the machine and goes on. */
export class HandBackError extends Error {
  constructor() {
    super("The worker is shutting down; the run goes on elsewhere");
    this.name = "HandBackError";
  }
}
