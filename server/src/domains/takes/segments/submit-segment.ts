import { submitJob } from "#domains/queue/submit/submit-job.service.ts";
import { type DrivenSegment, type DrivenTake, viewerOf } from "#domains/takes/segments/load-take.ts";
import { graphOfSegment, useGraph } from "#domains/takes/same-graph.ts";
import type { TakePrompt, TakeRequest, TakeSnapshot } from "#domains/takes/take-record.ts";
import type { TakeDeps } from "#domains/takes/takes.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { ConflictError } from "#lib/domain-error.ts";
import { inScope } from "#platform/work/scope.ts";

/**
 * Submits a segment's run, from the frame at which the one before it ended. Job and segment are tied in one transaction, so
 * that a segment never has two.
 */
export async function submitSegment(deps: TakeDeps, take: DrivenTake, segment: DrivenSegment): Promise<void> {
  const before = take.segments[segment.index - 1];
  const seedAssetId = before ? before.boundaryAssetId : take.inputAssetId;
  const { workflowVersionId } = take.snapshot as unknown as TakeSnapshot;
  const { params = {}, sameGraphsAs } = take.request as unknown as TakeRequest;
  const version = await deps.db.prisma.workflowVersion.findUniqueOrThrow({ where: { id: workflowVersionId } });
  const prompts = segment.prompts as unknown as TakePrompt[];
  const submission = {
    workflowId: version.workflowId,
    workflowVersionId,
    projectId: take.character.projectId,
    name: `${take.sceneType.name} · ${take.character.name} · ${segment.index + 1} of ${take.segments.length}`,
    params,
    inputs: seedAssetId ? [{ assetId: encodeId("Asset", seedAssetId) }] : undefined,
    seed: BigInt(segment.seed.toFixed()),
    seedMode: "FIXED" as const,
    allowUnresolved: true,
    resolved: { texts: prompts, snapshots: prompts },
  };
  const graph = sameGraphsAs ? await graphOfSegment(deps, sameGraphsAs, segment.index) : null;
  try {
    await inScope({ ids: { requestId: take.requestId ?? undefined, takeId: take.id } }, () =>
      submitJob(deps, viewerOf(take), submission, async (client, [jobId], [run]) => {
        // The take's row before its segment's, as everywhere.
        await client.query(`SELECT 1 FROM take WHERE id = $1 FOR NO KEY UPDATE`, [take.id]);
        const { rowCount } = await client.query(
          `WITH tied AS (
           UPDATE take_segment SET status = 'GENERATING', job_id = $2, seed = $3, seed_asset_id = $4, updated_at = now()
           WHERE id = $1 AND job_id IS NULL RETURNING take_id
         )
         UPDATE take SET job_id = $2, status = 'GENERATING', updated_at = now() FROM tied
         WHERE take.id = tied.take_id AND take.status IN ('PENDING', 'GENERATING', 'FAILED', 'CANCELED')
           AND take.canceled_at IS NULL RETURNING take.id`,
          [segment.id, jobId, run?.seed.toString(), seedAssetId],
        );
        if (rowCount !== 1) throw new ConflictError("The segment is rendered already", segmentTaken);
        if (graph && jobId) await useGraph(client, jobId, graph, before?.boundaryAsset?.sha256 ?? null);
      }),
    );
  } catch (error) {
    // Another process was quicker, or a person has decided meanwhile.
    if (!(error instanceof ConflictError) || error.code !== segmentTaken) throw error;
  }
}

const segmentTaken = "SEGMENT_TAKEN";
