import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { Disk } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";

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
  /** Temporary bytes of uploads that are under way, by upload id. */
  putUpload(uploadId: string, body: Readable, limit: number): Promise<StoredBlob>;
  /** Turns a received upload into a blob. Running it again is harmless. */
  adoptUpload(uploadId: string, sha256: string): Promise<void>;
  deleteUpload(uploadId: string): Promise<void>;
}

const keyOf = (sha256: string): string => `blobs/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
const uploadKey = (uploadId: string): string => `uploads/${uploadId}`;

export async function openDiskStorage(directory: string): Promise<Storage> {
  await mkdir(join(directory, "temporary"), { recursive: true });
  const disk = new Disk(new FSDriver({ location: directory, visibility: "private" }));
  const pathOf = (sha256: string): string => join(directory, keyOf(sha256));
  const exists = (key: string): Promise<boolean> =>
    stat(join(directory, key)).then(
      () => true,
      () => false,
    );

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
    let failure: unknown;
    body.once("error", (error) => meter.destroy(error));
    meter.once("error", (error) => (failure = error));
    try {
      await disk.putStream(key, body.pipe(meter));
    } catch (error) {
      body.destroy();
      await disk.delete(key).catch(() => undefined);
      // The driver wraps stream errors in one of its own.
      throw failure ?? error;
    }
    return { sha256: hash.digest("hex"), bytes };
  };

  const adopt = async (key: string, sha256: string): Promise<void> => {
    if (await exists(keyOf(sha256))) await disk.delete(key);
    else if (await exists(key)) await disk.move(key, keyOf(sha256));
    else throw new Error(`Neither ${key} nor its blob exists`);
  };

  return {
    put: async (body, limit) => {
      const key = `temporary/${randomUUID()}`;
      const stored = await write(key, body, limit);
      await adopt(key, stored.sha256);
      return stored;
    },
    putBytes: async (bytes) => {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      if (!(await exists(keyOf(sha256)))) {
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
    putUpload: (uploadId, body, limit) => write(uploadKey(uploadId), body, limit),
    adoptUpload: (uploadId, sha256) => adopt(uploadKey(uploadId), sha256),
    deleteUpload: (uploadId) => disk.delete(uploadKey(uploadId)),
  };
}
