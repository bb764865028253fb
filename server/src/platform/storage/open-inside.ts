import { constants, type Stats } from "node:fs";
import { type FileHandle, lstat, open, readlink, realpath } from "node:fs/promises";
import { sep } from "node:path";
import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** The file that was opened lies outside the folders that are open. */
export class OutsideRootsError extends Error {
  constructor(path: string) {
    super(`${path} leads out of the folders that are open for inputs`);
    this.name = "OutsideRootsError";
  }
}

/** A file that is open: whatever happens to its name, these are its bytes. */
export interface OpenedFile extends AsyncDisposable {
  /** For libraries that read files themselves: leads to the opened file where the system can say so (Linux). */
  path: string;
  stats: Stats;
  /** Leaves the file open. `end` is inclusive. */
  read(range?: { start: number; end: number }): Readable;
  sha256(): Promise<string>;
}

/** The roots without symlinks. */
export function realRoots(roots: readonly string[]): Promise<string[]> {
  return Promise.all(roots.map((root) => realpath(root).catch(() => root)));
}

/** Whether a path is one of the roots or below it, both without symlinks. */
export function isInside(real: readonly string[], path: string): boolean {
  return real.some((root) => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep));
}

/**
 * Opens a file of the server and looks then where it lies: a link that is turned elsewhere in between opens nothing outside.
 * @throws OutsideRootsError, or the system's error (ENOENT, EACCES, EISDIR …)
 */
export async function openInside(roots: readonly string[], path: string): Promise<OpenedFile> {
  // A pipe would keep an opening that waits for its other end.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await handle.stat();
    const place = await placeOf(handle, path, stats);
    if (place === null || !isInside(await realRoots(roots), place.real)) throw new OutsideRootsError(path);
    if (!stats.isFile()) throw Object.assign(new Error("it is not a plain file"), { code: "EINVAL" });
    const read = (range?: { start: number; end: number }): Readable =>
      handle.createReadStream({ start: 0, ...range, autoClose: false });
    return {
      path: place.path,
      stats,
      read,
      sha256: async () => {
        const hash = createHash("sha256");
        await pipeline(read(), hash);
        return hash.digest("hex");
      },
      [Symbol.asyncDispose]: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Where the opened file lies; null when its name leads elsewhere by now. */
async function placeOf(handle: FileHandle, path: string, stats: Stats): Promise<{ real: string; path: string } | null> {
  const ofSystem = `/proc/self/fd/${handle.fd}`;
  const known = await readlink(ofSystem).catch(() => null);
  if (known?.startsWith(sep)) return { real: known, path: ofSystem };
  const real = await realpath(path);
  const named = await lstat(real);
  return named.dev === stats.dev && named.ino === stats.ino ? { real, path: real } : null;
}
