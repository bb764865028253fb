import { NotStoredError, type Storage } from "#platform/storage/storage.ts";

export interface Copied {
  files: number;
  bytes: number;
  /** Files that were there already. */
  present: number;
  /** Hashes of files whose bytes are not theirs any more; they are left out. */
  damaged: string[];
}

/** Files that are on their way at the same time. */
const atOnce = 8;

/**
 * Copies all blobs that are not there yet. It can be broken off and run again, also while files are added: the next run
 * takes what is missing.
 */
export async function copyBlobs(from: Storage, to: Storage, onFile: (copied: Copied) => void): Promise<Copied> {
  const copied: Copied = { files: 0, bytes: 0, present: 0, damaged: [] };
  // Whatever its age, also one from a clock that goes ahead of ours.
  const blobs = from.listUntouched(Number.NEGATIVE_INFINITY)[Symbol.asyncIterator]();
  const work = async (): Promise<void> => {
    for (let next = await blobs.next(); !next.done; next = await blobs.next()) {
      const { sha256 } = next.value;
      try {
        if (await to.has(sha256)) copied.present += 1;
        else await copyOne(from, to, sha256, copied);
      } catch (error) {
        // A clean-up took it in between.
        if (!(error instanceof NotStoredError)) throw error;
      }
      onFile(copied);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return copied;
}

async function copyOne(from: Storage, to: Storage, sha256: string, copied: Copied): Promise<void> {
  const source = from.read(sha256);
  const stored = await to.put(source, Number.POSITIVE_INFINITY).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === "ENOENT" ? new NotStoredError(sha256) : error;
  });
  if (stored.sha256 === sha256) {
    copied.files += 1;
    copied.bytes += stored.bytes;
    return;
  }
  copied.damaged.push(sha256);
  await to.delete(stored.sha256);
}
