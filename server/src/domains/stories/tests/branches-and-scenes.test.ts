import { encodeId } from "#graphql/ids.ts";
import { createSceneAsset } from "#domains/stories/scene-assets/create-scene-asset.service.ts";
import { inheritSceneAssets } from "#domains/stories/scene-assets/inherit-scene-assets.service.ts";
import { updateSceneAsset } from "#domains/stories/scene-assets/update-scene-asset.service.ts";
import { makeStoryStudio, type StoryStudio } from "#test/story-studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let studio: StoryStudio;
let projects = 0;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  projects += 1;
  studio = await makeStoryStudio(app, `Film ${projects}`);
});
afterAll(() => app[Symbol.asyncDispose]());

const sceneId = (id: string) => encodeId("Scene", id);
const branchOf = async (id: string, fields: string) =>
  (await app.execute(`query ($id: ID!) { branch(id: $id) { ${fields} } }`, { id }, { viewer: studio.creator })).branch;

describe("a branch", () => {
  test("is there for every project, also for one from before there were stories, once", async () => {
    const { id } = await app.deps.db.prisma.project.create({ data: { name: `Old film ${projects}` } });
    const read = () =>
      app.execute(
        "query ($id: ID!) { node(id: $id) { ... on Project { branches { id name isMain isActive } mainBranch { id } activeBranch { id } } } }",
        { id: encodeId("Project", id) },
      );
    const answers = await Promise.all(Array.from({ length: 6 }, read));
    const [{ node }] = answers;
    expect(node.branches).toEqual([{ id: node.mainBranch.id, name: "main", isMain: true, isActive: true }]);
    expect(node.activeBranch).toEqual(node.mainBranch);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test("is the only active one of its project", async () => {
    const { branch } = await studio.mutate(
      "createBranch",
      { projectId: studio.ids.project, name: "Night" },
      "branch { id isActive isMain }",
    );
    expect(branch).toMatchObject({ isActive: false, isMain: false });
    await studio.mutate("activateBranch", { id: branch.id });
    const { node } = await app.execute(
      "query ($id: ID!) { node(id: $id) { ... on Project { branches { name isActive } activeBranch { name } } } }",
      { id: studio.ids.project },
    );
    expect(node).toEqual({
      branches: [
        { name: "main", isActive: false },
        { name: "Night", isActive: true },
      ],
      activeBranch: { name: "Night" },
    });
    expect(await studio.mutate("deleteBranch", { id: branch.id })).toMatchObject({ code: "ACTIVE_BRANCH" });
    expect(await studio.mutate("deleteBranch", { id: studio.ids.branch })).toMatchObject({ code: "MAIN_BRANCH" });
    await studio.mutate("activateBranch", { id: studio.ids.branch });
    expect(await studio.mutate("deleteBranch", { id: branch.id }, "deletedId")).toMatchObject({ deletedId: branch.id });
  });

  test("is one of at most a hundred of its project, also where several people add some at once", async () => {
    const { branch, project } = studio.ids;
    const { prisma } = app.deps.db;
    const { projectId } = studio;
    const first = await prisma.branch.count({ where: { projectId } });
    const names = Array.from({ length: 97 - first }, (_, n) => `Filler ${n}`);
    await prisma.branch.createMany({ data: names.map((name) => ({ projectId, name })) });
    const added = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        n % 2 === 0
          ? studio.mutate("createBranch", { projectId: project, name: `New ${n}` }, "branch { id }")
          : studio.mutate("forkBranch", { branchId: branch, name: `New ${n}` }, "branch { id }"),
      ),
    );
    expect(added.filter(({ __typename }) => __typename === "ValidationError")).toHaveLength(7);
    expect(await prisma.branch.count({ where: { projectId } })).toBe(100);
  });

  test("has a name of its own in the project", async () => {
    expect(await studio.mutate("forkBranch", { branchId: studio.ids.branch, name: "main" })).toMatchObject({
      __typename: "ConflictError",
      code: "NAME_TAKEN",
      path: ["name"],
    });
    expect(await studio.mutate("renameBranch", { id: studio.ids.branch, name: " " })).toMatchObject({
      __typename: "ValidationError",
      path: ["name"],
    });
  });
});

