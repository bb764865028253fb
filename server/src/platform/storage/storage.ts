import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { finished, type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Disk } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";
import { listUntouched, removeUntouched, sweep } from "#platform/storage/untouched-files.ts";

export interface StoredBlob {
  sha256: string;
  bytes: number;
}

/** Raised while bytes stream in, when more arrive than allowed or announced. */
export class TooManyBytesError extends Error {
  constructor(readonly limit: number) {
    super(`More than ${limit} bytes arrived`);
    this.name = "TooManyBytesError";
  }
}

/** Raised when a stream ends before all announced bytes have come. */
export class TooFewBytesError extends Error {
  constructor(
    readonly arrived: number,
    readonly expected: number,
  ) {
    super(`${arrived} bytes arrived of ${expected}`);
    this.name = "TooFewBytesError";
  }
}

/** Content-addressed files. A blob is written whole under a temporary key and then moved, so a half one is never seen. */
export interface Storage {
  /** Streams bytes in and hashes them on the way. @throws TooManyBytesError beyond `limit` bytes; nothing stays then. */
  put(body: Readable, limit: number): Promise<StoredBlob>;
  putBytes(bytes: Uint8Array): Promise<StoredBlob>;
  /** `end` is inclusive, as in HTTP ranges. */
  read(sha256: string, range?: { start: number; end: number }): Readable;
  bytes(sha256: string): Promise<Uint8Array>;
  /** A path on this machine for libraries that read files themselves. */
  localPath(sha256: string): string;
  has(sha256: string): Promise<boolean>;
  delete(sha256: string): Promise<void>;
  /**
   * Deletes a blob unless somebody has stored the same bytes within the last `untouchedForMs`: whoever is about to
   * record them finds them. @returns whether it is gone
   */
  remove(sha256: string, untouchedForMs: number): Promise<boolean>;
  /** Hashes and sizes of the blobs that nobody has stored again within the last `untouchedForMs`. */
  listUntouched(untouchedForMs: number): AsyncIterable<StoredBlob>;
  /** Deletes what was left half written longer than `untouchedForMs` ago. @returns how much that was */
  sweepTemporary(untouchedForMs: number): Promise<{ files: number; bytes: number }>;
  /**
   * Keeps the bytes of an upload until it is completed. Several streams for one upload do not disturb each other.
   * @throws TooManyBytesError, TooFewBytesError; nothing of that stream stays then
   */
  putUpload(uploadId: string, body: Readable, bytes: number): Promise<StoredBlob>;
  /** Where the bytes of an upload wait, for libraries that read files themselves. */
  uploadPath(uploadId: string, sha256: string): string;
  /** Turns a received upload into a blob. Running it again is harmless. */
  adoptUpload(uploadId: string, sha256: string): Promise<void>;
  /** Removes whatever waits of an upload. */
  deleteUpload(uploadId: string): Promise<void>;
}

const keyOf = (sha256: string): string => `blobs/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
const uploadKey = (uploadId: string, sha256: string): string => `uploads/${uploadId}/${sha256}`;

export async function openDiskStorage(directory: string): Promise<Storage> {
  await mkdir(join(directory, "temporary"), { recursive: true });
  const disk = new Disk(new FSDriver({ location: directory, visibility: "private" }));
  const pathOf = (sha256: string): string => join(directory, keyOf(sha256));
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

  /** Leaves the source alone when it fails: whoever gave it may still want to answer. */
  const write = async (key: string, body: Readable, limit: number): Promise<StoredBlob> => {
    const hash = createHash("sha256");
    let bytes = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        if (bytes > limit) return done(new TooManyBytesError(limit));
        hash.update(chunk);
        done(null, chunk);
      },
    });
    // Opened before anything can fail, so that there is nothing to come after the file has been removed again.
    const file = await open(join(directory, key), "wx");
    const stopWatching = finished(body, { writable: false }, (error) => error && meter.destroy(error));
    try {
      await pipeline(body.pipe(meter), file.createWriteStream());
    } catch (error) {
      body.unpipe(meter);
      await file.close().catch(() => undefined);
      await rm(join(directory, key), { force: true });
      throw error;
    } finally {
      stopWatching();
    }
    return { sha256: hash.digest("hex"), bytes };
  };

  const adopt = async (key: string, sha256: string): Promise<void> => {
    if (await touch(keyOf(sha256))) return disk.delete(key);
    try {
      await disk.move(key, keyOf(sha256));
    } catch (error) {
      // Somebody else may have stored or adopted the same bytes at the same moment.
      if (!(await touch(keyOf(sha256)))) throw error;
      await disk.delete(key);
    }
  };

  return {
    put: async (body, limit) => {
      const key = `temporary/${randomUUID()}`;
      const stored = await write(key, body, limit).catch((error: unknown) => {
        body.destroy();
        throw error;
      });
      await adopt(key, stored.sha256);
      return stored;
    },
    putBytes: async (bytes) => {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      if (!(await touch(keyOf(sha256)))) {
        const temporary = join(directory, "temporary", randomUUID());
        const path = pathOf(sha256);
        await Promise.all([writeFile(temporary, bytes), mkdir(dirname(path), { recursive: true })]);
        await rename(temporary, path);
      }
      return { sha256, bytes: bytes.length };
    },
    read: (sha256, range) => createReadStream(pathOf(sha256), range),
    bytes: (sha256) => disk.getBytes(keyOf(sha256)),
    localPath: pathOf,
    has: (sha256) => exists(keyOf(sha256)),
    delete: (sha256) => disk.delete(keyOf(sha256)),
    remove: (sha256, untouchedForMs) => removeUntouched(directory, pathOf(sha256), untouchedForMs),
    listUntouched: (untouchedForMs) => listUntouched(join(directory, "blobs"), untouchedForMs),
    sweepTemporary: (untouchedForMs) => sweep(join(directory, "temporary"), untouchedForMs),
    putUpload: async (uploadId, body, bytes) => {
      const key = `temporary/${randomUUID()}`;
      const stored = await write(key, body, bytes);
      if (stored.bytes < bytes) {
        await disk.delete(key);
        throw new TooFewBytesError(stored.bytes, bytes);
      }
      await disk.move(key, uploadKey(uploadId, stored.sha256));
      return stored;
    },
    uploadPath: (uploadId, sha256) => join(directory, uploadKey(uploadId, sha256)),
    adoptUpload: async (uploadId, sha256) => {
      await adopt(uploadKey(uploadId, sha256), sha256);
      await disk.deleteAll(`uploads/${uploadId}`);
    },
    deleteUpload: (uploadId) => disk.deleteAll(`uploads/${uploadId}`),
  };
}
