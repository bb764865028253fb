import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyStorage } from "#app/start/copy-storage.ts";
import { openDiskStorage } from "#platform/storage/disk-storage.ts";
import { blobKey } from "#platform/storage/storage.ts";
import { startTestBucket } from "#test/support/s3-server.ts";
import { testConfig } from "#test/test-app.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "callsheet-move-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("files move from the disk to a bucket and back, however often it is begun", async () => {
  await using bucket = await startTestBucket();
  const config = testConfig(folder, { s3: { ...bucket.settings, cacheBytes: 1_000 } });
  await using disk = await openDiskStorage(config.assetsDir);
  const contents = Array.from({ length: 30 }, (_each, index) => Buffer.alloc(index * 100, index));
  const stored = await Promise.all(contents.map((bytes) => disk.putBytes(bytes)));
  const said: string[] = [];
  const copy = (direction?: string) => copyStorage(config, direction, (line) => said.push(line));

  await copy("to-s3");
  expect(said.at(-1)).toMatch(/^30 files copied, .* 0 were there already/);
  expect((await bucket.keys(bucket.settings.prefix)).toSorted()).toEqual(
    stored.map(({ sha256 }) => blobKey(sha256)).toSorted(),
  );
  await disk.putBytes(Buffer.from("one more"));
  await copy("to-s3");
  expect(said.at(-1)).toMatch(/^1 files copied, .* 30 were there already/);

  await rm(join(config.assetsDir, "blobs"), { recursive: true });
  await copy("to-disk");
  expect(said.at(-1)).toMatch(/^31 files copied/);
  for (const [index, { sha256 }] of stored.entries())
    expect(Buffer.compare(await disk.bytes(sha256), contents[index] as Buffer)).toBe(0);

  await expect(copy("elsewhere")).rejects.toThrow("to-s3 or to-disk");
});

test("a file that is damaged on the disk is named and left out", async () => {
  await using bucket = await startTestBucket();
  const config = testConfig(folder, { s3: { ...bucket.settings, cacheBytes: 1_000 } });
  await using disk = await openDiskStorage(config.assetsDir);
  const { sha256 } = await disk.putBytes(Buffer.from("whole"));
  const other = await disk.putBytes(Buffer.from("other"));
  await writeFile(join(config.assetsDir, blobKey(sha256)), "half");
  await expect(copyStorage(config, "to-s3", () => undefined)).rejects.toThrow(sha256);
  expect(await bucket.keys(bucket.settings.prefix)).toEqual([blobKey(other.sha256)]);
});
