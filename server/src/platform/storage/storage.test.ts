import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { openDiskStorage } from "#platform/storage/disk-storage.ts";
import { openS3Storage } from "#platform/storage/s3-storage.ts";
import {
  blobKey,
  NotStoredError,
  type Storage,
  TooFewBytesError,
  TooManyBytesError,
} from "#platform/storage/storage.ts";
import { startTestBucket, type TestBucket } from "#test/support/s3-server.ts";

interface Place {
  storage: Storage;
  /** Makes a blob so much older than it is. */
  age(sha256: string, ms: number): Promise<void>;
  /** The names of all that is stored. */
  keys(): Promise<string[]>;
}

let directory: string;
let bucket: TestBucket;
beforeAll(async () => {
  bucket = await startTestBucket();
});
afterAll(() => bucket[Symbol.asyncDispose]());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "callsheet-storage-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function openDisk(): Promise<Place> {
  return {
    storage: await openDiskStorage(directory),
    age: async (sha256, ms) => {
      const then = new Date(Date.now() - ms);
      await utimes(join(directory, blobKey(sha256)), then, then);
    },
    keys: () => filesBelow(directory),
  };
}

async function openS3(): Promise<Place> {
  const prefix = `${randomUUID()}/`;
  const settings = { ...bucket.settings, prefix };
  const storage = await openS3Storage(
    settings,
    { directory, maxBytes: 2 ** 30 },
    { copyInParts: { above: 10_000_000, partBytes: 5 * 1024 ** 2 } },
  );
  return {
    storage,
    age: (sha256, ms) => bucket.age(`${prefix}${blobKey(sha256)}`, ms),
    keys: () => bucket.keys(prefix),
  };
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}

const streamOf = (...chunks: Uint8Array[]) => Readable.from(chunks, { objectMode: false });
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
};
const hour = 3_600_000;

