import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStorage } from "#app/open-storage.ts";
import { startTestBucket } from "#test/support/s3-server.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "callsheet-open-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

test.each([
  ["another bucket", { bucket: "somebody-elses" }, /"somebody-elses".*404.*\n.*Create the bucket/s],
  [
    "a wrong key",
    { credentials: { accessKeyId: "WRONG", secretAccessKey: "hunter2" } },
    /403.*\n.*CALLSHEET_S3_ACCESS_KEY_ID/s,
  ],
  ["a wrong address", { endpoint: "http://127.0.0.1:9" }, /ECONNREFUSED.*\n.*CALLSHEET_S3_ENDPOINT/s],
])("a start with %s stops and says what to do", async (_what, wrong, message) => {
  await using bucket = await startTestBucket();
  const s3 = { ...bucket.settings, ...wrong, cacheBytes: 1 };
  const attempt = openStorage({ s3, assetsDir: directory, stateDir: directory });
  await expect(attempt).rejects.toThrow(message);
  await expect(attempt).rejects.not.toThrow(/hunter2/);
});
