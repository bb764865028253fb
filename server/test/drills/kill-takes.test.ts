import { mkdtemp, rm } from "node:fs/promises";
import { type FSWatcher, watch } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeId } from "#graphql/ids.ts";
import { AppProcess } from "#test/drills/app-process.ts";
import { isInReview, startTakeStudio, type TakeState, type TakeStudio } from "#test/take-studio.ts";

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
  const take = await studio.untilTake(id, isInReview, 80_000);
  expect(take.segments.map(({ status }) => status)).toEqual(["DONE", "DONE", "DONE"]);
  expect(take.segments[0]).toMatchObject({
    jobId: one.segments[0]?.jobId,
    outputAssetId: one.segments[0]?.outputAssetId,
  });
  expect(take.artifacts.find(({ isPrimary }) => isPrimary)).toMatchObject({ kind: "FINAL", frameCount: 27 });
  expect(await studio.deps.db.prisma.job.count({ where: { takeSegment: { takeId: id } } })).toBe(3);
  expect(await studio.deps.db.prisma.job.count()).toBe(3);
});

/** Every segment once, from one job of its own, and all of them in the clip. */
async function expectWhole(take: TakeState): Promise<void> {
  const { prisma } = studio.deps.db;
  expect(take.segments.map(({ status }) => status)).toEqual(["DONE", "DONE", "DONE"]);
  expect(new Set(take.segments.map(({ jobId }) => jobId)).size).toBe(3);
  expect(take.segments.slice(1).map(({ seedAssetId }) => seedAssetId)).toEqual(
    take.segments.slice(0, 2).map(({ boundaryAssetId }) => boundaryAssetId),
  );
  const finals = take.artifacts.filter(({ kind }) => kind === "FINAL");
  expect(finals).toMatchObject([{ frameCount: 27, isPrimary: true }]);
  const ids = take.segments.flatMap(({ jobId }) => jobId ?? []);
  const runs = await prisma.run.findMany({ where: { jobId: { in: ids } } });
  expect(runs.map(({ status }) => status)).toEqual(["SUCCEEDED", "SUCCEEDED", "SUCCEEDED"]);
  // Nothing was rendered beside: the jobs of this scene type are those of the segments.
  const { name } = await prisma.sceneType.findUniqueOrThrow({ where: { id: take.sceneTypeId } });
  expect(await prisma.job.count({ where: { name: { startsWith: `${name} · ` } } })).toBe(3);
  // Of what was done twice, one is kept: two frames and the joined clip.
  expect(await prisma.asset.count({ where: { folder: `takes/${take.id}` } })).toBe(3);
}

const generate = `mutation ($s: ID!, $c: ID!, $a: ID!) {
  generateTake(input: { sceneTypeId: $s, characterId: $c, inputAssetId: $a }) { ... on GenerateTakePayload { take { id } } ... on Error { message } } }`;

test("the process that holds API and worker is killed in every gap between segments, and its successor goes on", async () => {
  const sceneTypeId = await studio.sceneType("Everything", { targetDurationSecs: 3, segmentDurationSecs: 1 });
  await using server = new AppProcess(studio, { api: true, worker: true });
  await server.start();
  const response = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      query: generate,
      variables: {
        s: encodeId("SceneType", sceneTypeId),
        c: encodeId("Character", studio.characterId),
        a: encodeId("Asset", studio.inputAssetId),
      },
    }),
  });
  const answer = (await response.json()) as { data: { generateTake: { take?: { id: string } } } };
  expect(answer.data.generateTake).toMatchObject({ take: { id: expect.any(String) } });
  const { id } = await studio.deps.db.prisma.take.findFirstOrThrow({ where: { sceneTypeId } });
  for (let index = 0; index < 3; index += 1) {
    await studio.untilTake(id, ({ segments }) => segments[index]?.job?.finishedAt != null);
    await server.kill();
    await server.start();
  }
  await expectWhole(await studio.untilTake(id, isInReview, 80_000));
});

test("of two workers the one that takes a frame out, or joins the clips, is killed at it; the other does it, once", async () => {
  const sceneTypeId = await studio.sceneType("Two workers", { targetDurationSecs: 3, segmentDurationSecs: 1 });
  const folders = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), "kill-takes-"))));
  const workers = folders.map((folder) => new AppProcess(studio, { worker: true }, { TMPDIR: folder }));
  const watchers: FSWatcher[] = [];
  let kills = 0;
  let killing: Promise<void> = Promise.resolve();
  try {
    await Promise.all(workers.map((worker) => worker.start()));
    for (const [index, folder] of folders.entries())
      watchers.push(
        watch(folder, (_event, name) => {
          // Media work for a take begins in a folder of its own. Two frames and the join, each killed once.
          const worker = workers[index];
          if (!name?.startsWith("callsheet-take-") || !worker?.isUp || kills >= 3) return;
          kills += 1;
          killing = worker.kill().then(() => worker.start());
        }),
      );
    const { id } = await studio.generate({ sceneTypeId });
    const take = await studio.untilTake(id, isInReview, 80_000);
    await killing;
    expect(kills).toBe(3);
    await expectWhole(take);
  } finally {
    for (const watcher of watchers) watcher.close();
    for (const worker of workers) await worker[Symbol.asyncDispose]();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  }
});
