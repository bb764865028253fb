import type { JobStatus } from "#gql/graphql.ts";
import { plural } from "#lib/format.ts";

/** In the order in which they want attention. */
export const jobStatuses: readonly JobStatus[] = [
  "RUNNING",
  "FAILED",
  "PARTIAL",
  "PENDING",
  "PAUSED",
  "CANCELED",
  "SUCCEEDED",
];

/** Nothing more happens to the job by itself; retrying its runs opens it again. */
export function hasEnded(status: JobStatus): boolean {
  return status === "SUCCEEDED" || status === "PARTIAL" || status === "FAILED" || status === "CANCELED";
}

export interface Counts {
  total: number;
  pending: number;
  active: number;
  canceling: number;
  succeeded: number;
  failed: number;
  canceled: number;
}

/** `12 of 16 done, 1 failed, 2 canceled`. */
export function describeCounts({ total, succeeded, failed, canceled }: Counts): string {
  return [`${succeeded} of ${total} done`, failed > 0 && `${failed} failed`, canceled > 0 && `${canceled} canceled`]
    .filter(Boolean)
    .join(", ");
}

/** A job by its name, several by their number. */
export function nameJobs(jobs: readonly { name: string }[]): string {
  const [only] = jobs;
  return jobs.length === 1 && only ? only.name : plural(jobs.length, "job");
}

/** Runs of several jobs, added up. */
export function sumCounts<Key extends keyof Counts>(
  counts: readonly Pick<Counts, Key>[],
  keys: readonly Key[],
): Record<Key, number> {
  const sumOf = (key: Key) => counts.reduce((sum, each) => sum + each[key], 0);
  return Object.fromEntries(keys.map((key) => [key, sumOf(key)])) as Record<Key, number>;
}

/** What canceling will do, in numbers. Runs already being canceled are left out. */
export function describeCancel(
  { pending, active }: Pick<Counts, "pending" | "active">,
  letRunningFinish: boolean,
): string {
  const parts = [
    pending > 0 && `${pending} pending will not start`,
    active > 0 && (letRunningFinish ? `${active} running will finish` : `${active} running will be interrupted`),
  ].filter(Boolean);
  return parts.length > 0 ? `${parts.join(", ")}.` : "All runs have ended already.";
}

/** The node that a run is at, in words; machines name nodes by number, or `57:8` inside a subgraph. */
export function describeNode(node: string | null | undefined): string {
  if (!node) return "";
  return /^[\d:]+$/.test(node) ? `Node ${node}` : node;
}
