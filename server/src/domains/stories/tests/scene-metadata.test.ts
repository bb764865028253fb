import { encodeId } from "#graphql/ids.ts";
import { makeStoryStudio, type StoryStudio } from "#test/story-studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let studio: StoryStudio;
let sceneId: string;
let projects = 0;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  projects += 1;
  studio = await makeStoryStudio(app, `Film ${projects}`);
  sceneId = encodeId("Scene", await studio.scene("One"));
});
afterAll(() => app[Symbol.asyncDispose]());

const fields = `poseName maskType depthType resolution { width height } loras { name strength enabled } poseFile loraFile`;
const change = async (mutation: string, input: object, viewer = studio.creator) => {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
  const { result } = await app.execute(
    `mutation ($input: ${type}Input!) { result: ${mutation}(input: $input) { __typename
       ... on SceneMetadataPayload { scene { title metadata { ${fields} } } } ... on Error { code path message } } }`,
    { input: { sceneId, ...input } },
    { viewer },
  );
  return result.scene?.metadata ?? result;
};

test("pose, mask, depth and size are set one by one and taken away", async () => {
  await change("updateSceneMetadata", { poseName: " sitting ", resolution: { width: 832, height: 480 } });
  expect(await change("updateSceneMetadata", { maskType: "person", depthType: "midas" })).toMatchObject({
    poseName: "sitting",
    maskType: "person",
    depthType: "midas",
    resolution: { width: 832, height: 480 },
    loras: [],
  });
  expect(await change("updateSceneMetadata", { poseName: null, resolution: null })).toMatchObject({
    poseName: null,
    maskType: "person",
    resolution: null,
  });
  expect(await change("updateSceneMetadata", { resolution: { width: 8, height: 480 } })).toMatchObject({
    __typename: "ValidationError",
    path: ["resolution", "width"],
  });
  expect(await change("updateSceneMetadata", { poseName: "x" }, studio.stranger)).toMatchObject({
    __typename: "NotFoundError",
    path: ["sceneId"],
  });
});

test("LoRAs are added, changed, moved and removed, each there once", async () => {
  await change("addSceneLora", { name: "film.safetensors" });
  await change("addSceneLora", { name: "rain.safetensors", strength: 0.5, enabled: false });
  expect(await change("addSceneLora", { name: "film.safetensors" })).toMatchObject({
    code: "NAME_TAKEN",
    path: ["name"],
  });
  expect(await change("updateSceneLora", { name: "rain.safetensors", enabled: true })).toMatchObject({
    loras: [
      { name: "film.safetensors", strength: 1, enabled: true },
      { name: "rain.safetensors", strength: 0.5, enabled: true },
    ],
  });
  expect(await change("updateSceneLora", { name: "rain.safetensors", strength: 11 })).toMatchObject({
    path: ["strength"],
  });
  expect(await change("reorderSceneLoras", { names: ["rain.safetensors"] })).toMatchObject({ code: "LORAS_CHANGED" });
  expect(await change("reorderSceneLoras", { names: ["rain.safetensors", "film.safetensors"] })).toMatchObject({
    loras: [{ name: "rain.safetensors" }, { name: "film.safetensors" }],
  });
  expect(await change("removeSceneLora", { name: "rain.safetensors" })).toMatchObject({
    loras: [{ name: "film.safetensors" }],
  });
  expect(await change("removeSceneLora", { name: "rain.safetensors" })).toMatchObject({ __typename: "NotFoundError" });
});

test("loras.json and pose.json of one scene are taken over by another", async () => {
  await change("updateSceneMetadata", { poseName: "sitting", resolution: { width: 832, height: 480 } });
  const { poseFile, loraFile } = await change("addSceneLora", { name: "film", strength: -0.25, enabled: false });
  expect(poseFile).toEqual({
    pose_name: "sitting",
    mask_type: null,
    depth_type: null,
    resolution: { width: 832, height: 480 },
  });
  expect(loraFile).toEqual([{ name: "film", strength: -0.25, enabled: false }]);
  const other = encodeId("Scene", await studio.scene("Two"));
  expect(await change("importSceneMetadata", { sceneId: other, loras: loraFile, pose: poseFile })).toMatchObject({
    poseFile,
    loraFile,
  });
  expect(await change("importSceneMetadata", { sceneId: other, pose: { pose_name: "up" } })).toMatchObject({
    poseFile: { ...poseFile, pose_name: "up" },
    loraFile,
  });
  for (const [wrong, path] of [
    [{ loras: [{ name: "a" }, { name: "a" }] }, ["loras"]],
    [{ loras: [{ name: "a", strength: "1" }] }, ["loras", "0", "strength"]],
    [{ pose: { pose: "x" } }, ["pose"]],
    [{ pose: [] }, ["pose"]],
  ] as const)
    expect(await change("importSceneMetadata", { sceneId: other, ...wrong })).toMatchObject({
      __typename: "ValidationError",
      path,
    });
});
