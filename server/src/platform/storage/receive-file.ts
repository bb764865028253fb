import { createHash } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { finished, type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type StoredBlob, TooManyBytesError } from "#platform/storage/storage.ts";

/**
 * Writes a stream into a new file and hashes it on the way. Leaves the source alone when it fails: whoever gave it may
 * still want to answer. @throws TooManyBytesError beyond `limit` bytes; the file is gone then, as after any failure
 */
export async function receiveFile(path: string, body: Readable, limit: number): Promise<StoredBlob> {
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
  const file = await open(path, "wx");
  const stopWatching = finished(body, { writable: false }, (error) => error && meter.destroy(error));
  try {
    await pipeline(body.pipe(meter), file.createWriteStream());
  } catch (error) {
    body.unpipe(meter);
    await file.close().catch(() => undefined);
    await rm(path, { force: true });
    throw error;
  } finally {
    stopWatching();
  }
  return { sha256: hash.digest("hex"), bytes };
}
