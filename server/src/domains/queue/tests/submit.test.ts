import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { submitJob } from "#domains/queue/submit/submit-job.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { invertGraph, pictureBytes, pictureGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

const maxSeed = 2n ** 64n - 1n;
let studio: QueueStudio;
let pictures: string;
let invert: string;

beforeAll(async () => {
  studio = await startQueueStudio();
  pictures = await studio.workflow("Picture", pictureGraph);
  invert = await studio.workflow("Invert", invertGraph);
});
afterAll(() => studio[Symbol.asyncDispose]());

/** What arrived at the machine for a run. */
function arrived(comfyPromptId: string | null) {
  const execution = studio.simulators[0]?.executions.find((each) => each.promptId === comfyPromptId);
  return execution?.graph as Record<string, { inputs: Record<string, unknown> }>;
}

describe("a submit", () => {
  test("brings texts, size and a seed of 64 bits exactly into the stored graph and to the machine", async () => {
    const id = await studio.submit({
      workflowId: pictures,
      params: { positive_prompt: "a red boat", "3.text": "fog", steps: 1 },
      seedMode: "FIXED",
      seed: maxSeed,
      resolution: "96x64",
      flipOrientation: true,
    });
    const { runs, status } = await studio.untilEnded(id);
    expect(status).toBe("SUCCEEDED");
    const [run] = runs;
    expect(run?.seed).toBe(maxSeed);
    for (const graph of [run?.graph, arrived(run?.comfyPromptId ?? null)]) {
      expect(graph?.["2"]?.inputs["text"]).toBe("a red boat");
      expect(graph?.["3"]?.inputs["text"]).toBe("fog");
      expect(graph?.["4"]?.inputs).toMatchObject({ width: 64, height: 96 });
      expect(graph?.["5"]?.inputs).toMatchObject({ seed: maxSeed, steps: 1 });
    }
    expect(run?.prompts.map(({ nodeId, text, source }) => [nodeId, text, source])).toEqual([
      ["2", "a red boat", "OVERRIDE"],
      ["3", "fog", "OVERRIDE"],
    ]);
    expect(run?.files).toEqual([`jobs/${id}/shots/lantern/prompt_try01.png`]);
  });

  test("fans out into tries with seeds that count up, under prefixes of their own", async () => {
    const id = await studio.submit({
      workflowId: pictures,
      tries: 3,
      seedMode: "INCREMENT",
      seed: 41n,
      params: { filename_prefix: "sea/wave" },
    });
    const { runs } = await studio.untilEnded(id);
    expect(runs.map((run) => run.seed)).toEqual([41n, 42n, 43n]);
    expect(runs.map((run) => run.outputPrefix)).toEqual([
      "sea/wave/prompt_try01",
      "sea/wave/prompt_try02",
      "sea/wave/prompt_try03",
    ]);
    expect(runs.flatMap((run) => run.files)).toEqual(
      ["01", "02", "03"].map((n) => `jobs/${id}/sea/wave/prompt_try${n}.png`),
    );
  });

  test("draws a seed for each run, all different, unless one is given", async () => {
    const { plannedRuns } = await submitJob(studio.deps, studio.admin, {
      workflowId: pictures,
      tries: 20,
      dryRun: true,
    });
    expect(new Set(plannedRuns.map((run) => run.seed)).size).toBe(20);
    const fixed = await submitJob(studio.deps, studio.admin, {
      workflowId: pictures,
      tries: 3,
      seedMode: "FIXED",
      seed: 9n,
      dryRun: true,
    });
    expect(fixed.plannedRuns.map((run) => run.seed)).toEqual([9n, 9n, 9n]);
  });

  test("gives single inputs values of their own, which reach no other", async () => {
    const [a, b] = [await studio.picture("a.png", "red"), await studio.picture("b.png", "blue")];
    const id = await studio.submit({
      workflowId: invert,
      inputs: [{ assetId: encodeId("Asset", b) }, { assetId: encodeId("Asset", a) }],
      perFileParams: { "b.png": { positive_prompt: "only b" } },
    });
    const { runs, status } = await studio.untilEnded(id);
    expect(status).toBe("SUCCEEDED");
    expect(runs.map((run) => [run.inputAssetId, run.graph["3"]?.inputs["text"]])).toEqual([
      [a, "inverted"],
      [b, "only b"],
    ]);
    expect(runs.map((run) => run.outputPrefix)).toEqual(["inverted/a_try01", "inverted/b_try01"]);
  });

  test("can be split into a job for each input", async () => {
    const [a, b] = [await studio.picture("one.png"), await studio.picture("two.png")];
    const { jobIds } = await submitJob(studio.deps, studio.admin, {
      workflowId: invert,
      inputs: [a, b].map((id) => ({ assetId: encodeId("Asset", id) })),
      splitByInput: true,
      idempotencyKey: "split",
      perFileParams: { "two.png": { positive_prompt: "second" } },
    });
    const jobs = await Promise.all(jobIds.map((id) => studio.untilEnded(id)));
    expect(jobs.map((job) => [job.name, job.status, job.runs[0]?.graph["3"]?.inputs["text"]])).toEqual([
      ["Invert · one.png", "SUCCEEDED", "inverted"],
      ["Invert · two.png", "SUCCEEDED", "second"],
    ]);
  });

  test("that is a dry run answers with each graph and stores nothing", async () => {
    const before = await studio.countRows();
    const { jobIds, plannedRuns } = await submitJob(studio.deps, studio.admin, {
      workflowId: pictures,
      tries: 2,
      params: { positive_prompt: "dry" },
      dryRun: true,
    });
    expect(jobIds).toEqual([]);
    expect(plannedRuns.map((run) => run.graph["2"]?.inputs["text"])).toEqual(["dry", "dry"]);
    expect(await studio.countRows()).toEqual(before);
  });
});

