import type { Viewer } from "#domains/accounts/viewer.ts";
import type { Finding } from "#domains/queue/submit/finding.ts";
import type { DraftRun } from "#domains/queue/submit/plan-job.ts";
import { type PlanDeps, planSubmission, type Submission } from "#domains/queue/submit/plan-submission.ts";
import { type SubmitInput, submitSchema } from "#domains/queue/submit/submit-input.ts";
import { parseInput } from "#lib/parse-input.ts";

export type Verdict = "READY" | "WARNED" | "BLOCKED";

/** What would become of a submission. */
export interface Preflight {
  submission: Submission;
  /** Over all jobs, numbered through. */
  runs: (DraftRun & { verdict: Verdict })[];
  /** Each once, blocking ones first, with the number of runs that it stands against. */
  findings: (Finding & { runCount: number })[];
  counts: Record<Verdict, number>;
}

/**
 * Plans as a submit does and stores nothing. @throws ValidationError, NotFoundError where there is no telling which runs
 * are meant
 */
export async function preflightJob(deps: PlanDeps, viewer: Viewer, input: SubmitInput): Promise<Preflight> {
  const submission = await planSubmission(deps, viewer, { ...input, dryRun: false }, parseInput(submitSchema, input));
  const runCounts = new Map<Finding, number>();
  const counts: Record<Verdict, number> = { READY: 0, WARNED: 0, BLOCKED: 0 };
  const runs = submission.parts.flat().map((run, index) => {
    const verdict = verdictOf(run.findings);
    counts[verdict] += 1;
    for (const each of run.findings) runCounts.set(each, (runCounts.get(each) ?? 0) + 1);
    return { ...run, index, verdict };
  });
  const findings = [...runCounts]
    .map(([each, runCount]) => ({ ...each, runCount }))
    .toSorted((a, b) => Number(b.isBlocking) - Number(a.isBlocking));
  return { submission, runs, findings, counts };
}

function verdictOf(findings: readonly Finding[]): Verdict {
  if (findings.some(({ isBlocking }) => isBlocking)) return "BLOCKED";
  return findings.length > 0 ? "WARNED" : "READY";
}
