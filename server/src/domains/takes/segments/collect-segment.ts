import { readOutputs } from "#domains/takes/artifacts/read-outputs.ts";
import type { ArtifactDeps } from "#domains/takes/artifacts/collect-artifacts.ts";
import type { DrivenSegment, DrivenTake } from "#domains/takes/segments/load-take.ts";
import { writeWhileOpen } from "#domains/takes/segments/lock-take.ts";
import type { Prisma } from "#platform/db/generated/client.ts";

/**
 * Notes the clip that a segment's job made. Without one the take fails, since nothing can follow.
 * @returns whether the take can go on
 */
export async function collectSegment(deps: ArtifactDeps, take: DrivenTake, segment: DrivenSegment): Promise<boolean> {
  const { outputs, seed } = await readOutputs(deps, segment.jobId ?? "", null);
  const output = outputs.find(({ isPrimary }) => isPrimary);
  const isOnly = take.segments.length === 1;
  const where: Prisma.TakeSegmentWhereInput = {
    id: segment.id,
    jobId: segment.jobId,
    status: { in: ["GENERATING", "FAILED", "CANCELED"] },
  };
  if (!isOnly && !isClip(output)) {
    const warnings = [`Segment ${segment.index + 1} made no clip, so that nothing can continue it.`];
    await writeWhileOpen(deps, take.id, async (tx) => {
      await tx.take.update({ where: { id: take.id }, data: { status: "FAILED", warnings } });
      await tx.takeSegment.updateMany({ where, data: { status: "FAILED" } });
    });
    return false;
  }
  const durationSecs = isClip(output) ? await durationOf(deps, output.sha256) : null;
  const data = { outputAssetId: output?.assetId ?? null, durationSecs, ...(seed === null ? {} : { seed }) };
  const written = await writeWhileOpen(deps, take.id, (tx) =>
    tx.takeSegment.updateMany({ where, data: { ...data, status: "DONE" } }),
  );
  return written !== null;
}

async function durationOf({ media, storage }: ArtifactDeps, sha256: string): Promise<number | null> {
  await using file = await storage.localCopy(sha256);
  return (await media.probe(file.path)).durationSecs;
}

/** Pictures that move count: some workflows save nothing else. */
function isClip<Output extends { mime: string }>(output: Output | undefined): output is Output {
  return output !== undefined && /^(video\/|image\/(webp|gif|apng))/.test(output.mime);
}
