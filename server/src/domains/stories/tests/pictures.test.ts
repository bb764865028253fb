import { cancelJob, retryJob, setJobPaused, setQueuePaused } from "#domains/queue/jobs.service.ts";
import { deleteSceneAsset, lockSceneAssets } from "#domains/stories/scene-assets/update-scene-asset.service.ts";
import { unlockVisualStyle } from "#domains/stories/visual-styles.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { type Api, startApi } from "#test/api/api-server.ts";
import { makePictureStudio, type PictureStudio } from "#test/picture-studio.ts";
import { invertGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";
import { executed } from "#test/test-app.ts";

let queue: QueueStudio;
let api: Api;
let film: PictureStudio;
let films = 0;
beforeAll(async () => {
  queue = await startQueueStudio({ config: { prices: { image: 2, videoSecond: 1 } } });
  api = await startApi(queue);
});
beforeEach(async () => {
  films += 1;
  film = await makePictureStudio(queue, `Film ${films}`);
});
afterEach(() => queue.simulators[0]?.clearFaults());
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await queue[Symbol.asyncDispose]();
});

const global = (ids: readonly string[]) => ids.map((id) => encodeId("SceneAsset", id));
const generate = (ids: readonly string[], more: object = {}) =>
  film.mutate(
    "generateSceneAssetImages",
    { instanceIds: global(ids), ...more },
    `pictures { id status job { id status } sceneAsset { id } } skipped { code message remedy sceneAssets { id } }`,
  );
const estimateQuery = `query ($ids: [ID!]!, $sizes: [PictureSizeInput!]) { estimateSceneAssetImages(instanceIds: $ids, sizes: $sizes) {
  imageCount sampleCount credits machineSecs { p50 p90 } elapsedSecs { p50 }
  pictures { sceneAsset { id } prompt negativePrompt width height isBlocked openPicture { status } }
  blockers { code remedy sceneAssets { id } } } }`;
const estimate = async (ids: readonly string[], sizes?: object) =>
  (await queue.execute(estimateQuery, { ids: global(ids), sizes }, { viewer: film.creator })).estimateSceneAssetImages;
const setWorkflow = (input: object) =>
  film.mutate(
    "setAssetWorkflow",
    { projectId: film.ids.project, ...input },
    "project { assetWorkflow { name } assetPictureSizes { type width height } }",
  );
const progressOf = async () =>
  (
    await queue.execute(
      `query ($id: ID!) { scene(id: $id) { imageProgress { total completed open failed canceled failures { error sceneAsset { projectAsset { name } } } } } }`,
      { id: encodeId("Scene", film.sceneId) },
      { viewer: film.creator },
    )
  ).scene.imageProgress;
const pause = (isPaused: boolean) => setQueuePaused(queue.deps, {}, isPaused);
const promptsOf = async (jobId: string | null) =>
  (await queue.job(jobId ?? "")).runs[0]?.prompts.map(({ text }) => text);

