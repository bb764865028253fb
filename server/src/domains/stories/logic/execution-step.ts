import type { ExecutionPartStatus, ExecutionStatus, JobStatus } from "#platform/db/generated/enums.ts";

/** A scene's images, or a transition. */
export interface PartState {
  status: ExecutionPartStatus;
  /** Null where it has no job. */
  job: { status: JobStatus; isFinished: boolean } | null;
}

export interface ExecutionState {
  status: ExecutionStatus;
  pausesForChoice: boolean;
  /** In story order. */
  scenes: readonly PartState[];
  transitions: readonly PartState[];
}

export type PartStep =
  | { kind: "submit"; index: number }
  | { kind: "collect"; index: number }
  | { kind: "fail"; index: number; status: "FAILED" | "CANCELED" };

/** What is to be done next; steps of several parts do not depend on each other. None: until something else happens. */
export type ExecutionSteps =
  | { stage: "IMAGES" | "VIDEOS"; parts: PartStep[] }
  | { moveTo: ExecutionStatus }
  | { stitch: true }
  | null;

/** The same states give the same steps. */
export function nextSteps({ status, pausesForChoice, scenes, transitions }: ExecutionState): ExecutionSteps {
  if (status === "STITCHING") return { stitch: true };
  if (status !== "IMAGES" && status !== "VIDEOS") return null;
  const parts = status === "IMAGES" ? scenes : transitions;
  const steps = parts.flatMap((part, index) => stepOf(part, index) ?? []);
  if (steps.length > 0) return { stage: status, parts: steps };
  if (parts.every((part) => part.status === "DONE"))
    return { moveTo: status === "VIDEOS" ? "STITCHING" : pausesForChoice ? "CHOOSING" : "VIDEOS" };
  // Others go on while one has failed: their work is not lost.
  if (parts.some((part) => part.status === "GENERATING")) return null;
  return { moveTo: parts.some((part) => part.status === "FAILED") ? "FAILED" : "CANCELED" };
}

function stepOf({ status, job }: PartState, index: number): PartStep | null {
  // A job that is gone is made again.
  if (status === "PENDING" || (status === "GENERATING" && !job)) return { kind: "submit", index };
  if (status !== "GENERATING" || !job?.isFinished) return null;
  if (job.status === "SUCCEEDED") return { kind: "collect", index };
  return { kind: "fail", index, status: job.status === "CANCELED" ? "CANCELED" : "FAILED" };
}