describe.each([
  ["disk", openDisk],
  ["s3", openS3],
] as const)("files in %s", (kind, open) => {
  let storage: Storage;
  let place: Place;
  beforeEach(async () => {
    place = await open();
    ({ storage } = place);
  });
  afterEach(() => storage[Symbol.asyncDispose]());

  test("it says what it is, and that it works", async () => {
    expect(storage.kind).toBe(kind);
    await storage.check();
  });

  test.each([0, 1, 100_000, 20_000_000])("%i bytes that stream in are hashed, and come out the same", async (size) => {
    const bytes = randomBytes(size);
    const stored = await storage.put(streamOf(bytes.subarray(0, size / 2), bytes.subarray(size / 2)), size);
    expect(stored).toEqual({ sha256: hashOf(bytes), bytes: size });
    expect(hashOf(await storage.bytes(stored.sha256))).toBe(stored.sha256);
    expect(hashOf(await buffer(storage.read(stored.sha256)))).toBe(stored.sha256);
    expect(await place.keys()).toEqual([blobKey(stored.sha256)]);
  });

  test("the same bytes are stored once, whichever way they come", async () => {
    const bytes = randomBytes(1_000);
    const results = await Promise.all([
      storage.putBytes(bytes),
      storage.put(streamOf(bytes), 1_000),
      storage.putBytes(bytes),
    ]);
    expect(new Set(results.map(({ sha256 }) => sha256)).size).toBe(1);
    expect(await place.keys()).toHaveLength(1);
  });

  test("parts can be read, the last byte included", async () => {
    const { sha256 } = await storage.putBytes(Buffer.from("0123456789"));
    const part = async (start: number, end: number) => (await buffer(storage.read(sha256, { start, end }))).toString();
    expect(await part(0, 1)).toBe("01");
    expect(await part(2, 5)).toBe("2345");
    expect(await part(7, 9)).toBe("789");
  });

  test("more bytes than allowed are refused while they come, and nothing stays", async () => {
    await expect(storage.put(streamOf(randomBytes(10), randomBytes(1)), 10)).rejects.toThrow(TooManyBytesError);
    expect(await place.keys()).toEqual([]);
  });

  test("a stream that breaks off leaves nothing", async () => {
    const broken = Readable.from(
      (async function* () {
        yield randomBytes(10);
        await Promise.reject(new Error("cut off"));
      })(),
      { objectMode: false },
    );
    await expect(storage.put(broken, 100)).rejects.toThrow("cut off");
    expect(await place.keys()).toEqual([]);
  });

  test("what is not there is said to be missing", async () => {
    const sha256 = "ab".repeat(32);
    expect(await storage.has(sha256)).toBe(false);
    await expect(storage.bytes(sha256)).rejects.toThrow(NotStoredError);
    await expect(storage.localCopy(sha256)).rejects.toThrow(NotStoredError);
    await expect(storage.localUpload(randomUUID(), sha256)).rejects.toThrow(NotStoredError);
    await expect(buffer(storage.read(sha256))).rejects.toMatchObject({ code: "ENOENT" });
    expect(await storage.remove(sha256, hour)).toBe(true);
    await storage.delete(sha256);
  });

  test("a blob is had as a file of this machine", async () => {
    const bytes = randomBytes(50_000);
    const { sha256 } = await storage.putBytes(bytes);
    const files = await Promise.all([storage.localCopy(sha256), storage.localCopy(sha256)]);
    for (const { path } of files) expect(hashOf(await readFile(path))).toBe(sha256);
    for (const file of files) await file[Symbol.asyncDispose]();
    expect(await storage.has(sha256)).toBe(true);
  });

  test("an upload waits until it is adopted, and adopting it again is harmless", async () => {
    const uploadId = randomUUID();
    const bytes = randomBytes(12_000_000);
    const [stored] = await Promise.all([
      storage.putUpload(uploadId, streamOf(bytes), bytes.length),
      storage.putUpload(uploadId, streamOf(bytes), bytes.length),
    ]);
    expect(stored).toEqual({ sha256: hashOf(bytes), bytes: bytes.length });
    expect(await storage.has(stored.sha256)).toBe(false);
    {
      await using file = await storage.localUpload(uploadId, stored.sha256);
      await storage.adoptUpload(uploadId, stored.sha256);
      expect(hashOf(await readFile(file.path))).toBe(stored.sha256);
    }
    expect(hashOf(await storage.bytes(stored.sha256))).toBe(stored.sha256);
    expect(await place.keys()).toEqual([blobKey(stored.sha256)]);
    await storage.adoptUpload(uploadId, stored.sha256);
    expect(await storage.has(stored.sha256)).toBe(true);
    await expect(storage.localUpload(uploadId, stored.sha256)).rejects.toThrow(NotStoredError);
  });

  test("an upload of the wrong size is refused, and nothing of it stays", async () => {
    const uploadId = randomUUID();
    await expect(storage.putUpload(uploadId, streamOf(randomBytes(9)), 10)).rejects.toThrow(TooFewBytesError);
    await expect(storage.putUpload(uploadId, streamOf(randomBytes(11)), 10)).rejects.toThrow(TooManyBytesError);
    expect(await place.keys()).toEqual([]);
  });

  test("an upload can be forgotten", async () => {
    const uploadId = randomUUID();
    const other = randomUUID();
    for (const id of [uploadId, other]) await storage.putUpload(id, streamOf(randomBytes(5)), 5);
    await storage.deleteUpload(uploadId);
    expect(await place.keys()).toEqual([expect.stringContaining(`uploads/${other}/`)]);
    await storage.deleteUpload(uploadId);
  });

  test("only what nobody has stored again lately is listed and removed", async () => {
    const old = await storage.putBytes(randomBytes(11));
    const renewed = randomBytes(12_000_000);
    const renewedHash = hashOf(renewed);
    const uploaded = randomBytes(13);
    for (const bytes of [renewed, uploaded]) await storage.putBytes(bytes);
    for (const sha256 of [old.sha256, renewedHash, hashOf(uploaded)]) await place.age(sha256, 2 * hour);
    await storage.putBytes(renewed);
    const { sha256 } = await storage.putUpload("again", streamOf(uploaded), 13);
    await storage.adoptUpload("again", sha256);

    expect(await all(storage.listUntouched(hour))).toEqual([old]);
    expect(await storage.remove(renewedHash, hour)).toBe(false);
    expect(await storage.remove(sha256, hour)).toBe(false);
    expect(await storage.remove(old.sha256, hour)).toBe(true);
    expect(await storage.has(old.sha256)).toBe(false);
    expect(hashOf(await storage.bytes(renewedHash))).toBe(renewedHash);
    expect(await all(storage.listUntouched(hour))).toEqual([]);
  });

  test("bytes that are stored while they are removed are there in the end, or were seen to be gone", async () => {
    const bytes = randomBytes(100);
    const sha256 = hashOf(bytes);
    for (let round = 0; round < 10; round++) {
      await storage.putBytes(bytes);
      await place.age(sha256, 2 * hour);
      await Promise.all([storage.remove(sha256, hour), storage.putBytes(bytes), storage.remove(sha256, hour)]);
      expect(hashOf(await storage.bytes(sha256))).toBe(sha256);
    }
    expect(await place.keys()).toEqual([blobKey(sha256)]);
  });
});