describe("a picture of a state", () => {
  test("is made of its text, the locked style and its tags, in the shape of its type, and becomes its image", async () => {
    const mara = await film.state("Mara", { description: "A tall woman.", statusTags: ["muddy", "torn"] });
    const place = await film.state("Pier", { type: "LOCATION", description: "a pier" });
    const lamp = await film.state("Lamp", { type: "PROP", description: "a lamp" });
    const { pictures } = await generate([mara, place, lamp]);
    expect(pictures.map(({ sceneAsset }: { sceneAsset: { id: string } }) => sceneAsset.id)).toEqual(
      global([mara, place, lamp]),
    );
    const [first, second, third] = await queue.deps.db.prisma.sceneAssetPicture.findMany({
      where: { sceneId: film.sceneId },
      orderBy: { id: "asc" },
    });
    await film.untilOver([first?.id ?? "", second?.id ?? "", third?.id ?? ""]);
    expect(await promptsOf(first?.jobId ?? null)).toEqual(["A tall woman, ink, muddy, torn", "photo"]);
    // The workflow makes 64 × 32 pixels by itself.
    expect([first, second, third].map((each) => `${each?.width}x${each?.height}`)).toEqual(["40x56", "64x32", "48x48"]);
    const { name, runs, requestId } = await queue.job(first?.jobId ?? "");
    expect([name, requestId]).toEqual(["Mara · scene 1", executed]);
    expect(runs[0]?.graph["4"]?.inputs).toMatchObject({ width: 40, height: 56 });
    const { image } = await film.stored(first?.id ?? "");
    expect(`${image?.folder}/${image?.filename}`).toBe(`Film ${films}/main/001 Rain/scene-assets/Mara.png`);
    const state = await film.sceneAsset(mara);
    expect(state.imageId).toBe(image?.id);
    expect(state.changes).toMatchObject([
      { field: "IMAGE", origin: "GENERATION", after: image?.id, userId: film.creator.userId },
    ]);
    const read = await queue.execute(
      `query ($id: ID!) { node(id: $id) { ... on SceneAsset { reviewStatus image { width height } generation { status progress error isCurrent image { filename } prompt } pictures(first: 5) { totalCount nodes { isCurrent } } } } }`,
      { id: global([mara])[0] },
      { viewer: film.creator },
    );
    expect(read.node).toEqual({
      reviewStatus: "READY",
      image: { width: 40, height: 56 },
      generation: {
        status: "DONE",
        progress: 1,
        error: null,
        isCurrent: true,
        image: { filename: "Mara.png" },
        prompt: "A tall woman, ink, muddy, torn",
      },
      pictures: { totalCount: 1, nodes: [{ isCurrent: true }] },
    });
  });

  test("is asked for once while it is under way, whoever asks; afterwards again, with another seed, beside the first", async () => {
    const mara = await film.state("Mara");
    await pause(true);
    const asked = await Promise.all([1, 2, 3, 4].map(() => film.generate([mara])));
    const [again] = await film.generate([mara], queue.admin);
    expect(new Set([...asked.map(([picture]) => picture?.id), again?.id]).size).toBe(1);
    expect(await queue.deps.db.prisma.job.count({ where: { projectId: film.projectId } })).toBe(1);
    await pause(false);
    await film.untilOver([again?.id ?? ""]);
    const [next] = await film.generate([mara]);
    expect(next?.id).not.toBe(again?.id);
    await film.untilOver([next?.id ?? ""]);
    const [one, two] = await Promise.all([again, next].map((each) => film.stored(each?.id ?? "")));
    const seeds = await Promise.all([one, two].map(async (each) => (await queue.job(each?.jobId ?? "")).runs[0]?.seed));
    expect(seeds[0]).not.toBe(seeds[1]);
    expect(two?.image).toMatchObject({ folder: one?.image?.folder, filename: "Mara__2.png" });
    expect((await film.sceneAsset(mara)).imageId).toBe(two?.imageId);
    // The earlier one is chosen again, as any file of the project can be.
    const imageId = encodeId("Asset", one?.imageId ?? "");
    const chosen = await film.mutate(
      "updateSceneAsset",
      { id: global([mara])[0], imageId },
      "sceneAsset { reviewStatus image { id } pictures { nodes { isCurrent image { id } } } }",
    );
    expect(chosen.sceneAsset).toEqual({
      reviewStatus: "EDITED",
      image: { id: imageId },
      pictures: {
        nodes: [
          { isCurrent: false, image: { id: encodeId("Asset", two?.imageId ?? "") } },
          { isCurrent: true, image: { id: imageId } },
        ],
      },
    });
    // An edit makes no picture by itself.
    expect(await queue.deps.db.prisma.job.count({ where: { projectId: film.projectId } })).toBe(2);
  });

  test("stays beside an image that a person chose meanwhile, also where the choice was to have none", async () => {
    const [mara, ben] = [await film.state("Mara"), await film.state("Ben")];
    await lockSceneAssets(queue.deps, film.creator, [mara], true, undefined);
    const image = await film.picture();
    await pause(true);
    const asked = await film.generate([mara, ben]);
    const set = (id: string, imageId: string | null) =>
      film.mutate("updateSceneAsset", { id: global([id])[0], imageId }, "sceneAsset { id }");
    await set(mara, encodeId("Asset", image));
    await set(ben, encodeId("Asset", image));
    await set(ben, null);
    await pause(false);
    await film.untilOver(asked.map(({ id }) => id));
    expect((await film.sceneAsset(mara)).imageId).toBe(image);
    expect((await film.sceneAsset(ben)).imageId).toBeNull();
    expect(await film.stored(asked[0]?.id ?? "")).toMatchObject({ status: "DONE", imageId: expect.any(String) });
    // Asked for after the choice, the next one is what the person wants; a locked state keeps text and tags only.
    const [next] = await film.generate([mara]);
    await film.untilOver([next?.id ?? ""]);
    expect((await film.sceneAsset(mara)).imageId).toBe((await film.stored(next?.id ?? "")).imageId);
  });

  test("gives way to one that was asked for later, whichever is made first", async () => {
    const mara = await film.state("Mara");
    await pause(true);
    const [early] = await film.generate([mara]);
    await setJobPaused(queue.deps, film.creator, early?.jobId ?? "", true);
    await film.mutate("updateSceneAsset", { id: global([mara])[0], statusTags: ["wet"] }, "sceneAsset { id }");
    const [late] = await film.generate([mara]);
    expect(late?.id).not.toBe(early?.id);
    await pause(false);
    await film.untilOver([late?.id ?? ""]);
    await setJobPaused(queue.deps, film.creator, early?.jobId ?? "", false);
    await film.untilOver([early?.id ?? ""]);
    expect((await film.sceneAsset(mara)).imageId).toBe((await film.stored(late?.id ?? "")).imageId);
  });

  test("goes with its state: the job's file stays among the outputs", async () => {
    const mara = await film.state("Mara");
    await pause(true);
    const [picture] = await film.generate([mara]);
    await deleteSceneAsset(queue.deps, film.creator, mara);
    await pause(false);
    expect((await queue.untilEnded(picture?.jobId ?? "")).runs[0]?.outputs).toHaveLength(1);
    expect(await progressOf()).toBeNull();
  });
});

