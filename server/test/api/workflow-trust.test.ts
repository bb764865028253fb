import { setScenePromptDefault } from "#domains/prompts/scene-defaults.service.ts";
import { createSceneType } from "#domains/prompts/scene-types.service.ts";
import { importWorkflow } from "#domains/workflows/workflows.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { invertGraph, pictureGraph, sleepGraph, startQueueStudio, type QueueStudio } from "#test/queue-studio.ts";

let studio: QueueStudio;
beforeAll(async () => {
  studio = await startQueueStudio();
});
afterAll(() => studio[Symbol.asyncDispose]());

const load = async (name: string, graph: unknown) =>
  importWorkflow(studio.deps, { name, source: JSON.stringify(graph), removeOrphans: false });
const failures = `... on ValidationError { code message path issues { path message } } ... on NotFoundError { code path }
  ... on ConflictError { code message path } ... on ForbiddenError { code } ... on UnavailableError { code message path }`;

describe("validateWorkflow", () => {
  const query = `query ($workflowId: ID, $versionId: ID, $pool: String) { validateWorkflow(workflowId: $workflowId, versionId: $versionId, pool: $pool) {
    machine { name } status message items { kind nodeId classType inputName message suggestions } problems: items(problemsOnly: true) { nodeId } } }`;
  const validate = async (variables: object): Promise<any[]> =>
    (await studio.execute(query, variables as never)).validateWorkflow;

  test("passes node by node where everything is there", async () => {
    const { workflow } = await load("Valid", sleepGraph(0));
    const [machine, ...others] = await validate({ workflowId: encodeId("Workflow", workflow.id) });
    expect(others).toEqual([]);
    expect(machine).toMatchObject({ machine: { name: "machine-1" }, status: "PASSED", message: null, problems: [] });
    expect(machine.items.map(({ kind, nodeId }: any) => [kind, nodeId])).toEqual([
      ["PASS", "1"],
      ["PASS", "2"],
    ]);
  });

  test("names missing classes, files and wrong values, machine by machine", async () => {
    const lost = await studio.deps.db.prisma.machine.create({
      data: { name: "lost", url: "http://127.0.0.1:9", pools: ["default"] },
    });
    const { version } = await load("Wrong", {
      ...pictureGraph,
      "1": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "no-such-model.safetensors" } },
      "5": { ...pictureGraph["5"], inputs: { ...pictureGraph["5"].inputs, steps: 0 } },
      "9": { class_type: "NodeOfMine", inputs: {} },
    });
    const [unreachable, machine] = await validate({
      versionId: encodeId("WorkflowVersion", version.id),
      pool: "default",
    });
    expect(unreachable).toMatchObject({
      machine: { name: "lost" },
      status: "UNREACHABLE",
      message: expect.stringContaining("lost does not answer"),
      items: [],
    });
    expect(machine.status).toBe("FAILED");
    expect(machine.items.filter(({ kind }: any) => kind !== "PASS")).toEqual([
      expect.objectContaining({ kind: "MISSING_FILE", nodeId: "1", inputName: "ckpt_name" }),
      expect.objectContaining({ kind: "BAD_VALUE", nodeId: "5", inputName: "steps" }),
      expect.objectContaining({ kind: "MISSING_NODE", nodeId: "9", classType: "NodeOfMine" }),
    ]);
    await studio.deps.db.prisma.machine.delete({ where: { id: lost.id } });
  });

  test("has nothing to say about a pool without machines", async () => {
    expect(await validate({ workflowId: encodeId("Workflow", studio.workflowId), pool: "empty" })).toEqual([]);
  });
});

