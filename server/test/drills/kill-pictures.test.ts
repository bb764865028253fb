import { AppProcess } from "#test/drills/app-process.ts";
import { makePictureStudio } from "#test/picture-studio.ts";
import { type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

let queue: QueueStudio;
beforeAll(async () => {
  // This app only asks; a process of its own works, and is killed.
  queue = await startQueueStudio({ roles: {}, simulators: [{}], config: { worker: { lockDurationMs: 1_000 } } });
});
afterAll(() => queue[Symbol.asyncDispose]());

test("pictures whose worker is killed go on with the next one: each state has its own, from one job each", async () => {
  const film = await makePictureStudio(queue, "Film");
  const states = await Promise.all(["A", "B", "C", "D"].map((name) => film.state(name)));
  await using worker = new AppProcess(queue, { worker: true });
  await worker.start();
  const { prisma } = queue.deps.db;
  const ended = () => prisma.job.count({ where: { projectId: film.projectId, finishedAt: { not: null } } });
  const asked = await film.generate(states);
  // Right after a run's end: its picture may be written down, or not yet.
  await queue.until("the end of a job", async () => (await ended()) > 0);
  await worker.kill();
  await worker.start();
  await queue.until(
    "all pictures",
    async () => (await prisma.sceneAssetPicture.count({ where: { status: "DONE" } })) === asked.length,
    80_000,
  );
  expect(await prisma.job.count({ where: { projectId: film.projectId } })).toBe(asked.length);
  const images = await prisma.sceneAsset.findMany({ where: { sceneId: film.sceneId }, include: { changes: true } });
  expect(new Set(images.map(({ imageId }) => imageId)).size).toBe(states.length);
  for (const { imageId, changes } of images)
    expect(changes).toMatchObject([{ field: "IMAGE", origin: "GENERATION", after: imageId }]);
});