describe("what stands against pictures", () => {
  test("of the whole project is said with what to do, before anything is asked for", async () => {
    const mara = await film.state("Mara");
    const before = await queue.countRows();
    await unlockVisualStyle(queue.deps, film.creator, film.styleId);
    expect(await generate([mara])).toMatchObject({
      __typename: "ConflictError",
      code: "NO_LOCKED_STYLE",
      message: expect.stringContaining("Lock one"),
    });
    expect(await estimate([mara])).toMatchObject({
      imageCount: 0,
      blockers: [{ code: "NO_LOCKED_STYLE", sceneAssets: [] }],
    });
    await film.mutate("lockVisualStyle", { id: encodeId("VisualStyle", film.styleId) });
    await setWorkflow({ workflowId: null });
    expect(await generate([mara])).toMatchObject({ __typename: "ConflictError", code: "NO_ASSET_WORKFLOW" });
    expect(await queue.countRows()).toEqual(before);
  });

  test("is looked at when the workflow is chosen: it starts from text, and has a prompt that can be edited", async () => {
    const { prisma } = queue.deps.db;
    const choose = async (workflowId: string) => setWorkflow({ workflowId: encodeId("Workflow", workflowId) });
    expect(await choose(await queue.workflow(`Invert ${films}`, invertGraph))).toMatchObject({
      __typename: "ValidationError",
      code: "ASSET_WORKFLOW_NEEDS_INPUT",
      path: ["workflowId"],
    });
    const sleeper = await queue.workflow(`Sleeper ${films}`, {
      "1": { class_type: "SimulatorSleep", inputs: { ms: 0, seed: films } },
      "2": { class_type: "SimulatorOutput", inputs: { token: ["1", 0], filename_prefix: "pixel" } },
    });
    expect(await choose(sleeper)).toMatchObject({
      code: "NO_PROMPT_SLOT",
      message: expect.stringContaining("Let one"),
    });
    // A workflow that was right once can be changed.
    await prisma.projectStory.update({ where: { projectId: film.projectId }, data: { assetWorkflowId: sleeper } });
    expect(await generate([await film.state("Mara")])).toMatchObject({ code: "NO_PROMPT_SLOT" });
    expect((await choose(film.workflowId)).project.assetWorkflow).toEqual({ name: "Portraits" });
  });

  test("of one asset stops all, or is skipped and named", async () => {
    const [mara, ben, eve] = [
      await film.state("Mara"),
      await film.state("Ben", { description: " " }),
      await film.state("Eve", { description: "in {colour}" }),
    ];
    const before = await queue.countRows();
    expect(await generate([mara, ben, eve])).toMatchObject({
      __typename: "ValidationError",
      code: "PREFLIGHT_BLOCKED",
      issues: [
        { path: ["instanceIds", "1"], message: expect.stringContaining("Ben, scene 1: Ben has neither") },
        { path: ["instanceIds", "2"], message: expect.stringContaining("Eve, scene 1") },
      ],
    });
    expect(await generate([ben], { skipBlocked: true })).toMatchObject({ code: "NO_DESCRIPTION" });
    expect(await queue.countRows()).toEqual(before);
    const { pictures, skipped } = await generate([mara, ben, eve], { skipBlocked: true });
    expect(pictures).toHaveLength(1);
    expect(skipped).toMatchObject([
      { code: "NO_DESCRIPTION", sceneAssets: [{ id: global([ben])[0] }] },
      { code: "UNRESOLVED_PLACEHOLDER", sceneAssets: [{ id: global([eve])[0] }] },
    ]);
  });

  test("none, or those of another branch or project, are no question of pictures", async () => {
    const mara = await film.state("Mara");
    expect(await generate([])).toMatchObject({ __typename: "ValidationError", path: ["instanceIds"] });
    const other = await makePictureStudio(queue, `Other ${films}`);
    const foreign = await other.state("Mara");
    expect(await generate([mara, foreign])).toMatchObject({
      __typename: "NotFoundError",
      path: ["instanceIds", "1"],
    });
    await expect(film.generate([mara, foreign], queue.admin)).rejects.toMatchObject({ kind: "NotFoundError" });
    await expect(film.generate([mara], film.stranger)).rejects.toMatchObject({ kind: "NotFoundError" });
  });
});