describe("dryRunWorkflow and setWorkflowStatus", () => {
  const trying = `mutation ($input: DryRunWorkflowInput!) { dryRunWorkflow(input: $input) { __typename
    ... on DryRunWorkflowPayload { dryRun { status job { id name } } } ${failures} } }`;
  const setting = `mutation ($input: SetWorkflowStatusInput!) { setWorkflowStatus(input: $input) { __typename
    ... on SetWorkflowStatusPayload { workflow { status } } ${failures} } }`;
  const reading = `query ($id: ID!) { workflow(id: $id) { status currentVersion { latestDryRun { status message machineName finishedAt } } } }`;
  const dryRun = async (input: object): Promise<any> => (await studio.execute(trying, { input })).dryRunWorkflow;
  const setStatus = async (input: object): Promise<any> => (await studio.execute(setting, { input })).setWorkflowStatus;
  const read = async (id: string): Promise<any> => (await studio.execute(reading, { id })).workflow;
  const jobOf = (result: any): string => Buffer.from(result.dryRun.job.id, "base64").toString().slice("Job:".length);

  test("a draft becomes TESTED by a dry run that passes, then PRODUCTION when every machine can run it", async () => {
    const { workflow } = await load("Trusted", pictureGraph);
    const id = encodeId("Workflow", workflow.id);
    const early = await setStatus({ id, status: "PRODUCTION" });
    expect(early).toMatchObject({ __typename: "ValidationError", code: "STATUS_GATE" });
    expect(early.issues).toEqual([
      { path: ["status"], message: "No dry run of version 1 has passed." },
      { path: ["status"], message: expect.stringContaining("studio.safetensors") },
    ]);
    expect(await setStatus({ id, status: "TESTED" })).toMatchObject({ code: "STATUS_GATE" });

    const result = await dryRun({ workflowId: id, timeoutSecs: 60 });
    expect(result).toMatchObject({ dryRun: { status: "RUNNING", job: { name: "Dry run: Trusted" } } });
    const job = await studio.untilEnded(jobOf(result));
    expect(job).toMatchObject({ status: "SUCCEEDED", timeoutSecs: 60 });
    await studio.until("the workflow is tested", async () => (await read(id)).status === "TESTED");
    expect((await read(id)).currentVersion.latestDryRun).toEqual({
      status: "PASSED",
      message: null,
      machineName: "machine-1",
      finishedAt: expect.any(String),
    });
  });

  test("PRODUCTION is given when nothing stands against it, and taken back freely", async () => {
    const { workflow } = await load("Sleeper", { ...sleepGraph(1) });
    const id = encodeId("Workflow", workflow.id);
    await studio.untilEnded(jobOf(await dryRun({ workflowId: id })));
    await studio.until("the workflow is tested", async () => (await read(id)).status === "TESTED");
    expect(await setStatus({ id, status: "PRODUCTION" })).toEqual({
      __typename: "SetWorkflowStatusPayload",
      workflow: { status: "PRODUCTION" },
    });
    expect(await setStatus({ id, status: "PRODUCTION", pool: "empty" })).toMatchObject({
      issues: [{ message: 'No enabled machine is in the pool "empty".' }],
    });
    expect(await setStatus({ id, status: "DRAFT" })).toMatchObject({ workflow: { status: "DRAFT" } });
  });

  test("a workflow that takes a picture gets a sample", async () => {
    const { workflow } = await load("Invert", invertGraph);
    const job = await studio.untilEnded(jobOf(await dryRun({ workflowId: encodeId("Workflow", workflow.id) })));
    expect(job.status).toBe("SUCCEEDED");
    expect(job.runs[0]?.inputAssetId).not.toBeNull();
  });

  test("one that takes a clip gets a clip", async () => {
    const { workflow } = await load("Clip", {
      "1": { class_type: "LoadVideo", inputs: { file: "a.mp4" } },
      "2": {
        class_type: "SaveVideo",
        inputs: { video: ["1", 0], filename_prefix: "clip", format: "mp4", codec: "h264" },
      },
    });
    const job = await studio.untilEnded(jobOf(await dryRun({ workflowId: encodeId("Workflow", workflow.id) })));
    expect(job).toMatchObject({ status: "SUCCEEDED" });
  });

  test("a dry run that fails is kept with its reason, and the workflow stays a draft", async () => {
    const { workflow } = await load("Failing", {
      ...sleepGraph(0),
      "1": { class_type: "SimulatorFail", inputs: {} },
    });
    const id = encodeId("Workflow", workflow.id);
    await studio.untilEnded(jobOf(await dryRun({ workflowId: id })));
    await studio.until(
      "the dry run has failed",
      async () => (await read(id)).currentVersion.latestDryRun.status === "FAILED",
    );
    expect(await read(id)).toMatchObject({
      status: "DRAFT",
      currentVersion: { latestDryRun: { message: expect.stringMatching(/\w+/) } },
    });
  });

  test("is refused where no machine could run it", async () => {
    const workflowId = encodeId("Workflow", studio.workflowId);
    expect(await dryRun({ workflowId, pool: "empty" })).toMatchObject({
      __typename: "UnavailableError",
      code: "NO_MACHINE",
    });
    expect(await dryRun({ workflowId, machineId: encodeId("Machine", studio.workflowId) })).toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await dryRun({ workflowId, timeoutSecs: 1 })).toMatchObject({
      __typename: "ValidationError",
      path: ["timeoutSecs"],
    });
  });

  test("a named machine runs it", async () => {
    const machine = await studio.deps.db.prisma.machine.findFirstOrThrow();
    const result = await dryRun({
      workflowId: encodeId("Workflow", studio.workflowId),
      machineId: encodeId("Machine", machine.id),
    });
    expect((await studio.untilEnded(jobOf(result))).runs[0]?.machineId).toBe(machine.id);
  });
});

