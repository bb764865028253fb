import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { storeAsset } from "#domains/assets/assets.service.ts";
import { createSceneType } from "#domains/prompts/scene-types.service.ts";
import { findTakeOfFile } from "#domains/takes/recipes/find-take.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { pictureGraph } from "#test/queue-studio.ts";
import { blobKey } from "#platform/storage/storage.ts";
import { isInReview, startTakeStudio, type TakeState, type TakeStudio } from "#test/take-studio.ts";

let studio: TakeStudio;
beforeAll(async () => {
  studio = await startTakeStudio({ roles: { api: true, worker: true } });
});
afterAll(() => studio[Symbol.asyncDispose]());

const uploaded = async (bytes: Uint8Array, filename: string): Promise<string> => {
  const blob = await studio.deps.storage.putBytes(bytes);
  const owner = { projectId: studio.projectId, createdById: studio.admin.userId };
  return (await storeAsset(studio.deps, { blob, kind: "UPLOAD", folder: "uploads/test", filename, ...owner })).id;
};
const found = async (bytes: Uint8Array, filename: string) =>
  (await findTakeOfFile(studio.deps, studio.admin, await uploaded(bytes, filename)))?.id;
const finalOf = (take: TakeState) => take.artifacts.find(({ isPrimary }) => isPrimary);
const bytesOf = async (take: TakeState) => studio.deps.storage.bytes(finalOf(take)?.asset.sha256 ?? "");

test("a joined clip carries the graph and its take, and is known again by its bytes", async () => {
  const sceneTypeId = await studio.sceneType("Two", { targetDurationSecs: 2, segmentDurationSecs: 1 });
  const take = await studio.untilTake((await studio.generate({ sceneTypeId })).id, isInReview);
  const metadata = finalOf(take)?.metadata as Record<string, string>;
  expect(JSON.parse(metadata["callsheet"] ?? "")).toMatchObject({ takeId: take.id });
  expect(JSON.parse(metadata["prompt"] ?? "")["9"]).toMatchObject({ class_type: "SaveVideo" });
  for (const chunk of take.artifacts.filter(({ kind }) => kind === "CHUNK"))
    expect(JSON.parse((chunk.metadata as Record<string, string>)["callsheet"] ?? "")).toMatchObject({
      jobId: take.segments[chunk.sequenceIndex ?? 0]?.jobId,
    });
  expect(await found(await bytesOf(take), "again.mp4")).toBe(take.id);
});

test("a clip that was cut elsewhere is known by the texts in it", async () => {
  const sceneTypeId = await studio.sceneType("Cut", { targetDurationSecs: 2, segmentDurationSecs: 1 });
  const take = await studio.untilTake((await studio.generate({ sceneTypeId })).id, isInReview);
  const to = join(studio.config.stateDir, "again.mp4");
  const path = join(studio.config.assetsDir, blobKey(finalOf(take)?.asset.sha256 ?? ""));
  const { texts } = await studio.deps.media.probe(path);
  await studio.deps.media.join([path, path], to, Object.fromEntries(texts.map(({ name, text }) => [name, text])));
  const blob = await studio.deps.storage.putBytes(await readFile(to));
  expect(blob.sha256).not.toBe(finalOf(take)?.asset.sha256);
  expect(await found(await studio.deps.storage.bytes(blob.sha256), "cut.mp4")).toBe(take.id);
});

test("a picture carries the graph and its job, and is known after it was cropped with its texts", async () => {
  const { deps, admin, projectId, characterId } = studio;
  const workflowId = await studio.workflow("Picture", pictureGraph);
  const { id: sceneTypeId } = await createSceneType(deps, admin, { name: "Portrait", workflowId, projectId });
  const take = await studio.untilTake(
    (await studio.generate({ sceneTypeId, characterId, inputAssetId: undefined })).id,
    isInReview,
  );
  const png = Buffer.from(await bytesOf(take));
  expect(Object.keys(finalOf(take)?.metadata as object)).toEqual(expect.arrayContaining(["prompt", "callsheet"]));
  // Text chunks stay where they are; something after the end makes it another file.
  expect(await found(Buffer.concat([png, Buffer.from("changed")]), "changed.png")).toBe(take.id);
  const bare = await sharp(png).resize(16).png().toBuffer();
  expect(await found(bare, "bare.png")).toBeUndefined();
});

test("the recipe file beside a clip tells everything, leads back to the take, and asks for a signature", async () => {
  const sceneTypeId = await studio.sceneType("Whole", {});
  const take = await studio.untilTake((await studio.generate({ sceneTypeId, seed: 2n ** 63n })).id, isInReview);
  const { node } = await studio.execute(`query ($id: ID!) { node(id: $id) { ... on Take { recipe recipeUrl } } }`, {
    id: encodeId("Take", take.id),
  });
  expect(node.recipe.callsheet).toMatchObject({
    takeId: take.id,
    sceneType: "Whole",
    character: "Mara",
    project: "Market",
    seed: "9223372036854775808",
    prompts: expect.arrayContaining([expect.objectContaining({ text: "whole Mara" })]),
    segments: [expect.objectContaining({ clipPosition: "FULL_CLIP" })],
  });
  const answer = await fetch(`${studio.url}${node.recipeUrl}`);
  const text = await answer.text();
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json; charset=utf-8"]);
  expect(text).toContain('"seed": 9223372036854775808');
  expect(await found(Buffer.from(text), "recipe.json")).toBe(take.id);
  expect((await fetch(`${studio.url}${node.recipeUrl.split("?")[0]}`)).status).toBe(403);
});

test("a file that says nothing, and one of others, is nobody's", async () => {
  expect(await found(Buffer.from('{"callsheet": 5}'), "odd.json")).toBeUndefined();
  expect(await found(Buffer.from("hello"), "hello.txt")).toBeUndefined();
  const asset = await uploaded(Buffer.from("theirs"), "theirs.txt");
  await expect(findTakeOfFile(studio.deps, await studio.person("CREATOR"), asset)).rejects.toMatchObject({
    kind: "NotFoundError",
  });
});
