import { AppProcess } from "#test/drills/app-process.ts";
import { allWell, audit } from "#test/drills/audit.ts";
import { startQueueStudio } from "#test/queue-studio.ts";
import { startTestBucket } from "#test/support/s3-server.ts";

const runs = 24;
const rounds = 3;

test("a worker is killed -9 while it waits for a bucket that is away; every run succeeds with its file", async () => {
  await using bucket = await startTestBucket();
  await using studio = await startQueueStudio({
    roles: { worker: false },
    simulators: [{}, {}],
    config: { s3: { ...bucket.settings, cacheBytes: 1024 ** 2 } },
  });
  const count = (status: "SUCCEEDED" | "COLLECTING"): Promise<number> =>
    studio.deps.db.prisma.run.count({ where: { status } });
  await using worker = new AppProcess(studio, { worker: true });
  await worker.start();
  const id = await studio.submit({ ms: 20, tries: runs });
  for (let round = 0; round < rounds; round += 1) {
    await studio.until("progress", async () => (await count("SUCCEEDED")) >= (round * runs) / rounds);
    bucket.behave(round % 2 === 0 ? "busy" : "refuse");
    await studio.until("a run to wait for the bucket", async () => (await count("COLLECTING")) > 0);
    await worker.kill();
    bucket.behave("answer");
    await worker.start();
  }
  expect(await studio.untilEnded(id)).toMatchObject({ status: "SUCCEEDED" });
  expect(await audit(studio)).toEqual(allWell);
  expect(await count("SUCCEEDED")).toBe(runs);
});
