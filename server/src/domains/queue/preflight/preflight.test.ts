import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { refreshMachine } from "#domains/machines/machines.service.ts";
import { submitJob } from "#domains/queue/submit/submit-job.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { invertGraph, pictureBytes, pictureGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

/** One that the simulator lists. */
const listedModel = "simulator-landscape.safetensors";
const withModel = { ...pictureGraph, "1": { ...pictureGraph["1"], inputs: { ckpt_name: listedModel } } };

let beside: QueueStudio;
let studio: QueueStudio;
let root: string;
let invert: string;

/** Two machines that count as real and have said what they have; nobody works, so nothing is claimed. */
beforeAll(async () => {
  beside = await startQueueStudio({ roles: { worker: false }, simulators: [{}, {}] });
  root = join(beside.config.stateDir, "inputs");
  await mkdir(root, { recursive: true });
  for (const name of ["a", "b", "c"]) await writeFile(join(root, `${name}.png`), await pictureBytes("red"));
  await writeFile(join(root, "broken.png"), Buffer.from("\x89PNG\r\n\x1a\n and then nothing", "latin1"));
  studio = await startQueueStudio({ beside, roles: { worker: false }, config: { inputRoots: [root] } });
  for (const { id } of await studio.deps.db.prisma.machine.findMany()) await refreshMachine(studio.deps, id);
  await studio.deps.db.prisma.machine.updateMany({ data: { isSimulator: false } });
  invert = await studio.workflow("Invert", {
    ...invertGraph,
    "4": { ...invertGraph["4"], inputs: { ckpt_name: listedModel } },
  });
});
afterAll(async () => {
  await studio[Symbol.asyncDispose]();
  await beside[Symbol.asyncDispose]();
});

const query = `query ($input: SubmitJobInput!, $status: [PreflightStatus!]) { preflightJob(input: $input) {
  status jobCount readyCount warnedCount blockedCount
  findings { runCount finding { code isBlocking message remedy path nodeId inputName suggestions } }
  runs(first: 10, status: $status) { index status input outputPrefix findings { code } }
} }`;
const look = async (workflowId: string, input: object = {}, status?: string[]) =>
  (await studio.execute(query, { input: { workflowId: encodeId("Workflow", workflowId), ...input }, status }))
    .preflightJob;
const paths = (...names: string[]) => names.map((name) => ({ path: `${name}.png` }));

test("a submission that all machines take is ready, and nothing is stored", async () => {
  const workflowId = await studio.workflow("Ready", withModel);
  const before = await studio.countRows();
  expect(await look(workflowId, { tries: 3 })).toMatchObject({
    status: "READY",
    jobCount: 1,
    readyCount: 3,
    findings: [],
    runs: [{ index: 0, status: "READY", input: null, outputPrefix: "shots/lantern/prompt_try01" }, {}, {}],
  });
  expect(await studio.countRows()).toEqual(before);
});

test("a model that no machine has blocks, with its place, the machines and what there is instead", async () => {
  const typo = { ...pictureGraph["1"], inputs: { ckpt_name: "simulator-landscap.safetensors" } };
  const workflowId = await studio.workflow("Model", { ...pictureGraph, "1": typo });
  const { status, findings } = await look(workflowId, { tries: 2 });
  expect(status).toBe("BLOCKED");
  expect(findings).toEqual([
    {
      runCount: 2,
      finding: expect.objectContaining({
        code: "MISSING_MODEL",
        isBlocking: true,
        message: expect.stringMatching(/^machine-1, machine-2: .*landscap\.safetensors/),
        remedy: expect.stringContaining("refresh"),
        nodeId: "1",
        inputName: "ckpt_name",
        suggestions: expect.arrayContaining([listedModel]),
      }),
    },
  ]);
  await expect(studio.submit({ workflowId })).rejects.toMatchObject({
    kind: "ValidationError",
    code: "PREFLIGHT_BLOCKED",
  });
});

test("a picture that is neither given nor on a machine blocks, and the workflow itself passes", async () => {
  const { status, findings } = await look(invert);
  expect(status).toBe("BLOCKED");
  expect(findings).toEqual([
    {
      runCount: 1,
      finding: expect.objectContaining({
        code: "INPUT_MISSING",
        isBlocking: true,
        message: expect.stringMatching(/^machine-1, machine-2: .*"example\.png".*none is given/),
        remedy: expect.stringContaining("as an input"),
        nodeId: "1",
        inputName: "image",
      }),
    },
  ]);
  expect((await look(invert, { inputs: paths("a") })).status).toBe("READY");
  const { validateWorkflow } = await studio.execute(
    `query ($id: ID!) { validateWorkflow(workflowId: $id) { status } }`,
    {
      id: encodeId("Workflow", invert),
    },
  );
  expect(validateWorkflow).toMatchObject([{ status: "PASSED" }, { status: "PASSED" }]);
});

test("a node class that no machine has, and a value out of its range, block", async () => {
  const workflowId = await studio.workflow("Nodes", {
    ...withModel,
    "4": { ...withModel["4"], inputs: { width: 1, height: 32, batch_size: 1 } },
    "6": { ...withModel["6"], class_type: "DecodeOfMine" },
  });
  const { findings } = await look(workflowId);
  expect(
    findings.map(({ finding }: { finding: { code: string; nodeId: string } }) => [finding.code, finding.nodeId]),
  ).toEqual([
    ["BAD_VALUE", "4"],
    ["MISSING_NODE", "6"],
  ]);
});

