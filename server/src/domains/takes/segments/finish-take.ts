import { join } from "node:path";
import {
  type ArtifactDeps,
  collectArtifacts,
  type NewArtifact,
  putUpForReview,
} from "#domains/takes/artifacts/collect-artifacts.ts";
import { measure } from "#domains/takes/artifacts/measure.ts";
import { dropAssets, findLeftovers, inFolder, storeTakeFile } from "#domains/takes/artifacts/store-file.ts";
import { recipeTags } from "#domains/takes/recipes/recipe-tags.ts";
import { type DrivenTake, ownerOf } from "#domains/takes/segments/load-take.ts";
import { CloseStack } from "#lib/close-stack.ts";

/** Puts a take whose segments are all over up for review: several are joined into one clip, and stay as its chunks. */
export async function finishTake(deps: ArtifactDeps, take: DrivenTake): Promise<void> {
  const [first] = take.segments;
  if (take.segments.length === 1 && first?.jobId) return collectArtifacts(deps, take, first.jobId);
  const clips = take.segments.flatMap(({ outputAsset, index }) => (outputAsset ? [{ ...outputAsset, index }] : []));
  const leftovers = await findLeftovers(deps, take.id);
  await inFolder(async (folder) => {
    const isWebM = clips.every(({ blob }) => blob.mime === "video/webm");
    const filename = `take.${isWebM ? "webm" : "mp4"}`;
    const path = join(folder, filename);
    await joinClips(deps, take, clips, path);
    const assetId = await storeTakeFile(deps, ownerOf(take), { path, filename, kind: "OUTPUT" });
    const { sha256 } = await deps.db.prisma.asset.findUniqueOrThrow({ where: { id: assetId } });
    const artifacts: NewArtifact[] = [
      { assetId, kind: "FINAL", sequenceIndex: null, isPrimary: true, ...(await measure(deps, sha256)) },
    ];
    for (const { id, index, sha256: hash } of clips)
      artifacts.push({ assetId: id, kind: "CHUNK", sequenceIndex: index, ...(await measure(deps, hash)) });
    const done = await putUpForReview(deps, take.id, { artifacts, seed: null, warnings: [] });
    await dropAssets(deps, done ? leftovers : [assetId]);
  });
}

async function joinClips(
  deps: ArtifactDeps,
  take: DrivenTake,
  clips: readonly { sha256: string }[],
  to: string,
): Promise<void> {
  await using files = new CloseStack();
  const paths: string[] = [];
  for (const { sha256 } of clips) paths.push(files.use(await deps.storage.localCopy(sha256)).path);
  await deps.media.join(paths, to, await recipeTags(deps, take));
}
