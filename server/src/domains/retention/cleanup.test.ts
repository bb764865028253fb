import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createApiServer } from "#app/server.ts";
import { cleanUp, planCleanup } from "#domains/retention/cleanup.service.ts";
import { referringColumns } from "#domains/retention/find-candidates.ts";
import { encodeId } from "#graphql/ids.ts";
import { blobKey } from "#platform/storage/storage.ts";
import { invertGraph, pictureBytes, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

let studio: QueueStudio;
let workflowId: string;
beforeEach(async () => {
  studio = await startQueueStudio({ config: { retention: { stagedDays: 14, outputDays: 30, cron: null } } });
  workflowId = await studio.workflow("Invert", invertGraph);
});
afterEach(() => studio[Symbol.asyncDispose]());

const days = (count: number) => new Date(Date.now() - count * 86_400_000);

/** A job on one staged picture that ended so many days ago, its files as old. */
async function oldJob(colour: string, daysAgo: number) {
  const { deps } = studio;
  const assetId = await studio.picture(`${colour}.png`, colour);
  await deps.db.prisma.asset.update({ where: { id: assetId }, data: { kind: "STAGED" } });
  const jobId = await studio.submit({ workflowId, inputs: [{ assetId: encodeId("Asset", assetId) }] });
  const job = await studio.untilEnded(jobId);
  expect(job.status).toBe("SUCCEEDED");
  await deps.db.prisma.job.update({ where: { id: jobId }, data: { finishedAt: days(daysAgo) } });
  const output = job.runs[0]?.outputs[0]?.asset;
  const input = await deps.db.prisma.asset.findUniqueOrThrow({ where: { id: assetId } });
  for (const { sha256 } of [input, output as { sha256: string }]) await age(pathOf(sha256), daysAgo);
  return { jobId, runId: job.runs[0]?.id as string, input, output: output as typeof input };
}
const age = (path: string, daysAgo: number) => utimes(path, days(daysAgo), days(daysAgo));
const pathOf = (sha256: string) => join(studio.deps.config.assetsDir, blobKey(sha256));
const has = ({ sha256 }: { sha256: string }) => studio.deps.storage.has(sha256);
const clean = () => cleanUp(studio.deps, studio.admin);

test("inputs go after their days and outputs after theirs; name, size and hash stay", async () => {
  const fresh = await oldJob("red", 13);
  const old = await oldJob("green", 15);
  const ancient = await oldJob("blue", 31);
  const plan = await planCleanup(studio.deps);
  expect(plan.largest.map(({ filename }) => filename).toSorted()).toEqual(
    [old.input, ancient.input, ancient.output].map(({ filename }) => filename).toSorted(),
  );
  expect(await Promise.all([old.input, ancient.output].map(has))).toEqual([true, true]);

  const done = await clean();
  expect(done).toMatchObject({ files: 3, failures: 0, startedById: studio.admin.userId });
  expect(done.finishedAt).not.toBeNull();
  expect(Number(done.bytes)).toBe(plan.bytes);
  expect(await Promise.all([fresh.input, fresh.output, old.output].map(has))).toEqual([true, true, true]);
  expect(await Promise.all([old.input, ancient.input, ancient.output].map(has))).toEqual([false, false, false]);
  const kept = await studio.deps.db.prisma.asset.findUniqueOrThrow({ where: { id: old.input.id } });
  expect(kept).toMatchObject({ filename: "green.png", sha256: old.input.sha256 });
  expect(kept.removedAt).not.toBeNull();
  const items = await studio.deps.db.prisma.cleanupItem.findMany({ where: { cleanupId: done.id } });
  expect(items.map(({ name }) => name)).toContain(`${old.input.folder}/green.png`);
  expect(await clean()).toMatchObject({ files: 0, bytes: 0n });
});

test("what is under way, wanted or shown stays, whatever its age", async () => {
  const { deps, admin } = studio;
  const { prisma } = deps.db;
  const again = await oldJob("red", 100);
  await deps.db.pool.query(`UPDATE job SET finished_at = NULL WHERE id = $1`, [again.jobId]);
  const parameter = await oldJob("green", 100);
  await deps.db.pool.query(`UPDATE job SET params = jsonb_build_object('image', $2::text) WHERE id = $1`, [
    again.jobId,
    encodeId("Asset", parameter.input.id),
  ]);
  const project = await prisma.project.create({ data: { name: "Film" } });
  const character = await prisma.character.create({ data: { projectId: project.id, name: "Mara" } });
  const portrait = await oldJob("blue", 100);
  await prisma.characterImage.create({
    data: { characterId: character.id, assetId: portrait.output.id, sortOrder: 0 },
  });
  const { currentVersionId } = await prisma.workflow.findUniqueOrThrow({ where: { id: workflowId } });
  const sceneType = await prisma.sceneType.create({
    data: { name: "Market", workflowVersionId: currentVersionId as string },
  });
  const take = async (status: "APPROVED" | "REVIEW" | "REJECTED", colour: string) => {
    const made = await oldJob(colour, 100);
    const { id } = await prisma.take.create({
      data: {
        sceneTypeId: sceneType.id,
        characterId: character.id,
        createdById: admin.userId,
        status,
        snapshot: {},
        inputAssetId: made.input.id,
      },
    });
    await prisma.artifact.create({ data: { takeId: id, assetId: made.output.id, kind: "FINAL" } });
    return made;
  };
  const approved = await take("APPROVED", "orange");
  const open = await take("REVIEW", "purple");
  const rejected = await take("REJECTED", "brown");

  await clean();
  const stays = [again.input, again.output, parameter.input, portrait.output, approved.input, approved.output];
  expect(await Promise.all([...stays, open.input, open.output].map(has))).toEqual(Array(8).fill(true));
  expect(await Promise.all([portrait.input, rejected.input, rejected.output].map(has))).toEqual([false, false, false]);
});

test("pictures of stories stay, whatever their age", async () => {
  const { prisma } = studio.deps.db;
  const outputs = [];
  for (const colour of ["red", "green", "blue", "orange", "purple", "pink"])
    outputs.push((await oldJob(colour, 100)).output);
  const [endFrameId = "", base = "", state = "", style = "", library = "", earlier = ""] = outputs.map(({ id }) => id);
  const project = await prisma.project.create({ data: { name: "Film" } });
  const branch = await prisma.branch.create({ data: { projectId: project.id, name: "main" } });
  const scene = await prisma.scene.create({
    data: { branchId: branch.id, number: 1, title: "One", endFrameId },
  });
  const asset = await prisma.projectAsset.create({
    data: { branchId: branch.id, type: "PROP", name: "Lamp", imageId: base },
  });
  const instance = await prisma.sceneAsset.create({
    data: { sceneId: scene.id, projectAssetId: asset.id, imageId: state },
  });
  const { currentVersionId } = await prisma.workflow.findUniqueOrThrow({ where: { id: workflowId } });
  await prisma.sceneAssetPicture.create({
    data: {
      sceneAssetId: instance.id,
      sceneId: scene.id,
      roundId: scene.id,
      status: "DONE",
      prompt: "a lamp",
      negative: "",
      workflowVersionId: currentVersionId ?? "",
      createdById: studio.admin.userId,
      choicesBefore: 0,
      imageId: earlier,
    },
  });
  await prisma.visualStyle.create({
    data: { projectId: project.id, name: "Ink", images: { create: { assetId: style, sortOrder: 0 } } },
  });
  await prisma.libraryAsset.create({ data: { type: "PROP", name: "Lamp", imageId: library } });
  const forgotten = await oldJob("brown", 100);

  await clean();
  expect(await Promise.all(outputs.map(has))).toEqual(Array(6).fill(true));
  expect(await has(forgotten.output)).toBe(false);
});

test("pictures that prompts were written for go like a job's inputs, once nobody writes any more", async () => {
  const { prisma } = studio.deps.db;
  const staged = async (finishedAt: Date | null) => {
    const asset = await prisma.asset.update({
      where: { id: await studio.picture("described.png", finishedAt ? "olive" : "teal") },
      data: { kind: "STAGED" },
    });
    await prisma.autoPrompt.create({
      data: {
        stage: "CAPTION",
        createdById: studio.admin.userId,
        captionPrompt: "",
        motionPrompt: "",
        finishedAt,
        items: { create: { index: 0, key: "described.png", assetId: asset.id } },
      },
    });
    return asset;
  };
  const written = await staged(new Date(Date.now() - 100 * 86_400_000));
  const underWay = await staged(null);

  await clean();
  const after = await prisma.asset.findMany({ where: { id: { in: [written.id, underWay.id] } } });
  expect(after.filter(({ removedAt }) => removedAt).map(({ id }) => id)).toEqual([written.id]);
});

test("every reference to an asset in the database is looked at", async () => {
  const { rows } = await studio.deps.db.pool.query<{ place: string }>(
    `SELECT conrelid::regclass || '.' || a.attname AS place FROM pg_constraint c
     JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
     WHERE c.contype = 'f' AND c.confrelid = 'asset'::regclass ORDER BY 1`,
  );
  expect(rows.map(({ place }) => place.replaceAll('"', ""))).toEqual(referringColumns);
});

test("bytes that another asset has, or that somebody is storing right now, stay", async () => {
  const { deps } = studio;
  const shared = await oldJob("red", 20);
  await studio.picture("the same.png", "red");
  await age(pathOf(shared.input.sha256), 20);
  const stored = await oldJob("green", 20);
  await deps.storage.putBytes(await pictureBytes("green"));
  expect(await clean()).toMatchObject({ files: 0 });
  expect(await Promise.all([shared.input, stored.input].map(has))).toEqual([true, true]);
  expect(await deps.db.prisma.cleanupItem.count()).toBe(2);
  // The next clean-up takes what nobody has recorded after all.
  await age(pathOf(stored.input.sha256), 1);
  expect(await clean()).toMatchObject({ files: 1 });
  // The same bytes may come back, and go again.
  expect(await deps.storage.putBytes(await pictureBytes("green"))).toMatchObject({ sha256: stored.input.sha256 });
  expect(await has(stored.input)).toBe(true);
});

test("the link of a file that has gone says so", async () => {
  const { deps } = studio;
  const { input, output } = await oldJob("red", 20);
  await clean();
  const api = await createApiServer(deps, () => Promise.resolve(studio.admin));
  try {
    const url = `http://127.0.0.1:${await api.listen(0, "127.0.0.1")}`;
    const fetched = ({ id, filename }: typeof input) =>
      fetch(url + deps.signedUrls.sign(`/assets/${id}/${filename}`, 60));
    const gone = await fetched(input);
    expect(gone.status).toBe(410);
    expect(await gone.json()).toMatchObject({ code: "ASSET_REMOVED", message: expect.stringContaining("red.png") });
    expect((await fetched(output)).status).toBe(200);
  } finally {
    await api[Symbol.asyncDispose]();
  }
});

test("nothing is submitted on an input that has gone", async () => {
  const { input } = await oldJob("red", 20);
  await clean();
  await expect(studio.submit({ workflowId, inputs: [{ assetId: encodeId("Asset", input.id) }] })).rejects.toMatchObject(
    { code: "ASSET_REMOVED", message: expect.stringContaining("red.png") },
  );
});

test("what was left half written or belongs to nothing goes after a day", async () => {
  const { assetsDir } = studio.deps.config;
  const stray = "ab".repeat(32);
  const path = pathOf(stray);
  await mkdir(dirname(path), { recursive: true });
  const half = join(assetsDir, "temporary", "half");
  for (const file of [path, half]) {
    await writeFile(file, "12345");
    await age(file, 0.5);
  }
  expect(await clean()).toMatchObject({ files: 0 });
  for (const file of [path, half]) await age(file, 2);
  expect(await clean()).toMatchObject({ files: 2, bytes: 10n });
  expect(await readdir(join(assetsDir, "temporary"))).toEqual([]);
  expect(await studio.deps.storage.has(stray)).toBe(false);
});

test("two clean-ups at once: one works, the other is told", async () => {
  const results = await Promise.allSettled([clean(), clean(), clean()]);
  const refused = results.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThan(3);
  for (const { reason } of refused) expect(reason).toMatchObject({ code: "CLEANUP_RUNNING" });
});

test("a file that can't be deleted is noted, does not stop the others, and goes next time", async () => {
  const { deps, admin } = studio;
  const stuck = await oldJob("red", 20);
  const other = await oldJob("green", 20);
  const remove = (sha256: string, untouchedForMs: number) =>
    sha256 === stuck.input.sha256
      ? Promise.reject(new Error("EACCES: permission denied"))
      : deps.storage.remove(sha256, untouchedForMs);
  const done = await cleanUp({ ...deps, storage: { ...deps.storage, remove } }, admin);
  expect(done).toMatchObject({ files: 1, failures: 1 });
  expect(await Promise.all([stuck.input, other.input].map(has))).toEqual([true, false]);
  expect(await deps.db.prisma.cleanupItem.findMany({ where: { error: { not: null } } })).toMatchObject([
    { name: `${stuck.input.folder}/red.png`, error: "EACCES: permission denied" },
  ]);
  expect(await clean()).toMatchObject({ files: 1, failures: 0 });
});

test("the schedule cleans up by itself", async () => {
  const { input } = await oldJob("red", 20);
  const config = { retention: { stagedDays: 14, outputDays: null, cron: "* * * * * *" } };
  await using worker = await startQueueStudio({ beside: studio, config });
  await worker.until("the clean-up", async () => !(await has(input)));
  expect(await studio.deps.db.prisma.cleanup.findFirst()).toMatchObject({ startedById: null });
});

test("the mutation looks first and then does it, for admins, and keeps a record", async () => {
  await oldJob("red", 20);
  const mutate = async (dryRun: boolean | undefined, viewer = studio.admin) =>
    (
      await studio.execute(
        `mutation ($input: CleanupInput!) { cleanup(input: $input) { __typename ... on ForbiddenError { message }
          ... on CleanupPayload { plan { files bytes largest { name kind bytes reason } }
            cleanup { files bytes failures isScheduled items { totalCount nodes { name reason error } } } } } }`,
        { input: dryRun === undefined ? {} : { dryRun } },
        { viewer },
      )
    ).cleanup;
  expect(await mutate(undefined)).toMatchObject({
    plan: { files: 1, largest: [{ name: expect.stringContaining("red.png"), kind: "STAGED" }] },
    cleanup: null,
  });
  expect(await mutate(false)).toMatchObject({
    cleanup: { files: 1, failures: 0, isScheduled: false, items: { totalCount: 1, nodes: [{ error: null }] } },
  });
  expect(await mutate(false, await studio.person("CREATOR"))).toMatchObject({ __typename: "ForbiddenError" });
  const { cleanups } = await studio.execute(`{ cleanups { totalCount nodes { files } } }`);
  expect(cleanups).toEqual({ totalCount: 1, nodes: [{ files: 1 }] });
});
