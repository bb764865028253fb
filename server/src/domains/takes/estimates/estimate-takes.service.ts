import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { defaultPool } from "#domains/machines/machines.service.ts";
import { estimateSubmission } from "#domains/queue/estimates/estimate-job.service.ts";
import { readRemaining } from "#domains/queue/estimates/remaining.ts";
import { readPlaces } from "#domains/queue/estimates/run-history.ts";
import { failureOf } from "#domains/queue/submit/finding.ts";
import { planSubmission } from "#domains/queue/submit/plan-submission.ts";
import { submitSchema } from "#domains/queue/submit/submit-input.ts";
import { pairsOf, placed } from "#domains/takes/generate-takes.service.ts";
import { type EstimatedTakes, estimateOfTakes, type TakesEstimate } from "#domains/takes/logic/take-estimate.ts";
import { clipPromptsOf, planTake } from "#domains/takes/plan-take.ts";
import { firstRunOf } from "#domains/takes/takes.service.ts";
import { parseInput } from "#lib/parse-input.ts";
import type { BoundaryMode } from "#platform/db/generated/enums.ts";

export interface EstimateTakesInput {
  sceneTypeIds: readonly string[];
  characterIds: readonly string[];
  inputAssetId?: string | undefined;
  params?: unknown;
  boundaryMode?: BoundaryMode | undefined;
}

export interface TimedEstimate extends TakesEstimate {
  /** When all would be there, after what waits or runs on the pool already; null when unknown. */
  finishAt: Date | null;
}

const estimateInput = z.object({ params: z.record(z.string(), z.unknown()).default({}) });

/**
 * What generateTakes would take and cost for the same input. Characters don't change how long a scene type takes: each is
 * planned once, with the first of them. Stores nothing.
 * @throws as generateTakes where the takes could not be made, but for placeholders
 */
export async function estimateTakes(
  deps: Pick<Deps, "config" | "db" | "storage">,
  viewer: Viewer,
  input: EstimateTakesInput,
): Promise<TimedEstimate> {
  const { params } = parseInput(estimateInput, { params: input.params ?? undefined });
  const takes = new Map<string, EstimatedTakes>();
  for (const { sceneTypeId, characterId, at } of pairsOf(input)) {
    const known = takes.get(sceneTypeId);
    if (known) {
      known.takeCount += 1;
      continue;
    }
    const wish = { sceneTypeId, characterId, inputAssetId: input.inputAssetId };
    const plan = await planTake(deps, viewer, wish).catch((error: unknown) => {
      throw placed(error, at);
    });
    const { first } = clipPromptsOf(plan, 0n);
    const submission = {
      ...firstRunOf(plan, params),
      seed: 0n,
      seedMode: "FIXED" as const,
      resolved: { texts: first.texts, snapshots: first.prompts },
    };
    const planned = await planSubmission(deps, viewer, submission, parseInput(submitSchema, submission));
    const findings = planned.parts.flat().flatMap((run) => run.findings);
    if (findings.some(({ isBlocking }) => isBlocking)) throw failureOf(findings);
    const isManual = input.boundaryMode === "MANUAL";
    const run = await estimateSubmission(deps, planned);
    takes.set(sceneTypeId, { takeCount: 1, segmentCount: plan.count, isManual, run });
  }
  const [places, { byPool }] = await Promise.all([readPlaces(deps), readRemaining(deps)]);
  const estimate = estimateOfTakes([...takes.values()], places.get(defaultPool) ?? 0);
  const before = byPool.has(defaultPool) ? (byPool.get(defaultPool) ?? null) : 0;
  const secs = before === null || estimate.elapsedSecs === null ? null : before + estimate.elapsedSecs.p50;
  return { ...estimate, finishAt: secs === null ? null : new Date(Date.now() + secs * 1000) };
}