describe("a fork", () => {
  test("has scenes, assets, states and their record in the same order, and follows itself rather than its original", async () => {
    const { deps } = app;
    const image = await studio.picture();
    const mara = await studio.asset("Mara", "CHARACTER", { description: "tall", imageId: image });
    const [one, two] = [
      await studio.scene("One", { scriptExcerpt: "Mara runs.", endFrameId: image }),
      await studio.scene("Two"),
    ];
    const first = await createSceneAsset(deps, studio.creator, {
      sceneId: one,
      projectAssetId: mara,
      fromLastAppearance: false,
    });
    const change = { descriptionOverride: "bent", statusTags: ["Muddy"], carryForward: false, reason: "she fell" };
    await updateSceneAsset(deps, studio.creator, first.id, change);
    for (const name of ["Zoe", "Ben", "Ivo", "Ada"]) {
      const projectAssetId = await studio.asset(name, "CHARACTER");
      await createSceneAsset(deps, studio.creator, { sceneId: one, projectAssetId, fromLastAppearance: false });
    }
    await inheritSceneAssets(deps, studio.creator, { sceneId: two, choices: [], fromProjectAssets: false });

    const { branch } = await studio.mutate(
      "forkBranch",
      { branchId: studio.ids.branch, name: "Night" },
      "branch { id }",
    );
    const fields = `scenes(first: 10) { nodes { number title scriptExcerpt status endFrame { id }
      assets { descriptionOverride effectiveDescription statusTags isLocked carryForward reviewStatus modificationCount image { id }
        projectAsset { name type isLocked branch { id } } changes { nodes { field before after reason } } inheritanceChain(last: 5) { scene { number branch { id } } } } } }
      assets { nodes { name type description isLocked image { id } } }`;
    const copy = await branchOf(branch.id, `forkedFrom { id } ${fields}`);
    const original = await branchOf(studio.ids.branch, fields);
    expect(copy.forkedFrom).toEqual({ id: studio.ids.branch });
    const withoutBranch = (value: object) => JSON.stringify(value).replaceAll(branch.id, studio.ids.branch);
    expect(withoutBranch({ scenes: copy.scenes, assets: copy.assets })).toBe(JSON.stringify(original));
    expect(copy.scenes.nodes[1].assets[0].inheritanceChain).toEqual([
      { scene: { number: 1, branch: { id: branch.id } } },
      { scene: { number: 2, branch: { id: branch.id } } },
    ]);

    // What happens in one leaves the other alone.
    await updateSceneAsset(deps, studio.creator, first.id, { statusTags: ["dry"] });
    expect((await branchOf(branch.id, fields)).scenes).toEqual(copy.scenes);
  });
});