describe("an estimate", () => {
  test("tells count, cost, time and each picture as it would be, and stores nothing", async () => {
    const [mara, lamp] = [await film.state("Mara"), await film.state("Lamp", { type: "PROP", description: "" })];
    const before = await queue.countRows();
    expect(await estimate([mara, lamp])).toMatchObject({
      imageCount: 1,
      credits: 2,
      pictures: [
        {
          prompt: "the Mara, ink",
          negativePrompt: "photo",
          width: 40,
          height: 56,
          isBlocked: false,
          openPicture: null,
        },
        { isBlocked: true },
      ],
      blockers: [{ code: "NO_DESCRIPTION", sceneAssets: [{ id: global([lamp])[0] }] }],
    });
    expect(await queue.countRows()).toEqual(before);
    const [picture] = await film.generate([mara]);
    await film.untilOver([picture?.id ?? ""]);
    const after = await estimate([mara]);
    expect(after.sampleCount).toBeGreaterThan(0);
    expect(after.machineSecs.p50).toBeGreaterThan(0);
    await pause(true);
    await film.generate([mara]);
    expect(await estimate([mara])).toMatchObject({
      imageCount: 0,
      pictures: [{ openPicture: { status: "GENERATING" } }],
    });
    await pause(false);
  });

  test("takes sizes from the request, else from the project", async () => {
    const mara = await film.state("Mara");
    const sizes = [{ type: "CHARACTER", width: 128, height: 96 }];
    expect((await setWorkflow({ sizes })).project).toEqual({
      assetWorkflow: { name: "Portraits" },
      assetPictureSizes: sizes,
    });
    expect((await estimate([mara])).pictures).toMatchObject([{ width: 128, height: 96 }]);
    const asked = [{ type: "CHARACTER", width: 32, height: 32 }];
    expect((await estimate([mara], asked)).pictures).toMatchObject([{ width: 32, height: 32 }]);
    const { pictures } = await generate([mara], { sizes: asked });
    expect(
      (await queue.untilEnded((await film.stored(idOf(pictures[0].id))).jobId ?? "")).runs[0]?.graph["4"]?.inputs,
    ).toMatchObject({ width: 32, height: 32 });
    expect(await setWorkflow({ sizes: [...sizes, ...sizes] })).toMatchObject({ path: ["sizes", "1", "type"] });
    expect(await setWorkflow({ sizes: [{ type: "PROP", width: 1, height: 64 }] })).toMatchObject({
      path: ["sizes", "0", "width"],
    });
  });

  test("asks the database no more for many than for one", async () => {
    const states = await Promise.all(["A", "B", "C", "D", "E", "F"].map((name) => film.state(name)));
    const ask = async (ids: string[]): Promise<number> => {
      queue.takeStatements();
      await estimate(ids);
      return queue.takeStatements("executed").length;
    };
    await ask(states.slice(0, 1));
    const ofOne = await ask(states.slice(0, 1));
    expect(ofOne).toBeGreaterThan(0);
    expect(await ask(states)).toBeLessThanOrEqual(ofOne);
  });
});

