import { join } from "node:path";
import { v7 as uuidv7 } from "uuid";
import type { Deps } from "#app/deps.ts";
import { asPng } from "#domains/stories/executions/input-picture.ts";
import {
  type DrivenExecution,
  type DrivenScene,
  type DrivenTransition,
  ownerOf,
} from "#domains/stories/executions/load-execution.ts";
import { inFolder, keepBytes, keepFile, type LaidFile, layFiles } from "#domains/stories/executions/store-files.ts";
import { imageFilename, transitionFilename } from "#domains/stories/logic/execution-paths.ts";
import { pickOutput, type RunFile } from "#domains/stories/logic/pick-output.ts";
import { ValidationError } from "#lib/domain-error.ts";
import { MediaError } from "#platform/media/media-error.ts";
import type { MediaProbe } from "#platform/media/media-tasks.ts";

export type CollectDeps = Pick<Deps, "db" | "storage" | "media">;

interface EndedRun {
  id: string;
  tryIndex: number;
  seed: string;
  files: RunFile[];
}

/** Notes the images that a scene's job made, each under its name in the layout. Running it again changes nothing. */
export async function collectScene(deps: CollectDeps, execution: DrivenExecution, scene: DrivenScene): Promise<void> {
  const runs = await readRuns(deps, scene.jobId ?? "");
  const found: { imageId: string; runId: string; seed: string; file: LaidFile }[] = [];
  for (const { id: imageId, variant } of scene.images) {
    const run = runs.find(({ tryIndex }) => tryIndex === variant);
    const output = run && pickOutput(run.files, "IMAGE");
    const picture = output && (await pngOf(deps, output));
    if (!run || !picture)
      return failPart(
        deps,
        "executionScene",
        scene,
        `Variant ${variant} made no picture; choose a workflow that saves one`,
      );
    const filename = imageFilename({ order: scene.order, slug: scene.slug, variant });
    found.push({ imageId, runId: run.id, seed: run.seed, file: { ...picture, filename } });
  }
  const { folder, ...owner } = ownerOf(execution);
  await deps.db.prisma.$transaction(async (tx) => {
    const where = { id: scene.id, jobId: scene.jobId, status: "GENERATING" as const };
    const { count } = await tx.executionScene.updateMany({ where, data: { status: "DONE", error: null } });
    if (count === 0) return;
    await layFiles(
      tx,
      `${folder}/images`,
      owner,
      found.map(({ file }) => file),
    );
    for (const { imageId, runId, seed, file } of found)
      await tx.executionImage.update({ where: { id: imageId }, data: { runId, seed, assetId: file.id } });
  });
}

/** Notes the clip that a transition's job made. Running it again changes nothing. */
export async function collectTransition(
  deps: CollectDeps,
  execution: DrivenExecution,
  transition: DrivenTransition,
): Promise<void> {
  const [run] = await readRuns(deps, transition.jobId ?? "");
  const output = run && pickOutput(run.files, "VIDEO");
  if (!run || !output)
    return failPart(deps, "executionTransition", transition, "The run made no clip; choose a workflow that saves one");
  const clip = await clipOf(deps, output);
  if (typeof clip === "string") return failPart(deps, "executionTransition", transition, clip);
  const { order } = transition;
  const slugAt = (place: number): string => execution.scenes[place]?.slug ?? "scene";
  const filename = transitionFilename({ order, slug: slugAt(order), nextSlug: slugAt(order + 1) });
  const { probe, ...asset } = clip;
  const file = { ...asset, filename };
  const { folder, ...owner } = ownerOf(execution);
  await deps.db.prisma.$transaction(async (tx) => {
    const { frameCount, durationSecs } = probe;
    const { count } = await tx.executionTransition.updateMany({
      where: { id: transition.id, jobId: transition.jobId, status: "GENERATING" },
      data: { status: "DONE", error: null, runId: run.id, seed: run.seed, frameCount, durationSecs },
    });
    if (count === 0) return;
    await layFiles(tx, `${folder}/videos`, owner, [file]);
    await tx.executionTransition.update({ where: { id: transition.id }, data: { assetId: file.id } });
  });
}

/** The runs of a job that succeeded, with what they made. */
async function readRuns({ db }: Pick<Deps, "db">, jobId: string): Promise<EndedRun[]> {
  const job = await db.prisma.job.findUniqueOrThrow({
    where: { id: jobId },
    include: {
      workflowVersion: { include: { workflow: { include: { outputKinds: true } } } },
      runs: {
        where: { status: "SUCCEEDED" },
        orderBy: { index: "asc" },
        include: { outputs: { orderBy: { index: "asc" }, include: { asset: { include: { blob: true } } } } },
      },
    },
  });
  const kinds = new Map(job.workflowVersion.workflow.outputKinds.map(({ nodeId, kind }) => [nodeId, kind]));
  return job.runs.map(({ id, tryIndex, seed, outputs }) => ({
    id,
    tryIndex,
    seed: seed?.toFixed() ?? "0",
    files: outputs.map(({ assetId, nodeId, asset }) => ({
      assetId,
      sha256: asset.sha256,
      mime: asset.blob.mime,
      kind: kinds.get(nodeId) ?? null,
    })),
  }));
}

type FoundFile = Omit<LaidFile, "filename">;

/** The layout holds PNGs: of another picture one is made. @returns null where it can't be decoded */
async function pngOf(deps: CollectDeps, { assetId, sha256, mime }: RunFile): Promise<FoundFile | null> {
  if (mime === "image/png") return { id: assetId, made: null };
  await using file = await deps.storage.localCopy(sha256);
  const png = await asPng(file.path, []).catch((error: unknown) => {
    if (error instanceof ValidationError) return null;
    throw error;
  });
  return png && { id: uuidv7(), made: { sha256: await keepBytes(deps, png), kind: "OUTPUT" } };
}

/** The layout holds MP4s: of another clip one is made. @returns why it can't be read, as text */
async function clipOf(
  deps: CollectDeps,
  { assetId, sha256, mime }: RunFile,
): Promise<(FoundFile & { probe: MediaProbe }) | string> {
  await using file = await deps.storage.localCopy(sha256);
  try {
    if (mime === "video/mp4") return { id: assetId, made: null, probe: await deps.media.probe(file.path) };
    return await inFolder(async (folder) => {
      const to = join(folder, "clip.mp4");
      await deps.media.join([file.path], to, {});
      const made = { sha256: await keepFile(deps, to), kind: "OUTPUT" as const };
      return { id: uuidv7(), made, probe: await deps.media.probe(to) };
    });
  } catch (error) {
    if (error instanceof MediaError && !error.isTransient) return error.message;
    throw error;
  }
}

/** What was made is of no use: it is made anew when somebody retries. */
async function failPart(
  { db }: Pick<Deps, "db">,
  table: "executionScene" | "executionTransition",
  { id, jobId }: { id: string; jobId: string | null },
  error: string,
): Promise<void> {
  const change = { where: { id, jobId, status: "GENERATING" as const }, data: { status: "FAILED" as const, error } };
  await (table === "executionScene"
    ? db.prisma.executionScene.updateMany(change)
    : db.prisma.executionTransition.updateMany(change));
}