describe("scenes", () => {
  test("are numbered from 1 without gaps, wherever one comes in, goes or is moved to", async () => {
    const [a, b, c] = [await studio.scene("A"), await studio.scene("B"), await studio.scene("C")];
    await studio.mutate("createScene", { branchId: studio.ids.branch, title: "First", number: 1 });
    await studio.mutate("createScene", { branchId: studio.ids.branch, title: "Third", number: 3 });
    expect(await studio.order()).toEqual(["1 First", "2 A", "3 Third", "4 B", "5 C"]);
    await studio.mutate("deleteScene", { id: sceneId(a) });
    expect(await studio.order()).toEqual(["1 First", "2 Third", "3 B", "4 C"]);
    const { scenes } = await branchOf(studio.ids.branch, "scenes { nodes { id title } }");
    const [first, third] = scenes.nodes.map(({ id }: { id: string }) => id);
    const sceneIds = [sceneId(c), first, sceneId(b), third];
    await studio.mutate("reorderScenes", { branchId: studio.ids.branch, sceneIds });
    expect(await studio.order()).toEqual(["1 C", "2 First", "3 B", "4 Third"]);
    for (const wrong of [sceneIds.slice(1), [...sceneIds, first]])
      expect(await studio.mutate("reorderScenes", { branchId: studio.ids.branch, sceneIds: wrong })).toMatchObject({
        __typename: "ConflictError",
        code: "SCENES_CHANGED",
      });
    expect(await studio.mutate("createScene", { branchId: studio.ids.branch, title: "x", number: 6 })).toMatchObject({
      __typename: "ValidationError",
      path: ["number"],
    });
  });

  test("are taken to another place one by one, and know what stands beside them", async () => {
    const [a, b, c] = [await studio.scene("A"), await studio.scene("B"), await studio.scene("C")];
    await studio.mutate("moveScene", { id: sceneId(a), number: 3 });
    expect(await studio.order()).toEqual(["1 B", "2 C", "3 A"]);
    const { scenes } = await branchOf(
      studio.ids.branch,
      "scenes { nodes { title previous { title number } next { title } } }",
    );
    expect(scenes.nodes).toEqual([
      { title: "B", previous: null, next: { title: "C" } },
      { title: "C", previous: { title: "B", number: 1 }, next: { title: "A" } },
      { title: "A", previous: { title: "C", number: 2 }, next: null },
    ]);
    await studio.mutate("moveScene", { id: sceneId(c), number: 1 });
    await studio.mutate("moveScene", { id: sceneId(b), number: 2 });
    expect(await studio.order()).toEqual(["1 C", "2 B", "3 A"]);
    for (const number of [0, 4])
      expect(await studio.mutate("moveScene", { id: sceneId(a), number })).toMatchObject({
        __typename: "ValidationError",
        path: ["number"],
        message: expect.stringContaining("1 to 3"),
      });
  });

  test("tell how many shots they have", async () => {
    await studio.scene("A", { shots: [{ action: "Rain." }, { action: "She runs." }] });
    expect(await branchOf(studio.ids.branch, "scenes { nodes { shotCount } }")).toEqual({
      scenes: { nodes: [{ shotCount: 2 }] },
    });
  });

  test("that several people add, move and delete at once are still numbered without gaps", async () => {
    const ids = [];
    for (const title of ["A", "B", "C", "D"]) ids.push(await studio.scene(title));
    await Promise.all([
      ...["E", "F", "G"].map((title) =>
        studio.mutate("createScene", { branchId: studio.ids.branch, title, number: 2 }),
      ),
      studio.mutate("deleteScene", { id: sceneId(ids[1] ?? "") }),
      studio.mutate("deleteScene", { id: sceneId(ids[3] ?? "") }),
    ]);
    const order = await studio.order();
    expect(order.map((each) => Number(each.split(" ")[0]))).toEqual([1, 2, 3, 4, 5]);
    expect(order.map((each) => each.split(" ")[1]).toSorted()).toEqual(["A", "C", "E", "F", "G"]);
  });

  test("are paged in story order, both ways", async () => {
    for (const title of ["A", "B", "C", "D", "E"]) await studio.scene(title);
    const page = (args: string) =>
      branchOf(
        studio.ids.branch,
        `scenes(${args}) { totalCount nodes { title } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } }`,
      );
    const first = (await page("first: 2")).scenes;
    expect(first).toMatchObject({
      totalCount: 5,
      nodes: [{ title: "A" }, { title: "B" }],
      pageInfo: { hasNextPage: true },
    });
    expect((await page(`first: 2, after: "${first.pageInfo.endCursor}"`)).scenes.nodes).toEqual([
      { title: "C" },
      { title: "D" },
    ]);
    const last = (await page("last: 2")).scenes;
    expect(last).toMatchObject({ nodes: [{ title: "D" }, { title: "E" }], pageInfo: { hasPreviousPage: true } });
    expect((await page(`last: 1, before: "${last.pageInfo.startCursor}"`)).scenes.nodes).toEqual([{ title: "C" }]);
  });

  test("keep their shots as they were written, numbered by their place unless said", async () => {
    const shots = [
      { action: "Mara runs", foreground: ["Mara"], camera: "wide" },
      { number: 7, setting: "market" },
    ];
    const { scene } = await studio.mutate(
      "createScene",
      { branchId: studio.ids.branch, title: "One", shots },
      "scene { id shots { number action setting foreground background camera } }",
    );
    const rest = { action: "", setting: "", foreground: [], background: [], camera: "" };
    expect(scene.shots).toEqual([
      { ...rest, ...shots[0], number: 1 },
      { ...rest, ...shots[1] },
    ]);
    expect(await studio.mutate("updateScene", { id: scene.id, shots: [{ number: 2 }, {}] })).toMatchObject({
      __typename: "ValidationError",
      path: ["shots", "1", "number"],
    });
    await studio.mutate("updateScene", { id: scene.id, endStateSummary: "She is gone." });
    await studio.mutate("updateScene", { id: scene.id, title: "Gone" });
    const fields = "scene { title endStateSummary shots { number } }";
    expect(await studio.mutate("updateScene", { id: scene.id }, fields)).toMatchObject({
      scene: { title: "Gone", endStateSummary: "She is gone.", shots: [{ number: 1 }, { number: 7 }] },
    });
    expect(await studio.mutate("updateScene", { id: scene.id, endStateSummary: null }, fields)).toMatchObject({
      scene: { endStateSummary: null },
    });
  });
});

test("whoever watches a branch hears of every kind of change in it", async () => {
  const { deps } = app;
  const heard: string[] = [];
  const stop = deps.bus.subscribe("branch.changed", ({ branchId }) => heard.push(branchId));
  const scene = await studio.scene("One");
  const asset = await studio.asset("Mara");
  await createSceneAsset(deps, studio.creator, { sceneId: scene, projectAssetId: asset, fromLastAppearance: false });
  stop();
  expect(heard).toEqual(Array(3).fill(studio.branchId));
});
