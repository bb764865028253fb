import { randomUUID } from "node:crypto";
import type { Dirent, Stats } from "node:fs";
import { link, opendir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/**
 * Deletes a file unless it was touched within the last `untouchedForMs`. It is moved away before it is looked at: a touch
 * after that does not find it, and one before is seen.
 * @returns whether it is gone, also when it was before
 */
export async function removeUntouched(directory: string, path: string, untouchedForMs: number): Promise<boolean> {
  const away = join(directory, "temporary", `removed-${randomUUID()}`);
  try {
    await rename(path, away);
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
  const isUntouched = untouchedMs(await stat(away)) >= untouchedForMs;
  // A link does not replace what somebody has written there in between: the same bytes.
  if (!isUntouched)
    await link(away, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  await rm(away, { force: true });
  return isUntouched;
}

/** Files whose names are hashes, in any folder below, that were not touched within the last `untouchedForMs`. */
export async function* listUntouched(
  directory: string,
  untouchedForMs: number,
): AsyncGenerator<{ sha256: string; bytes: number }> {
  for await (const entry of filesIn(directory)) {
    const found = await untouched(join(entry.parentPath, entry.name), untouchedForMs);
    if (found && /^[0-9a-f]{64}$/.test(entry.name)) yield { sha256: entry.name, bytes: found.size };
  }
}

/** Deletes all files of a folder that were not touched within the last `untouchedForMs`. */
export async function sweep(directory: string, untouchedForMs: number): Promise<{ files: number; bytes: number }> {
  const swept = { files: 0, bytes: 0 };
  for await (const entry of filesIn(directory)) {
    const path = join(entry.parentPath, entry.name);
    const found = await untouched(path, untouchedForMs);
    if (!found) continue;
    await rm(path, { force: true });
    swept.files += 1;
    swept.bytes += found.size;
  }
  return swept;
}

async function* filesIn(directory: string): AsyncGenerator<Dirent> {
  try {
    for await (const entry of await opendir(directory, { recursive: true })) if (entry.isFile()) yield entry;
  } catch (error) {
    // A folder that nobody has needed yet.
    if (!isMissing(error)) throw error;
  }
}

async function untouched(path: string, untouchedForMs: number): Promise<{ size: number } | null> {
  try {
    const found = await stat(path);
    return untouchedMs(found) >= untouchedForMs ? { size: found.size } : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** In whole milliseconds, as the clock is: a file of this very millisecond is not one of the future. */
function untouchedMs({ mtimeMs }: Stats): number {
  return Date.now() - Math.floor(mtimeMs);
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}