test("what one machine of the pool has is enough; the other is told of", async () => {
  const workflowId = await studio.workflow("Some", {
    ...withModel,
    "7": { ...withModel["7"], inputs: { ...withModel["7"].inputs, filename_prefix: "some" } },
  });
  const { prisma } = studio.deps.db;
  const one = await prisma.machine.findUniqueOrThrow({ where: { name: "machine-1" }, include: { definitions: true } });
  const all = (one.definitions?.objectInfo ?? {}) as Record<string, object>;
  const { SaveImage: _taken, ...less } = all;
  const write = (objectInfo: object) =>
    prisma.machineDefinitions.update({ where: { machineId: one.id }, data: { objectInfo, readAt: new Date() } });
  await write(less);
  const { status, findings } = await look(workflowId);
  expect(status).toBe("WARNED");
  expect(findings).toEqual([
    {
      runCount: 1,
      finding: expect.objectContaining({
        code: "NOT_ON_ALL_MACHINES",
        isBlocking: false,
        message: expect.stringMatching(/^machine-1 .*SaveImage/),
      }),
    },
  ]);
  await write(all);
  expect((await look(workflowId)).status).toBe("READY");
});

test("a pool without machines, and machines that have said nothing yet, are warned of", async () => {
  const workflowId = await studio.workflow("Waiting", sized(48));
  expect((await look(workflowId, { pool: "night" })).findings[0].finding.code).toBe("NO_MACHINE");
  await studio.deps.db.prisma.machine.create({
    data: { name: "new", url: "http://10.0.0.9:8188", pools: ["new"], apiKey: null },
  });
  expect((await look(workflowId, { pool: "new" })).findings[0].finding.code).toBe("MACHINES_UNKNOWN");
});

describe("with several inputs", () => {
  const broken = { inputs: paths("a", "broken", "gone", "b"), tries: 2 };

  test("only the runs of what is wrong are blocked, each with its own reason", async () => {
    const { status, readyCount, blockedCount, findings, runs } = await look(invert, broken, ["BLOCKED"]);
    expect([status, readyCount, blockedCount, runs.length]).toEqual(["BLOCKED", 4, 4, 4]);
    expect(
      findings.map(({ finding, runCount }: { finding: { code: string; path: string[] }; runCount: number }) => [
        finding.code,
        finding.path,
        runCount,
      ]),
    ).toEqual([
      ["INPUT_UNREADABLE", ["inputs", "1", "path"], 2],
      ["INPUT_MISSING", ["inputs", "2", "path"], 2],
    ]);
    expect(runs.map((run: { input: string }) => run.input)).toEqual([
      "broken.png",
      "broken.png",
      "gone.png",
      "gone.png",
    ]);
  });

  test("a submit is refused whole, or leaves out the blocked ones and numbers the rest anew", async () => {
    const before = await studio.countRows();
    await expect(studio.submit({ ...broken, workflowId: invert })).rejects.toMatchObject({ kind: "ValidationError" });
    expect(await studio.countRows()).toEqual(before);
    const id = await studio.submit({
      ...broken,
      workflowId: invert,
      skipBlocked: true,
      perFileParams: { "broken.png": { positive_prompt: "never seen" } },
    });
    const { runs } = await studio.job(id);
    expect(runs.map((run) => [run.index, run.outputPrefix])).toEqual([
      [0, "inverted/a_try01"],
      [1, "inverted/a_try02"],
      [2, "inverted/b_try01"],
      [3, "inverted/b_try02"],
    ]);
  });

  test("values that are wrong for one input block only its runs", async () => {
    const { findings, readyCount } = await look(invert, {
      inputs: paths("a", "b"),
      perFileParams: { "a.png": { nonsense: 1 }, "b.png": { positive_prompt: "a {colour} cat" } },
    });
    expect(readyCount).toBe(0);
    expect(
      findings.map(({ finding }: { finding: { code: string; path: string[] } }) => [finding.code, finding.path]),
    ).toEqual([
      ["VALUE_INVALID", ["perFileParams", "a.png", "nonsense"]],
      ["UNRESOLVED_PLACEHOLDER", ["prompts", "3.text"]],
    ]);
    await expect(
      studio.submit({ workflowId: invert, inputs: paths("a"), params: { nonsense: 1 }, skipBlocked: true }),
    ).rejects.toMatchObject({ kind: "ValidationError", path: ["params", "nonsense"] });
  });

  test("the number of statements is the same for two runs and for two hundred, and no machine is asked", async () => {
    const posted = () => studio.simulators.map((simulator) => [...simulator.requests.values()]);
    await look(invert, { inputs: paths("a") });
    studio.takeStatements();
    const requests = posted();
    await look(invert, { inputs: paths("a"), tries: 2 });
    const few = studio.takeStatements().length;
    await look(invert, { inputs: paths("a", "b"), tries: 100 });
    expect(studio.takeStatements()).toHaveLength(few);
    expect(posted()).toEqual(requests);
  });
});

test("inputs of one name get prefixes of their own", async () => {
  const [one, two] = [await studio.picture("same.png", "red"), await studio.picture("same.png", "blue")];
  const { plannedRuns } = await submitJob(studio.deps, studio.admin, {
    workflowId: invert,
    inputs: [one, two].map((id) => ({ assetId: encodeId("Asset", id) })),
    dryRun: true,
  });
  expect(new Set(plannedRuns.map((run) => run.outputPrefix)).size).toBe(2);
});

function sized(width: number) {
  return { ...withModel, "4": { ...withModel["4"], inputs: { ...withModel["4"].inputs, width } } };
}
