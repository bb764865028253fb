import { join } from "node:path";
import { v7 as uuidv7 } from "uuid";
import type { Deps } from "#app/deps.ts";
import { executionMetadata, filmOf } from "#domains/stories/executions/execution-metadata.ts";
import { type DrivenExecution, ownerOf } from "#domains/stories/executions/load-execution.ts";
import { inFolder, keepBytes, keepFile, type LaidFile, layFiles } from "#domains/stories/executions/store-files.ts";
import { CloseStack } from "#lib/close-stack.ts";
import { stringifyJson } from "#lib/json.ts";
import { MediaError } from "#platform/media/media-error.ts";
import type { WrittenClip } from "#platform/media/media-tasks.ts";

export type StitchDeps = Pick<Deps, "db" | "bus" | "storage" | "media" | "log">;

/** How often progress is written down at most, in ms. */
const tellEveryMs = 500;

/**
 * Joins the transitions into the film, lays it and metadata.json into the layout, and ends the execution. What a process
 * that died had done of it is done again; of two that do it at once, one is kept.
 */
export async function stitchFilm(deps: StitchDeps, execution: DrivenExecution): Promise<void> {
  await inFolder(async (folder) => {
    const path = join(folder, "final.mp4");
    const film = await written(deps, execution, path);
    if (typeof film === "string") return failFilm(deps, execution, film);
    const { frameCount, durationSecs, isReencoded } = film;
    const metadata = await executionMetadata(deps, execution.id);
    if (!metadata) return;
    const json = stringifyJson({ ...metadata, film: filmOf(film) }, 2);
    const filmFile: LaidFile = {
      id: uuidv7(),
      made: { sha256: await keepFile(deps, path), kind: "OUTPUT" },
      filename: "final.mp4",
    };
    // Not what runs made: it is no output that people look for.
    const metadataFile: LaidFile = {
      id: uuidv7(),
      made: { sha256: await keepBytes(deps, Buffer.from(json)), kind: "STAGED" },
      filename: "metadata.json",
    };
    const { folder: root, ...owner } = ownerOf(execution);
    await deps.db.prisma.$transaction(async (tx) => {
      const { count } = await tx.execution.updateMany({
        where: { id: execution.id, status: "STITCHING" },
        data: {
          status: "SUCCEEDED",
          stitchProgress: 1,
          frameCount,
          durationSecs,
          isReencoded,
          error: null,
          finishedAt: new Date(),
        },
      });
      if (count === 0) return;
      await layFiles(tx, root, owner, [filmFile, metadataFile]);
      const files = { filmAssetId: filmFile.id, metadataAssetId: metadataFile.id };
      await tx.execution.update({ where: { id: execution.id }, data: files });
    });
  });
}

/** @returns why the clips can't be joined, as text */
async function written(deps: StitchDeps, execution: DrivenExecution, to: string): Promise<WrittenClip | string> {
  const ids = execution.transitions.flatMap(({ assetId }) => assetId ?? []);
  const assets = await deps.db.prisma.asset.findMany({
    where: { id: { in: ids } },
    select: { id: true, sha256: true },
  });
  const hashes = new Map(assets.map(({ id, sha256 }) => [id, sha256]));
  await using files = new CloseStack();
  const paths: string[] = [];
  for (const id of ids) paths.push(files.use(await deps.storage.localCopy(hashes.get(id) ?? "")).path);
  const { id: executionId, execId } = execution;
  const jobIds = execution.transitions.flatMap(({ jobId }) => jobId ?? []);
  const tags = { callsheet: JSON.stringify({ executionId, execId, jobIds }) };
  try {
    return await deps.media.stitch(paths, to, tags, progressOf(deps, executionId));
  } catch (error) {
    if (error instanceof MediaError && !error.isTransient) return error.message;
    throw error;
  }
}

/** Written down now and then: it also says that somebody is at it. */
function progressOf({ db, bus, log }: StitchDeps, executionId: string): (done: number) => void {
  let toldAt = 0;
  return (done) => {
    if (performance.now() - toldAt < tellEveryMs) return;
    toldAt = performance.now();
    const where = { id: executionId, status: "STITCHING" as const };
    db.prisma.execution
      .updateMany({ where, data: { stitchProgress: done } })
      .then(() => bus.publish("execution.changed", { executionId }))
      .catch((error: unknown) => log.warn({ err: error, executionId }, "progress of a film"));
  };
}

async function failFilm({ db }: StitchDeps, { id }: DrivenExecution, message: string): Promise<void> {
  await db.prisma.execution.updateMany({
    where: { id, status: "STITCHING" },
    data: { status: "FAILED", error: `The clips can't be joined: ${message}`, finishedAt: new Date() },
  });
}
