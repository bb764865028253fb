import { extname } from "node:path";
import { join } from "node:path";
import type { Deps } from "#app/deps.ts";
import { dropAssets, inFolder, storeTakeFile } from "#domains/takes/artifacts/store-file.ts";
import { type DrivenSegment, type DrivenTake, ownerOf } from "#domains/takes/segments/load-take.ts";
import { writeWhileOpen } from "#domains/takes/segments/lock-take.ts";
import type { FrameChoice, WrittenFrame } from "#platform/media/media-tasks.ts";
import type { LocalFile } from "#platform/storage/storage.ts";

export type BoundaryDeps = Pick<Deps, "db" | "storage" | "media">;

/** How far back a person may go, in seconds. */
const candidateSecs = 1;
/** Longer side of what a person picks from, in pixels. */
const candidateSize = 640;

/** Notes the frame from which the next segment starts; with MANUAL, lays frames out for a person instead. */
export async function takeBoundary(deps: BoundaryDeps, take: DrivenTake, segment: DrivenSegment): Promise<void> {
  if (take.boundaryMode === "MANUAL") return layOutCandidates(deps, take, segment);
  const choice: FrameChoice =
    take.boundaryMode === "LOWEST_MOTION" ? { stillestOf: take.boundaryFrames } : { last: true };
  await inFolder(async (folder) => {
    await using clip = await clipOf(deps, segment);
    const [frame] = await deps.media.frames(clip.path, choice, folder, null);
    if (!frame) return;
    const isLast = take.boundaryMode === "LAST";
    await endAt(deps, take, segment, frame, isLast ? null : await cut(deps, segment, clip.path, frame, folder), "DONE");
  });
}

/** The segment as it ends with the frame that a person picked. @returns false when somebody else was quicker */
export async function endAtPicked(
  deps: BoundaryDeps,
  take: DrivenTake,
  segment: DrivenSegment,
  secs: number,
): Promise<boolean> {
  return inFolder(async (folder) => {
    await using clip = await clipOf(deps, segment);
    const [frame] = await deps.media.frames(clip.path, { at: [secs] }, folder, null);
    if (!frame) return false;
    return endAt(deps, take, segment, frame, await cut(deps, segment, clip.path, frame, folder), "WAITING");
  });
}

function clipOf({ storage }: Pick<Deps, "storage">, { outputAsset }: DrivenSegment): Promise<LocalFile> {
  if (!outputAsset) throw new Error("a segment that is over has a clip");
  return storage.localCopy(outputAsset.sha256);
}

interface CutClip {
  path: string;
  filename: string;
  durationSecs: number;
}

/** The clip up to and with a frame; null when nothing comes after it. */
async function cut(
  deps: BoundaryDeps,
  segment: DrivenSegment,
  path: string,
  { index, timestamp }: WrittenFrame,
  folder: string,
): Promise<CutClip | null> {
  const { frameCount } = await deps.media.probe(path);
  if (frameCount === null || index >= frameCount - 1) return null;
  const isWebM = extname(segment.outputAsset?.filename ?? "").toLowerCase() === ".webm";
  const filename = `segment_${segment.index + 1}_cut.${isWebM ? "webm" : "mp4"}`;
  const to = join(folder, filename);
  const { durationSecs } = await deps.media.trim(path, to, timestamp);
  return { path: to, filename, durationSecs };
}

async function endAt(
  deps: BoundaryDeps,
  take: DrivenTake,
  segment: DrivenSegment,
  frame: WrittenFrame,
  clip: CutClip | null,
  from: "DONE" | "WAITING",
): Promise<boolean> {
  const owner = ownerOf(take);
  const stored: string[] = [];
  const store = async (path: string, filename: string, kind: "FRAME" | "OUTPUT"): Promise<string> => {
    const id = await storeTakeFile(deps, owner, { path, filename, kind });
    stored.push(id);
    return id;
  };
  const boundaryAssetId = await store(frame.path, `segment_${segment.index + 1}_end.png`, "FRAME");
  const cutClip = clip && {
    outputAssetId: await store(clip.path, clip.filename, "OUTPUT"),
    durationSecs: clip.durationSecs,
  };
  const written = await writeWhileOpen(deps, take.id, (tx) =>
    tx.takeSegment.updateMany({
      where: { id: segment.id, status: from, boundaryAssetId: null },
      data: {
        status: "DONE",
        boundaryAssetId,
        boundaryIndex: frame.index,
        boundarySecs: frame.timestamp,
        ...cutClip,
      },
    }),
  );
  const isFirst = written !== null && written.count > 0;
  if (isFirst) await dropCandidates(deps, segment.id);
  else await dropAssets(deps, stored);
  return isFirst;
}

/** What a person did not pick is of no further use. */
async function dropCandidates({ db }: Pick<Deps, "db">, segmentId: string): Promise<void> {
  const candidates = await db.prisma.boundaryCandidate.findMany({ where: { segmentId }, select: { assetId: true } });
  if (candidates.length === 0) return;
  await db.prisma.boundaryCandidate.deleteMany({ where: { segmentId } });
  await dropAssets(
    { db },
    candidates.map(({ assetId }) => assetId),
  );
}

async function layOutCandidates(deps: BoundaryDeps, take: DrivenTake, segment: DrivenSegment): Promise<void> {
  await inFolder(async (folder) => {
    const choice = { lastSecs: candidateSecs };
    await using clip = await clipOf(deps, segment);
    const frames = await deps.media.frames(clip.path, choice, folder, candidateSize);
    const candidates: { segmentId: string; index: number; secs: number; assetId: string }[] = [];
    for (const { path, index, timestamp } of frames) {
      const filename = `segment_${segment.index + 1}_frame_${index}.png`;
      const assetId = await storeTakeFile(deps, ownerOf(take), { path, filename, kind: "FRAME" });
      candidates.push({ segmentId: segment.id, index, secs: timestamp, assetId });
    }
    const isFirst = await writeWhileOpen(deps, take.id, async (tx) => {
      const { count } = await tx.takeSegment.updateMany({
        where: { id: segment.id, status: "DONE", boundaryAssetId: null },
        data: { status: "WAITING" },
      });
      if (count > 0) await tx.boundaryCandidate.createMany({ data: candidates });
      return count > 0;
    });
    if (!isFirst)
      await dropAssets(
        deps,
        candidates.map(({ assetId }) => assetId),
      );
  });
}
