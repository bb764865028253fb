import { v7 as uuidv7 } from "uuid";
import type { CleanupDeps, Removed } from "#domains/retention/cleanup.service.ts";
import type { StoredBlob } from "#platform/storage/storage.ts";

/** Bytes without a row may be on their way to one: a submit stores all its inputs before its rows. */
const strayAfterMs = 86_400_000;
/** Files that one statement looks up. */
const batch = 500;

/** Deletes bytes that belong to nothing, and half-written files. */
export async function removeStrays(deps: CleanupDeps, cleanupId: string): Promise<Removed> {
  const { db, storage, log } = deps;
  const total: Removed = { files: 0, bytes: 0, failures: 0 };
  const half = await storage.sweepTemporary(strayAfterMs);
  total.files += half.files;
  total.bytes += half.bytes;
  for await (const files of inBatches(storage.listUntouched(strayAfterMs))) {
    for (const { sha256, bytes } of await unknownOf(deps, files)) {
      try {
        if (!(await storage.remove(sha256, strayAfterMs))) continue;
        total.files += 1;
        total.bytes += bytes;
        await db.prisma.blob.updateMany({ where: { sha256 }, data: { removedAt: new Date() } });
        await note(deps, cleanupId, { sha256, bytes });
      } catch (error) {
        total.failures += 1;
        log.error({ err: error, sha256 }, "a file can't be deleted");
        await note(deps, cleanupId, { sha256, bytes }, error instanceof Error ? error.message : String(error));
      }
    }
  }
  return total;
}

/** Those that neither an asset nor a thumbnail is made of. */
async function unknownOf({ db }: CleanupDeps, files: readonly StoredBlob[]): Promise<StoredBlob[]> {
  const known = await db.prisma.blob.findMany({
    where: {
      sha256: { in: files.map(({ sha256 }) => sha256) },
      OR: [{ assets: { some: { isInPlace: false } } }, { thumbnailOf: { some: {} } }],
    },
    select: { sha256: true },
  });
  const hashes = new Set(known.map(({ sha256 }) => sha256));
  return files.filter(({ sha256 }) => !hashes.has(sha256));
}

async function note({ db }: CleanupDeps, cleanupId: string, blob: StoredBlob, error?: string): Promise<void> {
  await db.prisma.cleanupItem.create({
    data: {
      id: uuidv7(),
      cleanupId,
      name: blob.sha256,
      sha256: blob.sha256,
      bytes: blob.bytes,
      reason: "bytes that belong to nothing",
      error: error ?? null,
    },
  });
}

async function* inBatches<T>(items: AsyncIterable<T>): AsyncGenerator<T[]> {
  let next: T[] = [];
  for await (const item of items) {
    next.push(item);
    if (next.length < batch) continue;
    yield next;
    next = [];
  }
  if (next.length > 0) yield next;
}
