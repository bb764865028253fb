import type { Deps } from "#app/deps.ts";
import { type ChainedSegment, staleReason } from "#domains/takes/logic/freshness.ts";
import type { TakeChange } from "#domains/takes/logic/take-changes.ts";
import type { TakeSnapshot, Upstream } from "#domains/takes/take-record.ts";
import type { Prisma, Take } from "#platform/db/generated/client.ts";

/** The take, and of it the segment, that made a file; null for what people put there or other jobs made. */
export async function upstreamOf({ db }: Pick<Deps, "db">, assetId: string): Promise<Upstream | null> {
  const { rows } = await db.pool.query<Upstream>(
    `SELECT take_id AS "takeId", id AS "segmentId", job_id AS "jobId" FROM take_segment
       WHERE boundary_asset_id = $1 OR output_asset_id = $1
     UNION ALL SELECT s.take_id, s.id, s.job_id FROM boundary_candidate c JOIN take_segment s ON s.id = c.segment_id
       WHERE c.asset_id = $1
     UNION ALL SELECT take_id, NULL, NULL FROM artifact WHERE asset_id = $1
     LIMIT 1`,
    [assetId],
  );
  return rows[0] ?? null;
}

type Chained = ChainedSegment & { id: string; takeId: string; jobId: string | null };

/** Segments with the hashes of the frames by which they hang together, take by take in their order. */
async function chainedSegments({ db }: Pick<Deps, "db">, where: Prisma.TakeSegmentWhereInput): Promise<Chained[]> {
  const segments = await db.prisma.takeSegment.findMany({
    where,
    orderBy: [{ takeId: "asc" }, { index: "asc" }],
    select: {
      id: true,
      takeId: true,
      index: true,
      jobId: true,
      seedAsset: { select: { sha256: true } },
      boundaryAsset: { select: { sha256: true } },
    },
  });
  return segments.map(({ seedAsset, boundaryAsset, ...segment }) => ({
    ...segment,
    seedSha256: seedAsset?.sha256 ?? null,
    boundarySha256: boundaryAsset?.sha256 ?? null,
  }));
}

function reasonsIn(segments: readonly Chained[]): Map<string, string> {
  return new Map(
    segments.flatMap((segment, at) => {
      const before = segments[at - 1];
      const reason = staleReason(segment, before?.takeId === segment.takeId ? before : undefined);
      return reason ? [[segment.id, reason] as const] : [];
    }),
  );
}

/** Why segments of takes are stale, by segment; those that are not are left out. */
export async function staleSegments(deps: Pick<Deps, "db">, take: Prisma.TakeWhereInput): Promise<Map<string, string>> {
  return reasonsIn(await chainedSegments(deps, { take }));
}

/** Pictures between the segments of a take that are others than in the take that it repeats, by take. */
export async function frameChanges(
  deps: Pick<Deps, "db">,
  takes: readonly { id: string; sourceTakeId: string | null }[],
): Promise<Map<string, TakeChange[]>> {
  const pairs = takes.flatMap(({ id, sourceTakeId }) => (sourceTakeId ? [{ id, sourceTakeId }] : []));
  const ids = pairs.flatMap(({ id, sourceTakeId }) => [id, sourceTakeId]);
  const segments = await chainedSegments(deps, { takeId: { in: ids }, index: { gt: 0 } });
  const seedOf = (take: string, at: number): string | null =>
    segments.find(({ takeId, index }) => takeId === take && index === at)?.seedSha256 ?? null;
  return new Map(
    pairs.map(({ id, sourceTakeId }) => [
      id,
      segments.flatMap(({ takeId, index, seedSha256: after }) => {
        const before = seedOf(sourceTakeId, index);
        // What is not rendered yet, or was not, is no difference.
        if (takeId !== id || after === null || before === null || after === before) return [];
        return [{ path: `segments.${index + 1}.seedFrame`, before, after }];
      }),
    ]),
  );
}

/** Which files that takes were made from have been made anew since, in words, by take. Two statements. */
export async function staleUpstreams(
  deps: Pick<Deps, "db">,
  takes: readonly Pick<Take, "id" | "snapshot">[],
): Promise<ReadonlyMap<string, string[]>> {
  const snapshots = new Map(takes.map(({ id, snapshot }) => [id, snapshot as unknown as TakeSnapshot]));
  const upstreams = [...snapshots.values()].flatMap(({ upstream }) => upstream ?? []);
  const segments = await chainedSegments(deps, {
    OR: [
      { takeId: { in: [...snapshots.keys()] } },
      { id: { in: upstreams.flatMap(({ segmentId }) => segmentId ?? []) } },
    ],
  });
  const artifacts = await deps.db.prisma.artifact.findMany({
    where: { takeId: { in: upstreams.flatMap(({ takeId, segmentId }) => (segmentId === null ? takeId : [])) } },
    select: { takeId: true, asset: { select: { sha256: true } } },
  });
  return new Map(
    [...snapshots].map(([id, { upstream, inputSha256 }]) => {
      const own = [...reasonsIn(segments.filter(({ takeId }) => takeId === id)).values()];
      const reason = upstream && inputReason(upstream, inputSha256, segments, artifacts);
      return [id, reason ? [reason, ...own] : own];
    }),
  );
}

/** Why the reference image is not what its take has now; null when it is, or the take is gone. */
function inputReason(
  { takeId, segmentId, jobId }: Upstream,
  sha256: string | null,
  segments: readonly Chained[],
  artifacts: readonly { takeId: string; asset: { sha256: string } }[],
): string | null {
  if (segmentId !== null) {
    const segment = segments.find(({ id }) => id === segmentId);
    if (!segment || segment.jobId === jobId || segment.boundarySha256 === sha256) return null;
    return `The reference image comes from segment ${segment.index + 1} of a take, which was made anew since.`;
  }
  const files = artifacts.filter((each) => each.takeId === takeId);
  if (files.length === 0 || files.some(({ asset }) => asset.sha256 === sha256)) return null;
  return "The reference image comes from a take that was made anew since.";
}
