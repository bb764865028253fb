import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { estimateSubmission } from "#domains/queue/estimates/estimate-job.service.ts";
import type { JobEstimate } from "#domains/queue/estimates/logic/estimate.ts";
import type { Finding } from "#domains/queue/submit/finding.ts";
import { loadTarget, type SubmitTarget } from "#domains/queue/submit/load-target.ts";
import { type PlanDeps, planVariations, type Submission } from "#domains/queue/submit/plan-submission.ts";
import { type SubmitInput, submitSchema } from "#domains/queue/submit/submit-input.ts";
import { parseInput } from "#lib/parse-input.ts";

/** The workflow version that would be submitted, with its parameters and slots. @throws NotFoundError, ValidationError */
export async function loadSubmitTarget(
  { db }: Pick<Deps, "db">,
  workflowId: string,
  versionId: string | undefined,
): Promise<SubmitTarget> {
  return loadTarget(db.pool, workflowId, versionId);
}

/**
 * Looks ahead at jobs that differ in params, tries, seed and texts only: what stands against each of them, in their order,
 * and what all of them take and cost. The number of statements does not depend on how many they are.
 * @throws as preflightJob
 */
export async function preflightVariations(
  deps: PlanDeps,
  viewer: Viewer,
  jobs: readonly SubmitInput[],
): Promise<{ findings: Finding[][]; estimate: JobEstimate }> {
  const [one] = jobs;
  if (!one) throw new Error("there is nothing to look ahead at");
  const variations = jobs.map((job) => ({ ...parseInput(submitSchema, job), resolved: job.resolved }));
  const submissions = await planVariations(deps, viewer, one, parseInput(submitSchema, one), variations);
  const [first] = submissions as [Submission];
  const parts = submissions.flatMap((each) => each.parts);
  return {
    findings: submissions.map((each) => [...new Set(each.parts.flat().flatMap((run) => run.findings))]),
    estimate: await estimateSubmission(deps, { ...first, parts }),
  };
}
