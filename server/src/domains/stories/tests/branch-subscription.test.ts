import { activateBranch, createBranch, deleteBranch } from "#domains/stories/branches.service.ts";
import { updateScene } from "#domains/stories/scenes.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { type Api, type Socket, startApi } from "#test/api/api-server.ts";
import { makeStoryStudio, type StoryStudio } from "#test/story-studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let api: Api;
let studio: StoryStudio;
beforeAll(async () => {
  app = await startTestApp();
  api = await startApi(app);
  studio = await makeStoryStudio(app, "Film");
  api.viewers.set("member", studio.creator);
  api.viewers.set("stranger", studio.stranger);
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});

const watch = `subscription ($ids: [ID!]!) { branchUpdated(ids: $ids) { branchId branch { name isActive scenes { nodes { title } } } } }`;
const told = async (client: Socket) => (await client.next()).payload.data.branchUpdated;

test("a branch is told as it is, then after every change in it, and when it is gone", async () => {
  const { deps } = app;
  const branch = await createBranch(deps, studio.creator, { projectId: studio.projectId, name: "Night" });
  const client = await api.socket({ "x-viewer": "member" });
  const branchId = encodeId("Branch", branch.id);
  client.subscribe("branch", watch, { ids: [branchId] });
  expect(await told(client)).toEqual({ branchId, branch: { name: "Night", isActive: false, scenes: { nodes: [] } } });
  const scene = await studio.mutate("createScene", { branchId, title: "One" }, "scene { id }");
  expect((await told(client)).branch.scenes.nodes).toEqual([{ title: "One" }]);
  const { id } = await deps.db.prisma.scene.findFirstOrThrow({ where: { branchId: branch.id } });
  expect(scene.scene.id).toBe(encodeId("Scene", id));
  await updateScene(deps, studio.creator, id, { title: "Rain" });
  expect((await told(client)).branch.scenes.nodes).toEqual([{ title: "Rain" }]);
  await activateBranch(deps, studio.creator, branch.id);
  expect((await told(client)).branch.isActive).toBe(true);
  await activateBranch(deps, studio.creator, studio.branchId);
  await deleteBranch(deps, studio.creator, branch.id);
  for (;;) if ((await told(client)).branch === null) break;
  await client.close();
});

test("a foreign branch can't be watched", async () => {
  const client = await api.socket({ "x-viewer": "stranger" });
  client.subscribe("branch", watch, { ids: [studio.ids.branch] });
  expect(await client.next()).toMatchObject({ payload: { errors: [{ extensions: { code: "NOT_FOUND" } }] } });
  await client.close();
});
