import type { RunStatus } from "#platform/db/generated/enums.ts";

/** The states in which a machine's place is held. COLLECTING is not among them: the machine is free by then. */
export const holdingStatuses = ["CLAIMED", "SUBMITTED", "RUNNING", "CANCELING"] as const satisfies RunStatus[];
/** A worker has, or had, the run in hand. */
export const activeStatuses = [
  "CLAIMED",
  "SUBMITTED",
  "RUNNING",
  "COLLECTING",
  "CANCELING",
] as const satisfies RunStatus[];

/** The only transitions there are. The diagram is in the README beside this folder. */
const transitions: Record<RunStatus, readonly RunStatus[]> = {
  PENDING: ["CLAIMED", "CANCELED"],
  CLAIMED: ["SUBMITTED", "PENDING", "FAILED", "CANCELING"],
  SUBMITTED: ["RUNNING", "PENDING", "FAILED", "CANCELING"],
  RUNNING: ["COLLECTING", "PENDING", "FAILED", "CANCELING"],
  COLLECTING: ["SUCCEEDED", "FAILED"],
  CANCELING: ["CANCELED", "COLLECTING", "FAILED"],
  SUCCEEDED: [],
  FAILED: ["PENDING"],
  CANCELED: ["PENDING"],
};

export function mayBecome(from: RunStatus, to: RunStatus): boolean {
  return transitions[from].includes(to);
}

export function isEnded(status: RunStatus): boolean {
  return status === "SUCCEEDED" || status === "FAILED" || status === "CANCELED";
}

export function isActive(status: RunStatus): boolean {
  return (activeStatuses as readonly RunStatus[]).includes(status);
}
