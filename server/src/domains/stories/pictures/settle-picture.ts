import type { StoryDeps } from "#domains/stories/change-branch.ts";
import { pictureFilename, pictureFolder } from "#domains/stories/logic/picture-place.ts";
import { changePicture } from "#domains/stories/pictures/change-picture.ts";
import { countChoices } from "#domains/stories/pictures/count-choices.ts";
import { type DrivenPicture, loadPicture } from "#domains/stories/pictures/load-picture.ts";
import { recordChanges } from "#domains/stories/scene-assets/store-states.ts";
import { freeFilename, splitName } from "#domains/assets/logic/filename.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { Asset } from "#platform/db/generated/client.ts";

/**
 * Writes down what became of a picture whose job is over: its image, or why there is none. Told twice, or late, nothing
 * happens: each write is a compare-and-set.
 */
export async function settlePicture(deps: StoryDeps, id: string): Promise<void> {
  const picture = await loadPicture(deps, id);
  if (!picture?.job?.finishedAt || picture.status === "DONE") return;
  const { status } = picture.job;
  if (status !== "SUCCEEDED" && status !== "PARTIAL") {
    const ended = status === "CANCELED" ? "CANCELED" : "FAILED";
    const error = ended === "FAILED" ? await errorOf(deps, picture.job.id) : null;
    return end(deps, picture, ended, error);
  }
  const image = await imageOf(deps, picture.job.id);
  if (!image) return end(deps, picture, "FAILED", "The workflow made no picture; choose another asset workflow.");
  await changePicture(deps, picture, async (tx) => {
    const { count } = await tx.sceneAssetPicture.updateMany({
      where: { id, status: { not: "DONE" }, job: { status } },
      data: { status: "DONE", imageId: image.id, openKey: null, error: null },
    });
    if (count === 0) return;
    await file(tx, picture, image);
    if (await isOutdated(tx, picture)) return;
    await show(tx, picture, image.id);
  });
}

async function end(
  deps: StoryDeps,
  picture: DrivenPicture,
  status: "FAILED" | "CANCELED",
  error: string | null,
): Promise<void> {
  if (picture.status === status) return;
  await changePicture(deps, picture, (tx) =>
    tx.sceneAssetPicture.updateMany({
      // A retry may have brought the job back to life since it was read.
      where: { id: picture.id, status: { not: "DONE" }, job: { status: picture.job?.status ?? "FAILED" } },
      data: { status, openKey: null, error },
    }),
  );
}

/** The first picture among a job's files, in the order in which they were made. */
async function imageOf({ db }: Pick<StoryDeps, "db">, jobId: string): Promise<Asset | null> {
  const output = await db.prisma.runOutput.findFirst({
    where: { run: { jobId, status: "SUCCEEDED" }, asset: { blob: { mime: { startsWith: "image/" } } } },
    orderBy: [{ run: { index: "asc" } }, { index: "asc" }],
    include: { asset: true },
  });
  return output?.asset ?? null;
}

async function errorOf({ db }: Pick<StoryDeps, "db">, jobId: string): Promise<string | null> {
  const run = await db.prisma.run.findFirst({
    where: { jobId, status: "FAILED" },
    orderBy: { index: "asc" },
    select: { error: true },
  });
  return (run?.error as { message: string } | null)?.message ?? null;
}

/** The file lies where the scene's pictures lie, under the first free name. */
async function file(tx: PrismaTx, { sceneAsset }: DrivenPicture, image: Asset): Promise<void> {
  const { scene, projectAsset } = sceneAsset;
  const { branch, number, title } = scene;
  const folder = pictureFolder({ project: branch.project.name, branch: branch.name, number, title });
  const wanted = pictureFilename(projectAsset.name, image.filename);
  const taken = await tx.asset.findMany({
    where: { folder, filename: { startsWith: splitName(wanted).stem } },
    select: { filename: true },
  });
  const filename = freeFilename(wanted, new Set(taken.map((each) => each.filename)));
  await tx.asset.update({ where: { id: image.id }, data: { folder, filename } });
}

/** Whether a person chose an image after this one was asked for, or a picture that was asked for later is there already. */
async function isOutdated(tx: PrismaTx, picture: DrivenPicture): Promise<boolean> {
  const { id, sceneAssetId, choicesBefore, createdAt } = picture;
  const choices = await countChoices(tx, [sceneAssetId]);
  if ((choices.get(sceneAssetId) ?? 0) > choicesBefore) return true;
  const later = await tx.sceneAssetPicture.findFirst({
    where: { sceneAssetId, status: "DONE", id: { not: id }, createdAt: { gt: createdAt } },
    select: { id: true },
  });
  return later !== null;
}

async function show(tx: PrismaTx, { sceneAssetId, createdById }: DrivenPicture, imageId: string): Promise<void> {
  const { imageId: before } = await tx.sceneAsset.findUniqueOrThrow({ where: { id: sceneAssetId } });
  if (before === imageId) return;
  await tx.sceneAsset.update({ where: { id: sceneAssetId }, data: { imageId } });
  const change = { sceneAssetId, field: "IMAGE" as const, origin: "GENERATION" as const, before, after: imageId };
  await recordChanges(tx, [change], { userId: createdById, reason: null });
}