describe("an idempotency key", () => {
  test("gives the first job again, also when twenty submits come at once", async () => {
    const submits = await Promise.all(
      Array.from({ length: 20 }, () => studio.submit({ idempotencyKey: "twenty", tries: 2 })),
    );
    expect(new Set(submits).size).toBe(1);
    expect(await studio.submit({ idempotencyKey: "twenty", tries: 2 })).toBe(submits[0]);
    expect(await studio.deps.db.prisma.job.count({ where: { idempotencyKey: { startsWith: "twenty" } } })).toBe(1);
  });

  test("is refused for another payload", async () => {
    await studio.submit({ idempotencyKey: "once" });
    await expect(studio.submit({ idempotencyKey: "once", tries: 2 })).rejects.toMatchObject({
      kind: "ConflictError",
      code: "IDEMPOTENCY_KEY_REUSED",
    });
  });

  test("is one person's: another's same key is another job", async () => {
    const other = await studio.person("CREATOR");
    expect(await studio.submit({ idempotencyKey: "mine" })).not.toBe(
      await studio.submit({ idempotencyKey: "mine" }, other),
    );
  });

  test("that begins like another one is not taken for it", async () => {
    const [first, second] = [
      await studio.submit({ idempotencyKey: "k_1" }),
      await studio.submit({ idempotencyKey: "k_1#2" }),
    ];
    expect(first).not.toBe(second);
    const { jobIds } = await submitJob(studio.deps, studio.admin, {
      workflowId: studio.workflowId,
      idempotencyKey: "k_1",
    });
    expect(jobIds).toEqual([first]);
  });
});

describe("files on the server", () => {
  let root: string;
  let files: QueueStudio;
  let workflowId: string;

  beforeAll(async () => {
    root = join(studio.config.stateDir, "inputs");
    files = await startQueueStudio({ beside: studio, roles: { worker: false }, config: { inputRoots: [root] } });
    workflowId = invert;
    await mkdir(join(root, "day"), { recursive: true });
    await mkdir(join(root, "empty"));
    await writeFile(join(root, "day", "10.png"), await pictureBytes("green"));
    await writeFile(join(root, "day", "2.png"), await pictureBytes("yellow"));
    await writeFile(join(root, "day", "notes.txt"), "not a picture");
    await writeFile(
      join(root, "broken.png"),
      Buffer.concat([(await pictureBytes("red")).subarray(0, 20), Buffer.from("junk")]),
    );
  });
  afterAll(() => files[Symbol.asyncDispose]());

  test("of a directory are taken in natural order, and may be deleted after the submit", async () => {
    await files.deps.db.prisma.queuePause.create({ data: { scope: "queue" } });
    const id = await files.submit({ workflowId, directory: "day" });
    await rm(join(root, "day", "2.png"));
    await files.deps.db.prisma.queuePause.deleteMany();
    files.deps.runQueue.wake();
    const { runs, status } = await studio.untilEnded(id);
    expect(status).toBe("SUCCEEDED");
    expect(runs.map((run) => run.outputPrefix)).toEqual(["inverted/2_try01", "inverted/10_try01"]);
  });

  test("leave nothing behind when the submit is a dry run or is refused", async () => {
    const before = await files.countRows();
    const submit = { workflowId, inputs: [{ path: "day/10.png" }] };
    const { plannedRuns } = await submitJob(files.deps, files.admin, { ...submit, dryRun: true });
    expect(plannedRuns).toHaveLength(1);
    await expect(files.submit({ ...submit, params: { nonsense: 1 } })).rejects.toMatchObject({
      kind: "ValidationError",
    });
    expect(await files.countRows()).toEqual(before);
  });

  test.each([
    ["outside the roots", { inputs: [{ path: "/etc/hostname" }] }, "PATH_OUTSIDE_ROOTS"],
    ["that climbs out of the roots", { inputs: [{ path: "../secret" }] }, "PATH_OUTSIDE_ROOTS"],
    ["that does not exist", { inputs: [{ path: "nowhere.png" }] }, "PATH_MISSING"],
    ["of a directory that does not exist", { directory: "nowhere" }, "PATH_MISSING"],
    ["of a directory without pictures", { directory: "empty" }, "DIRECTORY_EMPTY"],
    ["that is damaged", { inputs: [{ path: "broken.png" }] }, "INPUT_UNREADABLE"],
    ["that is no picture", { inputs: [{ path: "day/notes.txt" }] }, "VALIDATION"],
    ["beside a directory", { directory: "day", inputs: [{ path: "day/10.png" }] }, "VALIDATION"],
  ])("a file %s is refused", async (_what, input, code) => {
    const before = await files.countRows();
    await expect(files.submit({ workflowId, ...input })).rejects.toMatchObject({ kind: "ValidationError", code });
    expect(await files.countRows()).toEqual(before);
  });

  test("that can't be read are left out when blocked ones are skipped", async () => {
    const { plannedRuns } = await submitJob(files.deps, files.admin, {
      workflowId,
      inputs: [{ path: "broken.png" }, { path: "day/10.png" }],
      skipBlocked: true,
      dryRun: true,
    });
    expect(plannedRuns.map((run) => run.input?.filename)).toEqual(["10.png"]);
  });
});

