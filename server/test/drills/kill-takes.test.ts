import { AppProcess } from "#test/drills/app-process.ts";
import { isInReview, startTakeStudio, type TakeStudio } from "#test/take-studio.ts";

let studio: TakeStudio;
beforeAll(async () => {
  // The studio only asks; a process of its own works, and is killed.
  studio = await startTakeStudio({ roles: {}, simulators: [{}], config: { worker: { lockDurationMs: 1_000 } } });
});
afterAll(() => studio[Symbol.asyncDispose]());

test("a take whose worker is killed between segments goes on at the first unfinished one, and renders none twice", async () => {
  const sceneTypeId = await studio.sceneType("Long", { targetDurationSecs: 3, segmentDurationSecs: 1 });
  await using worker = new AppProcess(studio, { worker: true });
  await worker.start();
  const { id } = await studio.generate({ sceneTypeId });
  const one = await studio.untilTake(id, ({ segments }) => segments[0]?.status === "DONE");
  await worker.kill();
  await worker.start();
  const take = await studio.untilTake(id, isInReview);
  expect(take.segments.map(({ status }) => status)).toEqual(["DONE", "DONE", "DONE"]);
  expect(take.segments[0]).toMatchObject({
    jobId: one.segments[0]?.jobId,
    outputAssetId: one.segments[0]?.outputAssetId,
  });
  expect(take.artifacts.find(({ isPrimary }) => isPrimary)).toMatchObject({ kind: "FINAL", frameCount: 27 });
  expect(await studio.deps.db.prisma.job.count({ where: { takeSegment: { takeId: id } } })).toBe(3);
  expect(await studio.deps.db.prisma.job.count()).toBe(3);
}, 90_000);
