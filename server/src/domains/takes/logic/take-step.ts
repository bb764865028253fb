import type { JobStatus, SegmentStatus } from "#platform/db/generated/enums.ts";

export interface SegmentState {
  id: string;
  status: SegmentStatus;
  /** Null where it has no job. */
  job: { status: JobStatus; isFinished: boolean } | null;
  hasBoundary: boolean;
}

/** What is to be done next for a take; `nothing` until something else happens. */
export type TakeStep =
  | { kind: "nothing" }
  | { kind: "submit" | "collect" | "takeBoundary"; segmentId: string }
  | { kind: "fail"; segmentId: string; status: "FAILED" | "CANCELED" }
  | { kind: "finish" };

/** The next step of a take from the states of its segments, in their order. The same states give the same step. */
export function nextStep(segments: readonly SegmentState[]): TakeStep {
  for (const [index, { id, status, job, hasBoundary }] of segments.entries()) {
    if (status === "DONE") {
      if (index === segments.length - 1) return { kind: "finish" };
      if (!hasBoundary) return { kind: "takeBoundary", segmentId: id };
      continue;
    }
    if (status === "WAITING") return { kind: "nothing" };
    if (!job) return { kind: "submit", segmentId: id };
    if (!job.isFinished) return { kind: "nothing" };
    if (job.status === "SUCCEEDED" || job.status === "PARTIAL") return { kind: "collect", segmentId: id };
    const ended = job.status === "CANCELED" ? "CANCELED" : "FAILED";
    return status === ended ? { kind: "nothing" } : { kind: "fail", segmentId: id, status: ended };
  }
  return { kind: "nothing" };
}