describe("a wrong submit names the place and leaves nothing", () => {
  const noId = "00000000-0000-7000-8000-000000000000";
  test.each([
    ["an unknown parameter", { params: { stepz: 3 } }, "ValidationError", ["params", "stepz"]],
    ["a value out of range", { params: { steps: 0 } }, "ValidationError", ["params", "steps"]],
    ["a value of the wrong type", { params: { steps: "many" } }, "ValidationError", ["params", "steps"]],
    ["params that are no object", { params: [1] }, "ValidationError", ["params"]],
    [
      "a text that can't be stored",
      { params: { positive_prompt: "a\0b" } },
      "ValidationError",
      ["params", "positive_prompt"],
    ],
    ["too many tries", { tries: 101 }, "ValidationError", ["tries"]],
    ["a seed beyond 64 bits", { seed: 2n ** 64n }, "ValidationError", ["seed"]],
    ["a resolution that is none", { resolution: "huge" }, "ValidationError", ["resolution"]],
    [
      "a placeholder that nothing fills",
      { params: { positive_prompt: "a {colour} boat" } },
      "ValidationError",
      ["prompts", "2.text"],
    ],
    ["per-file values for no input", { perFileParams: { "x.png": {} } }, "ValidationError", ["perFileParams", "x.png"]],
    [
      "per-image prompts without images",
      { promptMode: "PER_IMAGE_MANUAL" as const },
      "ValidationError",
      ["promptMode"],
    ],
    ["inputs for a workflow that takes none", { inputs: [{ path: "x.png" }] }, "ValidationError", ["inputs"]],
    ["an unknown project", { projectId: noId }, "NotFoundError", ["projectId"]],
    ["an unknown version", { workflowVersionId: noId }, "NotFoundError", ["workflowVersionId"]],
    ["an unknown workflow", { workflowId: noId }, "NotFoundError", ["workflowId"]],
  ])("%s", async (_what, input, kind, path) => {
    const before = await studio.countRows();
    await expect(studio.submit({ workflowId: pictures, ...input })).rejects.toMatchObject({ kind, path });
    expect(await studio.countRows()).toEqual(before);
  });

  test("a locked prompt", async () => {
    const locked = await studio.workflow("Locked", {
      ...pictureGraph,
      "7": { ...pictureGraph["7"], inputs: { ...pictureGraph["7"].inputs, filename_prefix: "locked" } },
    });
    await studio.deps.db.prisma.promptSlot.updateMany({
      where: { workflowId: locked, nodeId: "3" },
      data: { isUserEditable: false },
    });
    await expect(studio.submit({ workflowId: locked, params: { negative_prompt: "x" } })).rejects.toMatchObject({
      kind: "ValidationError",
      message: expect.stringContaining("locked"),
    });
  });

  test("another project's asset or project", async () => {
    const project = await studio.deps.db.prisma.project.create({ data: { name: "Theirs" } });
    const asset = await studio.picture("theirs.png", "black", { projectId: project.id });
    const stranger = await studio.person("CREATOR");
    const before = await studio.countRows();
    await expect(
      studio.submit({ workflowId: invert, inputs: [{ assetId: encodeId("Asset", asset) }] }, stranger),
    ).rejects.toMatchObject({
      kind: "NotFoundError",
      path: ["inputs", "0", "assetId"],
    });
    await expect(studio.submit({ projectId: project.id }, stranger)).rejects.toMatchObject({
      kind: "NotFoundError",
      path: ["projectId"],
    });
    expect(await studio.countRows()).toEqual(before);
  });

  test("a person who may only look", async () => {
    const viewer = await studio.person("VIEWER");
    const result = await studio.execute(
      `mutation ($id: ID!) { submitJob(input: { workflowId: $id }) { __typename ... on Error { code } } }`,
      { id: encodeId("Workflow", pictures) },
      { viewer },
    );
    expect(result.submitJob).toEqual({ __typename: "ForbiddenError", code: "FORBIDDEN" });
  });
});