const idOf = (globalId: string): string => Buffer.from(globalId, "base64").toString().split(":")[1] ?? "";

describe("progress", () => {
  test("is told live: what succeeds stays, what fails is named, and goes on with a retry", async () => {
    const states = await Promise.all(["Mara", "Ben", "Eve"].map((name) => film.state(name)));
    const client = await api.socket({});
    client.subscribe(
      "branch",
      `subscription ($ids: [ID!]!) { branchUpdated(ids: $ids) { branch { scenes { nodes { imageProgress { total completed open failed } } } } } }`,
      { ids: [film.ids.branch] },
    );
    const told = async () => (await client.next()).payload.data.branchUpdated.branch.scenes.nodes[0].imageProgress;
    expect(await told()).toBeNull();
    queue.simulators[0]?.setFault({ failNode: { classType: "KSampler", times: 1 } });
    const asked = await film.generate(states);
    for (;;) {
      const progress = await told();
      if (progress?.open === 0) {
        expect(progress).toEqual({ total: 3, completed: 2, open: 0, failed: 1 });
        break;
      }
    }
    await client.close();
    const stored = await Promise.all(asked.map(({ id }) => film.stored(id)));
    const failed = stored.find(({ status }) => status === "FAILED");
    expect(failed).toMatchObject({ imageId: null, error: expect.stringContaining("told to fail") });
    expect(await progressOf()).toMatchObject({ failures: [{ error: failed?.error }] });
    expect(await film.sceneAsset(failed?.sceneAssetId ?? "")).toMatchObject({ imageId: null });
    await retryJob(queue.deps, film.creator, failed?.jobId ?? "", { newSeeds: false });
    await film.untilOver([failed?.id ?? ""]);
    expect(await progressOf()).toEqual({ total: 3, completed: 3, open: 0, failed: 0, canceled: 0, failures: [] });
  });

  test("counts a canceled one as such, and begins anew with what is asked for once all are over", async () => {
    const mara = await film.state("Mara");
    await pause(true);
    const [picture] = await film.generate([mara]);
    await cancelJob(queue.deps, film.creator, picture?.jobId ?? "", "NOW");
    await film.untilOver([picture?.id ?? ""]);
    await pause(false);
    expect(await progressOf()).toMatchObject({ total: 1, completed: 0, canceled: 1, failures: [] });
    const [again] = await film.generate([mara]);
    await film.untilOver([again?.id ?? ""]);
    expect(await progressOf()).toMatchObject({ total: 1, completed: 1, canceled: 0 });
  });
});
