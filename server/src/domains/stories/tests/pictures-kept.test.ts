import { pictureJobEnded } from "#domains/stories/pictures/picture-jobs.service.ts";
import { updateVisualStyle } from "#domains/stories/visual-styles.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { makePictureStudio, type PictureStudio } from "#test/picture-studio.ts";
import { type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";
import { startTestApp } from "#test/test-app.ts";

let queue: QueueStudio;
let film: PictureStudio;
let films = 0;
beforeAll(async () => {
  queue = await startQueueStudio();
});
beforeEach(async () => {
  films += 1;
  film = await makePictureStudio(queue, `Film ${films}`);
});
afterAll(() => queue[Symbol.asyncDispose]());

const picture = (id: string, data: object) => queue.deps.db.prisma.sceneAssetPicture.update({ where: { id }, data });
const process = () => startTestApp({ beside: queue, roles: { worker: true } });

test("news that come twice or late change nothing", async () => {
  const mara = await film.state("Mara");
  const [made] = await film.generate([mara]);
  await film.untilOver([made?.id ?? ""]);
  const [before, state] = [await film.stored(made?.id ?? ""), await film.sceneAsset(mara)];
  await Promise.all([1, 2].map(() => pictureJobEnded(queue.deps, before.jobId ?? "")));
  queue.deps.pictureDriver.wake(before.id);
  const [next] = await film.generate([await film.state("Ben")]);
  await film.untilOver([next?.id ?? ""]);
  expect(await film.stored(before.id)).toEqual(before);
  expect(await film.sceneAsset(mara)).toEqual(state);
});

test("a process that dies leaves its work to the next, which writes the picture down once", async () => {
  const mara = await film.state("Mara");
  const [made] = await film.generate([mara]);
  await film.untilOver([made?.id ?? ""]);
  const { imageId } = await film.stored(made?.id ?? "");
  // As it was when the run had ended, and nobody had been told of it.
  await queue.deps.db.prisma.sceneAssetChange.deleteMany({ where: { sceneAssetId: mara } });
  await queue.deps.db.prisma.sceneAsset.update({ where: { id: mara }, data: { imageId: null } });
  await picture(made?.id ?? "", { status: "GENERATING", imageId: null });
  await using _second = await process();
  await film.untilOver([made?.id ?? ""]);
  expect(await film.sceneAsset(mara)).toMatchObject({ imageId, changes: [{ origin: "GENERATION" }] });
});

test("a picture that was written down without its job gets one from the next process, and only one", async () => {
  const mara = await film.state("Mara");
  const [made] = await film.generate([mara]);
  await film.untilOver([made?.id ?? ""]);
  await picture(made?.id ?? "", { status: "PENDING", imageId: null, jobId: null });
  await using second = await process();
  second.deps.pictureDriver.wake(made?.id ?? "");
  queue.deps.pictureDriver.wake(made?.id ?? "");
  await film.untilOver([made?.id ?? ""]);
  expect(await film.stored(made?.id ?? "")).toMatchObject({ status: "DONE", jobId: expect.any(String) });
  expect(await queue.deps.db.prisma.job.count({ where: { projectId: film.projectId } })).toBe(2);
});

test("one that the queue refuses by then has failed, and says why", async () => {
  const mara = await film.state("Mara");
  const [made] = await film.generate([mara]);
  await film.untilOver([made?.id ?? ""]);
  await picture(made?.id ?? "", { status: "PENDING", imageId: null, jobId: null, prompt: "in {colour}" });
  queue.deps.pictureDriver.wake(made?.id ?? "");
  await film.untilOver([made?.id ?? ""]);
  expect(await film.stored(made?.id ?? "")).toMatchObject({
    status: "FAILED",
    error: expect.stringContaining("colour"),
  });
});

test("a fork has the pictures that are there, and a locked style can't be changed under them", async () => {
  const mara = await film.state("Mara");
  const [made] = await film.generate([mara]);
  await film.untilOver([made?.id ?? ""]);
  const { branch } = await film.mutate(
    "forkBranch",
    { branchId: film.ids.branch, name: "Night" },
    "branch { scenes { nodes { assets { generation { status isCurrent job { id } } pictures { totalCount } } } } }",
  );
  expect(branch.scenes.nodes[0].assets).toEqual([
    {
      generation: { status: "DONE", isCurrent: true, job: { id: encodeId("Job", made?.jobId ?? "") } },
      pictures: { totalCount: 1 },
    },
  ]);
  await expect(updateVisualStyle(queue.deps, film.creator, film.styleId, { prompt: "oil" })).rejects.toMatchObject({
    code: "STYLE_LOCKED",
  });
});
