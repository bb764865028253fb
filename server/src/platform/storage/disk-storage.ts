import { createHash, randomUUID } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { access, link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Disk } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";
import { receiveFile } from "#platform/storage/receive-file.ts";
import { blobKey, NotStoredError, type Storage, TooFewBytesError, uploadKey } from "#platform/storage/storage.ts";
import { listUntouched, removeUntouched, sweep } from "#platform/storage/untouched-files.ts";

/** Files in a folder of this machine. A blob is written whole under a temporary name and then moved. */
export async function openDiskStorage(directory: string): Promise<Storage> {
  await mkdir(join(directory, "temporary"), { recursive: true });
  const disk = new Disk(new FSDriver({ location: directory, visibility: "private" }));
  const pathOf = (sha256: string): string => join(directory, blobKey(sha256));
  const exists = (key: string): Promise<boolean> =>
    stat(join(directory, key)).then(
      () => true,
      () => false,
    );
  /** Whether the blob is there; from now on it counts as touched, so that no clean-up takes it away from whoever asks. */
  const touch = async (key: string): Promise<boolean> => {
    const now = new Date();
    return utimes(join(directory, key), now, now).then(
      () => true,
      () => false,
    );
  };

  const adopt = async (key: string, sha256: string): Promise<void> => {
    if (await touch(blobKey(sha256))) return disk.delete(key);
    try {
      await disk.move(key, blobKey(sha256));
    } catch (error) {
      // Somebody else may have stored or adopted the same bytes at the same moment.
      if (!(await touch(blobKey(sha256)))) throw error;
      await disk.delete(key);
    }
  };

  return {
    kind: "disk",
    check: () => access(join(directory, "temporary"), constants.W_OK),
    put: async (body, limit) => {
      const key = `temporary/${randomUUID()}`;
      const stored = await receiveFile(join(directory, key), body, limit).catch((error: unknown) => {
        body.destroy();
        throw error;
      });
      await adopt(key, stored.sha256);
      return stored;
    },
    putBytes: async (bytes) => {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      if (!(await touch(blobKey(sha256)))) {
        const temporary = join(directory, "temporary", randomUUID());
        const path = pathOf(sha256);
        await Promise.all([writeFile(temporary, bytes), mkdir(dirname(path), { recursive: true })]);
        await rename(temporary, path);
      }
      return { sha256, bytes: bytes.length };
    },
    read: (sha256, range) => createReadStream(pathOf(sha256), range),
    bytes: (sha256) =>
      readFile(pathOf(sha256)).catch((error: NodeJS.ErrnoException) => {
        throw error.code === "ENOENT" ? new NotStoredError(sha256) : error;
      }),
    localCopy: async (sha256) => {
      if (!(await exists(blobKey(sha256)))) throw new NotStoredError(sha256);
      return { path: pathOf(sha256), [Symbol.asyncDispose]: () => Promise.resolve() };
    },
    has: (sha256) => exists(blobKey(sha256)),
    delete: (sha256) => disk.delete(blobKey(sha256)),
    remove: (sha256, untouchedForMs) => removeUntouched(directory, pathOf(sha256), untouchedForMs),
    listUntouched: (untouchedForMs) => listUntouched(join(directory, "blobs"), untouchedForMs),
    sweepTemporary: (untouchedForMs) => sweep(join(directory, "temporary"), untouchedForMs),
    putUpload: async (uploadId, body, bytes) => {
      const key = `temporary/${randomUUID()}`;
      const stored = await receiveFile(join(directory, key), body, bytes);
      if (stored.bytes < bytes) {
        await disk.delete(key);
        throw new TooFewBytesError(stored.bytes, bytes);
      }
      await disk.move(key, uploadKey(uploadId, stored.sha256));
      return stored;
    },
    localUpload: async (uploadId, sha256) => {
      // A second name: another request may adopt the upload, and so move it, at any moment.
      const path = join(directory, "temporary", randomUUID());
      await link(join(directory, uploadKey(uploadId, sha256)), path).catch((error: NodeJS.ErrnoException) => {
        throw error.code === "ENOENT" ? new NotStoredError(sha256) : error;
      });
      return { path, [Symbol.asyncDispose]: () => rm(path, { force: true }) };
    },
    adoptUpload: async (uploadId, sha256) => {
      await adopt(uploadKey(uploadId, sha256), sha256);
      await disk.deleteAll(`uploads/${uploadId}`);
    },
    deleteUpload: (uploadId) => disk.deleteAll(`uploads/${uploadId}`),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
