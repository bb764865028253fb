import { createHash } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { copyFile, link, mkdir, realpath, unlink } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Deps } from "#app/deps.ts";
import { numberedFilename } from "#domains/assets/logic/filename.ts";

/** Beside the inputs; directories are not read into, so nothing in it is taken again. */
const processedFolder = "_processed";

interface ProcessedInput {
  path: string;
  sha256: string;
}

/**
 * Moves a job's input files on the server out of the way when its workflow asks for it and all runs have succeeded. Nothing
 * depends on this: what can't be moved stays, and is logged. Can be called again.
 */
export async function moveProcessedInputs(
  { db, config, log }: Pick<Deps, "db" | "config" | "log">,
  jobId: string,
): Promise<void> {
  if (config.inputRoots.length === 0) return;
  const { rows } = await db.pool.query<ProcessedInput>({
    name: "processed-inputs",
    text: `SELECT DISTINCT asset.source_path AS path, asset.sha256
           FROM job JOIN workflow_version version ON version.id = job.workflow_version_id
           JOIN run ON run.job_id = job.id JOIN asset ON asset.id = run.input_asset_id
           WHERE job.id = $1 AND job.status = 'SUCCEEDED' AND asset.source_path IS NOT NULL
             AND version.recipe LIKE '%"moveProcessed":true%'`,
    values: [jobId],
  });
  for (const input of rows) {
    try {
      const moved = await moveAway(config.inputRoots, input);
      if (moved === null) continue;
      // What is read in place is found again, for another try or a look.
      await db.prisma.asset.updateMany({
        where: { isInPlace: true, sourcePath: input.path, sha256: input.sha256 },
        data: { sourcePath: moved },
      });
    } catch (error) {
      log.warn({ err: error, path: input.path, jobId }, "processed input stays where it is");
    }
  }
}

async function moveAway(roots: readonly string[], { path, sha256 }: ProcessedInput): Promise<string | null> {
  const real = await realpath(path).catch(() => null);
  // Gone, moved already, or another picture under the same name by now.
  if (real === null || (await sha256Of(real)) !== sha256) return null;
  const folder = join(dirname(real), processedFolder);
  await mkdir(folder, { recursive: true });
  const inside = await Promise.all(roots.map((root) => realpath(root).catch(() => root)));
  const target = await realpath(folder);
  if (![real, target].every((each) => inside.some((root) => each.startsWith(root + sep)))) {
    throw new Error("it is outside the folders that are open for inputs");
  }
  for (let n = 1; ; n++) {
    const to = join(target, numberedFilename(basename(real), n));
    if (await place(real, to)) continue;
    await unlink(real);
    return to;
  }
}

/** Never overwrites. @returns whether the name is taken */
async function place(from: string, to: string): Promise<boolean> {
  const isTaken = (error: NodeJS.ErrnoException): true => {
    if (error.code === "EEXIST") return true;
    throw error;
  };
  try {
    await link(from, to);
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return true;
    // File systems without hard links.
    return copyFile(from, to, constants.COPYFILE_EXCL).then(() => false, isTaken);
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
