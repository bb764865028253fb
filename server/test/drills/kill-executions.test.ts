import { parseImageFilename } from "#domains/stories/logic/execution-paths.ts";
import { AppProcess } from "#test/drills/app-process.ts";
import { type ExecutionStudio, hasEnded, startExecutionStudio } from "#test/execution-studio.ts";

let studio: ExecutionStudio;
beforeAll(async () => {
  // The studio only asks; a process of its own works, and is killed.
  studio = await startExecutionStudio({ roles: {}, simulators: [{}], config: { worker: { lockDurationMs: 1_000 } } });
});
afterAll(() => studio[Symbol.asyncDispose]());

const sceneCount = 20;
const variants = 2;

test("an execution of 20 scenes with 2 variants, killed twice on the way, ends complete, in order, each thing once", async () => {
  const { prisma } = studio.deps.db;
  const titles = Array.from({ length: sceneCount }, (_, index) => `Scene of ${index + 1}`);
  const story = await studio.story("Killed", titles);
  await using worker = new AppProcess(studio, { worker: true });
  await worker.start();
  const { id } = await story.start({ variants, pausesForChoice: false });
  await studio.untilExecution(id, ({ scenes }) => scenes.filter(({ status }) => status === "DONE").length >= 5);
  await worker.kill();
  await worker.start();
  await studio.untilExecution(id, ({ transitions }) => transitions.some(({ status }) => status === "DONE"), 120_000);
  await worker.kill();
  await worker.start();
  const done = await studio.untilExecution(id, hasEnded, 180_000);
  expect(worker.kills).toBe(2);

  expect(done.status).toBe("SUCCEEDED");
  const names = done.scenes.flatMap(({ images }) => images.map(({ asset }) => asset?.filename ?? ""));
  expect(names.toSorted()).toEqual(names);
  expect(names.map(parseImageFilename)).toEqual(
    titles.flatMap((_title, order) =>
      Array.from({ length: variants }, (_, variant) => ({ order, slug: `scene-of-${order + 1}`, variant })),
    ),
  );
  const clips = done.transitions.map(({ asset }) => asset?.filename ?? "");
  expect(clips.toSorted()).toEqual(clips);
  expect(clips).toHaveLength(sceneCount - 1);

  // Each thing was made once: a job for each part, a run for each image and clip, a file for each in the layout.
  const jobs = [...done.scenes, ...done.transitions].map(({ jobId }) => jobId ?? "");
  expect(new Set(jobs).size).toBe(2 * sceneCount - 1);
  expect(await prisma.job.count({ where: { parentId: done.jobId } })).toBe(2 * sceneCount - 1);
  const runs = await prisma.run.findMany({ where: { job: { parentId: done.jobId } }, include: { outputs: true } });
  expect(runs).toHaveLength(sceneCount * variants + sceneCount - 1);
  expect(runs.every(({ status, outputs }) => status === "SUCCEEDED" && outputs.length === 1)).toBe(true);
  const root = done.filmAsset?.folder ?? "";
  const files = await prisma.asset.groupBy({ by: ["folder"], where: { folder: { startsWith: root } }, _count: true });
  expect(Object.fromEntries(files.map(({ folder, _count }) => [folder.slice(root.length), _count]))).toEqual({
    "": 2,
    "/images": sceneCount * variants,
    "/input": 1,
    "/videos": sceneCount - 1,
  });
  for (const { order, job } of done.transitions) {
    const { graph } = (await studio.job(job?.id ?? "")).runs[0] ?? {};
    const [first, last] = [done.scenes[order], done.scenes[order + 1]].map((scene) => scene?.images[0]?.asset?.sha256);
    expect([graph?.["2"]?.inputs["image"], graph?.["10"]?.inputs["image"]]).toEqual([
      `callsheet/${first}.png`,
      `callsheet/${last}.png`,
    ]);
  }

  // Nine frames a clip, of which all but the last lack the one that the next begins with.
  const frames = (sceneCount - 1) * 9 - (sceneCount - 2);
  expect(done).toMatchObject({ frameCount: frames, durationSecs: expect.closeTo(frames / 8, 6) });
  await using film = await studio.deps.storage.localCopy(done.filmAsset?.sha256 ?? "");
  expect(await studio.deps.media.probe(film.path)).toMatchObject({
    mime: "video/mp4",
    frameCount: frames,
    durationSecs: expect.closeTo(frames / 8, 3),
    fps: expect.closeTo(8, 3),
    width: 32,
    height: 32,
  });
}, 400_000);
