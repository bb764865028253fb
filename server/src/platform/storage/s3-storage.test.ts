import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { CreateMultipartUploadCommand, S3Client, UploadPartCommand } from "@aws-sdk/client-s3";
import { openS3Storage } from "#platform/storage/s3-storage.ts";
import { blobKey, type Storage, StorageRefusedError, StorageUnavailableError } from "#platform/storage/storage.ts";
import { startTestBucket, type TestBucket } from "#test/support/s3-server.ts";

let directory: string;
let bucket: TestBucket;
let storage: Storage;
beforeEach(async () => {
  bucket = await startTestBucket();
  directory = await mkdtemp(join(tmpdir(), "callsheet-s3-cache-"));
  storage = await open(1_000_000);
});
afterEach(async () => {
  await storage[Symbol.asyncDispose]();
  await bucket[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

const open = (maxBytes: number): Promise<Storage> => openS3Storage(bucket.settings, { directory, maxBytes });
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const cached = () => readdir(join(directory, "files"));
const downloads = () => bucket.requests.filter((request) => request.startsWith("GET blobs/")).length;
const hour = 3_600_000;

test("a file that many ask for is fetched once, and shared between processes", async () => {
  const bytes = randomBytes(100_000);
  const { sha256 } = await storage.putBytes(bytes);
  const files = await Promise.all(Array.from({ length: 20 }, () => storage.localCopy(sha256)));
  expect(new Set(files.map(({ path }) => path)).size).toBe(20);
  await using other = await open(1_000_000);
  await using again = await other.localCopy(sha256);
  expect(hashOf(await readFile(again.path))).toBe(sha256);
  expect(downloads()).toBe(1);
  for (const file of files) await file[Symbol.asyncDispose]();
  expect(await readdir(join(directory, "used"))).toHaveLength(1);
});

test("what was used least lately makes room, but stays for whoever uses it", async () => {
  const stored: string[] = [];
  for (let index = 0; index < 5; index++) stored.push((await storage.putBytes(randomBytes(300_000))).sha256);
  const [first = "", second = "", ...others] = stored;
  await using used = await storage.localCopy(first);
  for (const [index, sha256] of [second, ...others].entries()) {
    await using _file = await storage.localCopy(sha256);
    // The clock of a file system may be coarser than this test is quick.
    const then = new Date(Date.now() - (10 - index) * 1_000);
    await utimes(join(directory, "files", sha256), then, then);
    if (index === 0) await utimes(join(directory, "files", first), new Date(0), new Date(0));
  }
  expect((await cached()).toSorted()).toEqual(others.toSorted());
  expect(hashOf(await readFile(used.path))).toBe(first);
});

test("what streams in is at hand afterwards, and gone with the blob", async () => {
  const { sha256 } = await storage.put(Readable.from([randomBytes(1_000)]), 1_000);
  await using file = await storage.localCopy(sha256);
  expect((await readFile(file.path)).length).toBe(1_000);
  expect(downloads()).toBe(0);
  await bucket.age(`studio/${blobKey(sha256)}`, 2 * hour);
  expect(await storage.remove(sha256, hour)).toBe(true);
  expect(await cached()).toEqual([]);
});

test("a download that breaks off goes on where it was", async () => {
  const bytes = randomBytes(2_000_000);
  const { sha256 } = await storage.putBytes(bytes);
  bucket.cutDownloads(3, 10_000);
  expect(hashOf(await storage.bytes(sha256))).toBe(sha256);
  expect(downloads()).toBeGreaterThan(1);
});

test("bytes that were damaged where they lie never become a file here", async () => {
  const { sha256 } = await storage.putBytes(randomBytes(1_000));
  await bucket.damage(`studio/${blobKey(sha256)}`);
  await expect(storage.localCopy(sha256)).rejects.toThrow(StorageRefusedError);
  expect(await cached()).toEqual([]);
  expect(await readdir(join(directory, "temporary"))).toEqual([]);
});

test("while the service is away or busy every method says so, and nothing half stays", async () => {
  const { sha256 } = await storage.putBytes(randomBytes(10));
  for (const how of ["busy", "refuse"] as const) {
    bucket.behave(how);
    // One after the other: the last one sweeps away what the others are at.
    for (const attempt of [
      () => storage.check(),
      () => storage.has(sha256),
      () => storage.bytes(sha256),
      () => storage.localCopy(sha256),
      () => storage.putBytes(randomBytes(10)),
      () => storage.put(Readable.from([randomBytes(10)]), 10),
      () => storage.putUpload("upload", Readable.from([randomBytes(10)]), 10),
      () => storage.remove(sha256, 0),
      () => storage.sweepTemporary(0),
    ])
      await expect(attempt()).rejects.toThrow(StorageUnavailableError);
  }
  expect(await cached()).toEqual([]);
  expect(await readdir(join(directory, "temporary"))).toEqual([]);
  bucket.behave("answer");
  await storage.check();
  expect(await storage.has(sha256)).toBe(true);
});

test("a service that does not list unfinished uploads does not stop a clean-up", async () => {
  await using plain = await startTestBucket({ listsUploads: false });
  await using other = await openS3Storage(plain.settings, { directory, maxBytes: 1 });
  await writeFile(join(directory, "temporary", "half"), "12345");
  expect(await other.sweepTemporary(0)).toEqual({ files: 1, bytes: 5 });
});

test("a start clears away what processes on this host left behind long ago", async () => {
  const names = ["old", "new"].flatMap((name) => ["temporary", "used"].map((folder) => join(directory, folder, name)));
  for (const name of names) await writeFile(name, "12345");
  for (const name of names.slice(0, 2)) await utimes(name, new Date(0), new Date(0));
  await using _other = await open(1_000);
  expect([await readdir(join(directory, "temporary")), await readdir(join(directory, "used"))]).toEqual([
    ["new"],
    ["new"],
  ]);
});

test("what killed processes left half written goes after its time", async () => {
  const { endpoint = "", credentials = { accessKeyId: "", secretAccessKey: "" }, region } = bucket.settings;
  const client = new S3Client({ endpoint, credentials, region, forcePathStyle: true });
  const at = { Bucket: bucket.settings.bucket, Key: "studio/blobs/half" };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(at));
  await client.send(new UploadPartCommand({ ...at, UploadId, PartNumber: 1, Body: randomBytes(100) }));
  client.destroy();
  await writeFile(join(directory, "temporary", "half"), "12345");
  await mkdir(join(directory, "used"), { recursive: true });
  expect(await storage.sweepTemporary(hour)).toEqual({ files: 0, bytes: 0 });
  expect(await storage.sweepTemporary(0)).toEqual({ files: 2, bytes: 5 });
  expect(await storage.sweepTemporary(0)).toEqual({ files: 0, bytes: 0 });
  expect(await readdir(join(directory, "temporary"))).toEqual([]);
});
