import type { Viewer } from "#domains/accounts/viewer.ts";
import { type EstimatedRun, estimateJob, type JobEstimate } from "#domains/queue/estimates/logic/estimate.ts";
import { yieldOf } from "#domains/queue/estimates/logic/yield.ts";
import { readHistories, readPlaces } from "#domains/queue/estimates/run-history.ts";
import type { Finding } from "#domains/queue/submit/finding.ts";
import { type PlanDeps, planVariations, type Submission } from "#domains/queue/submit/plan-submission.ts";
import { type SubmitInput, submitSchema } from "#domains/queue/submit/submit-input.ts";
import { parseInput } from "#lib/parse-input.ts";

/** A submission as it would be, and what stands against its runs. */
export interface AlikePlan {
  submission: Submission;
  blocking: Finding[];
}

/**
 * Plans submissions that differ in their texts and sizes only: of one workflow version, pool and project, without inputs. As
 * many statements as for one of them.
 * @throws as planSubmission
 */
export async function planAlike(
  deps: PlanDeps,
  viewer: Viewer,
  common: SubmitInput,
  each: readonly Pick<SubmitInput, "params" | "resolution">[],
): Promise<AlikePlan[]> {
  const variations = each.map((own) => ({ ...parseInput(submitSchema, { ...common, ...own }), resolved: undefined }));
  const submissions = await planVariations(deps, viewer, common, parseInput(submitSchema, common), variations);
  return submissions.map((submission) => {
    const findings = submission.parts.flat().flatMap((run) => run.findings);
    return { submission, blocking: [...new Set(findings)].filter(({ isBlocking }) => isBlocking) };
  });
}

/** What planned submissions that are alike would take and cost together. Two statements. */
export async function estimateAlike(
  deps: Pick<PlanDeps, "config" | "db">,
  { versionId, pool }: { versionId: string; pool: string },
  submissions: readonly Submission[],
): Promise<JobEstimate> {
  const [historyOf, places] = await Promise.all([readHistories(deps, [{ versionId, pool }]), readPlaces(deps)]);
  const runs = submissions.flatMap(({ target, parts }) =>
    parts
      .flat()
      .flatMap(({ graph, size }): EstimatedRun[] =>
        graph === null ? [] : [{ size, makes: yieldOf(graph, target.category, null) }],
      ),
  );
  return estimateJob(runs, historyOf({ versionId, pool }), places.get(pool) ?? 0, deps.config.prices);
}
