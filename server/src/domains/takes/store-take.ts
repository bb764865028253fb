import type pg from "pg";
import { v7 as uuidv7 } from "uuid";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { contentDigests, inputDigest, type TakeContent } from "#domains/takes/logic/input-digest.ts";
import { clipPositionOf } from "#domains/takes/logic/segment-plan.ts";
import type { PlannedTake } from "#domains/takes/plan-take.ts";
import type { TakeChange } from "#domains/takes/logic/take-changes.ts";
import type { TakePrompt, TakeRequest, TakeSnapshot, Upstream } from "#domains/takes/take-record.ts";
import { paramContent } from "#domains/takes/upstream/param-files.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { seedAfter, seedRangeOf } from "#domains/workflows/logic/seed-range.ts";
import { parseJson, stringifyJson } from "#lib/json.ts";
import type { WorkflowVersion } from "#platform/db/generated/client.ts";
import type { BoundaryMode } from "#platform/db/generated/enums.ts";
import { currentRequestId } from "#platform/work/scope.ts";

export interface NewTake {
  plan: PlannedTake;
  request: TakeRequest;
  boundaryMode: BoundaryMode;
  boundaryFrames: number;
  /** Resolved texts of the first clip and of those that continue it. */
  prompts: { first: TakePrompt[]; continuation: TakePrompt[] | null };
  source?: { takeId: string; changes: TakeChange[] } | undefined;
  /** Hashes of files that parameters name, by key. */
  paramSha256: Record<string, string>;
  upstream: Upstream | null;
}

/** Writes a take with its segments in the transaction of its first job. @param run the run of that job */
export async function storeTake(
  client: pg.PoolClient,
  viewer: Viewer,
  { plan, request, boundaryMode, boundaryFrames, prompts, source, paramSha256, upstream }: NewTake,
  run: { jobId: string; seed: bigint; prompts: TakePrompt[] },
): Promise<void> {
  const { version, asset, count, isOrchestrated } = plan;
  const params = request.params ?? {};
  const content: TakeContent = {
    contentHash: version.contentHash,
    params: paramContent(params, paramSha256),
    inputSha256: asset?.sha256 ?? null,
    prompts: prompts.first,
    continuation: prompts.continuation,
  };
  const snapshot: TakeSnapshot = {
    workflowVersionId: version.id,
    contentHash: version.contentHash,
    prompts: run.prompts,
    params,
    inputSha256: content.inputSha256,
    digests: contentDigests(content),
    paramSha256,
    upstream,
  };
  const takeId = uuidv7();
  const segments = Array.from({ length: isOrchestrated ? count : 0 }, (_, index) => ({
    id: uuidv7(),
    index,
    clip_position: clipPositionOf(index, count),
    prompts: index === 0 ? run.prompts : (prompts.continuation ?? []),
    seed: seedOfSegment(version, run.seed, index).toString(),
  }));
  await client.query(
    `WITH stored AS (
       INSERT INTO take (id, scene_type_id, character_id, job_id, input_asset_id, created_by_id, status, seed, snapshot,
         request, input_digest, boundary_mode, boundary_frames, source_take_id, changes, request_id, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'GENERATING', $7, $8, $9, $10, $11::"BoundaryMode", $12, $13, $14, $16, now())
     )
     INSERT INTO take_segment (id, take_id, index, status, clip_position, prompts, seed, job_id, seed_asset_id, updated_at)
     SELECT id, $1, index, (CASE WHEN index = 0 THEN 'GENERATING' ELSE 'PENDING' END)::"SegmentStatus", clip_position, prompts,
       seed, CASE WHEN index = 0 THEN $4::uuid END, CASE WHEN index = 0 THEN $5::uuid END, now()
     FROM json_to_recordset($15::json) AS s(id uuid, index int, clip_position "ClipPosition", prompts jsonb, seed numeric)`,
    [
      takeId,
      plan.sceneType.id,
      plan.character.id,
      run.jobId,
      asset?.id ?? null,
      viewer.userId,
      run.seed.toString(),
      stringifyJson(snapshot),
      stringifyJson(request),
      inputDigest(content),
      boundaryMode,
      boundaryFrames,
      source?.takeId ?? null,
      stringifyJson(source?.changes ?? []),
      stringifyJson(segments),
      currentRequestId(),
    ],
  );
}

/**
 * Each segment has a seed of its own: equal ones would repeat their noise. They are known from the first one, and such that
 * the workflow takes.
 */
export function seedOfSegment(
  { parameters }: Pick<WorkflowVersion, "parameters">,
  seed: bigint,
  index: number,
): bigint {
  return seedAfter(seed, BigInt(index), seedRangeOf(parseJson(parameters) as unknown as WorkflowParameter[]));
}