describe("versions", () => {
  const two = async (name: string) => {
    const first = await load(name, pictureGraph);
    const { "4": latent, ...rest } = pictureGraph;
    const second = await load(name, {
      ...rest,
      "3": { ...pictureGraph["3"], inputs: { ...pictureGraph["3"].inputs, text: "dull" } },
      "5": { ...pictureGraph["5"], inputs: { ...pictureGraph["5"].inputs, steps: 4, latent_image: ["10", 0] } },
      "10": latent,
      "11": { class_type: "CLIPTextEncode", inputs: { text: "more", clip: ["1", 1] } },
    });
    return { first, second };
  };

  test("workflowVersionDiff tells nodes, slots and parameters apart", async () => {
    const { first, second } = await two("Compared");
    const { workflowVersionDiff: diff } = await studio.execute(
      `query ($fromId: ID!, $toId: ID!) { workflowVersionDiff(fromId: $fromId, toId: $toId) { from { number } to { number }
        nodes { kind nodeId classType title inputs { name before after } }
        slots { kind slot { nodeId label defaultText } beforeText afterText }
        parameters { kind key changes { name before after } } } }`,
      { fromId: encodeId("WorkflowVersion", first.version.id), toId: encodeId("WorkflowVersion", second.version.id) },
    );
    expect(diff).toMatchObject({ from: { number: 1 }, to: { number: 2 } });
    expect(diff.nodes).toEqual([
      {
        kind: "CHANGED",
        nodeId: "3",
        classType: "CLIPTextEncode",
        title: "What to avoid",
        inputs: [{ name: "text", before: "blurry", after: "dull" }],
      },
      expect.objectContaining({ kind: "REMOVED", nodeId: "4", classType: "EmptyLatentImage" }),
      {
        kind: "CHANGED",
        nodeId: "5",
        classType: "KSampler",
        title: null,
        inputs: [
          { name: "latent_image", before: ["4", 0], after: ["10", 0] },
          { name: "steps", before: 2, after: 4 },
        ],
      },
      expect.objectContaining({ kind: "ADDED", nodeId: "10" }),
      expect.objectContaining({
        kind: "ADDED",
        nodeId: "11",
        inputs: [
          { name: "clip", before: null, after: ["1", 1] },
          { name: "text", before: null, after: "more" },
        ],
      }),
    ]);
    expect(diff.slots).toEqual([
      {
        kind: "CHANGED",
        slot: { nodeId: "3", label: "Negative Prompt 1", defaultText: "dull" },
        beforeText: "blurry",
        afterText: "dull",
      },
      { kind: "ADDED", slot: expect.objectContaining({ nodeId: "11" }), beforeText: null, afterText: "more" },
    ]);
    expect(diff.parameters).toContainEqual({
      kind: "CHANGED",
      key: "steps",
      changes: [{ name: "default", before: 2, after: 4 }],
    });
  });

  test("versions of two workflows are not compared", async () => {
    const one = await load("One", sleepGraph(11));
    const other = await load("Other", sleepGraph(12));
    const { errors } = await studio.execute(
      "query ($a: ID!, $b: ID!) { workflowVersionDiff(fromId: $a, toId: $b) { nodes { nodeId } } }",
      { a: encodeId("WorkflowVersion", one.version.id), b: encodeId("WorkflowVersion", other.version.id) },
      { errors: "return" },
    );
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  });

  const upgrading = `mutation ($input: UpgradeSceneTypeInput!) { upgradeSceneType(input: $input) { __typename
    ... on UpgradeSceneTypePayload { sceneType { workflowVersion { number } promptDefaults { text } }
      report { from { number } to { number } defaultsKept overridesKept lost { slot { nodeId label } defaultCount overrideCount } } } ${failures} } }`;
  const upgrade = async (input: object): Promise<any> => (await studio.execute(upgrading, { input })).upgradeSceneType;

  test("upgradeSceneType says what would happen, refuses to drop texts, and drops them when told to", async () => {
    const graph = (ids: string[]) =>
      Object.fromEntries([
        ["1", pictureGraph["1"]],
        ...ids.map(
          (id) => [id, { class_type: "CLIPTextEncode", inputs: { text: `text ${id}`, clip: ["1", 1] } }] as const,
        ),
      ]);
    const { workflow } = await load("Upgraded", graph(["2", "3"]));
    const slots = await studio.deps.db.prisma.promptSlot.findMany({
      where: { workflowId: workflow.id },
      orderBy: { nodeId: "asc" },
    });
    const scene = await createSceneType(studio.deps, studio.admin, { name: "Harbour", workflowId: workflow.id });
    for (const slot of slots) {
      await setScenePromptDefault(studio.deps, studio.admin, {
        sceneTypeId: scene.id,
        slotId: slot.id,
        text: `own ${slot.nodeId}`,
        clipPosition: "FULL_CLIP",
      });
    }
    await load("Upgraded", graph(["2", "4"]));
    const outdated = async () =>
      (
        await studio.execute(`query ($id: ID!) { workflow(id: $id) { outdatedSceneTypeCount } }`, {
          id: encodeId("Workflow", workflow.id),
        })
      ).workflow.outdatedSceneTypeCount;
    expect(await outdated()).toBe(1);

    const id = encodeId("SceneType", scene.id);
    const report = {
      from: { number: 1 },
      to: { number: 2 },
      defaultsKept: 1,
      overridesKept: 0,
      lost: [{ slot: { nodeId: "3", label: "Positive Prompt 2" }, defaultCount: 1, overrideCount: 0 }],
    };
    expect(await upgrade({ id, dryRun: true })).toEqual({
      __typename: "UpgradeSceneTypePayload",
      sceneType: { workflowVersion: { number: 1 }, promptDefaults: [{ text: "own 2" }, { text: "own 3" }] },
      report,
    });
    expect(await upgrade({ id })).toMatchObject({
      __typename: "ConflictError",
      code: "TEXTS_WOULD_BE_LOST",
      message: expect.stringContaining('"Positive Prompt 2" (1 scene type texts, 0 overrides)'),
    });
    expect(await outdated()).toBe(1);
    expect(await upgrade({ id, removeOrphans: true })).toMatchObject({
      sceneType: { workflowVersion: { number: 2 }, promptDefaults: [{ text: "own 2" }] },
      report,
    });
    expect(await outdated()).toBe(0);
    const back = await studio.deps.db.prisma.workflowVersion.findFirstOrThrow({
      where: { workflowId: workflow.id, number: 1 },
    });
    expect(await upgrade({ id, workflowVersionId: encodeId("WorkflowVersion", back.id) })).toMatchObject({
      sceneType: { workflowVersion: { number: 1 } },
      report: { lost: [], defaultsKept: 1 },
    });
  });

  test("a scene type goes only to versions of its own workflow", async () => {
    const { workflow } = await load("Home", sleepGraph(21));
    const foreign = await load("Foreign", sleepGraph(22));
    const scene = await createSceneType(studio.deps, studio.admin, { name: "Homely", workflowId: workflow.id });
    const input = {
      id: encodeId("SceneType", scene.id),
      workflowVersionId: encodeId("WorkflowVersion", foreign.version.id),
    };
    expect(await upgrade(input)).toMatchObject({ __typename: "ValidationError", path: ["workflowVersionId"] });
  });
});
