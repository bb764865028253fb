import type { Deps } from "#app/deps.ts";
import { type EstimatedRun, estimateJob, type JobEstimate } from "#domains/queue/estimates/logic/estimate.ts";
import { yieldOf } from "#domains/queue/estimates/logic/yield.ts";
import { readHistories, readPlaces } from "#domains/queue/estimates/run-history.ts";
import { isReadable } from "#domains/queue/submit/gather-inputs.ts";
import type { Submission } from "#domains/queue/submit/plan-submission.ts";

/** What a planned submission would take and cost: of its runs that nothing stands against. Two statements. */
export async function estimateSubmission(
  deps: Pick<Deps, "config" | "db">,
  { target, pool, parts }: Submission,
): Promise<JobEstimate> {
  const [historyOf, places] = await Promise.all([
    readHistories(deps, [{ versionId: target.versionId, pool }]),
    readPlaces(deps),
  ]);
  const runs = parts.flat().flatMap(({ graph, size, input, findings }): EstimatedRun[] => {
    if (graph === null || findings.some(({ isBlocking }) => isBlocking)) return [];
    const inputSecs = input && isReadable(input) ? input.media.durationSecs : null;
    return [{ size, makes: yieldOf(graph, target.category, inputSecs) }];
  });
  return estimateJob(runs, historyOf({ versionId: target.versionId, pool }), places.get(pool) ?? 0, deps.config.prices);
}
