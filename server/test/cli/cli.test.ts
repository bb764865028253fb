import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeId } from "#graphql/ids.ts";
import { stringifyJson } from "#lib/json.ts";
import { runCli, runCliUnread } from "#test/cli/run-cli.ts";
import { invertGraph, pictureBytes, pictureGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

let studio: QueueStudio;
let folder: string;
const cli = (...args: string[]) => runCli(["--url", studio.url, ...args]);
const shortId = (id: string): string => Buffer.from(id, "base64").toString().split(":")[1] as string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "callsheet-cli-"));
  studio = await startQueueStudio({ roles: { api: true, worker: true } });
  await studio.workflow("Lantern", pictureGraph);
  await studio.workflow("Invert", invertGraph);
});
afterAll(async () => {
  await studio[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

test("a job is submitted, watched to its end, listed and shown", async () => {
  const submitted = await cli("submit", "Lantern", "--tries", "2", "--param", "steps=1", "--name", "Rain", "--watch");
  expect(submitted).toMatchObject({ code: 0, err: "" });
  expect(submitted.out).toMatch(/^Job [0-9a-f-]{36}: 2 runs, Rain\n[^]*SUCCEEDED 2\/2 Rain\n$/);
  const { json: jobs } = await cli("jobs", "--search", "rain", "--status", "succeeded", "--json");
  expect(jobs).toMatchObject({ totalCount: 1, nodes: [{ name: "Rain", status: "SUCCEEDED", progress: 1 }] });
  const { out } = await cli("job", shortId(jobs.nodes[0].id));
  expect(out).toMatch(/SUCCEEDED, 100 %[^]*2 SUCCEEDED|2 runs: 2 succeeded/);
});

test("a submit stores the same graphs as the same submit through GraphQL", async () => {
  const inputs = join(folder, "inputs");
  await mkdir(inputs);
  for (const [name, colour] of [
    ["shot 2.png", "red"],
    ["shot 10.png", "blue"],
  ] as const)
    await writeFile(join(inputs, name), await pictureBytes(colour));
  const perFile = { "shot 10.png": { positive_prompt: "by night" } };
  await writeFile(join(folder, "per-file.json"), stringifyJson(perFile));
  const prompt = 'a lantern = light, "quoted" {a|b}';
  // What `{a|b}` gives depends on the seed.
  const seed = ["--seed", "7", "--seed-mode", "fixed"];
  const files = [...seed, "--input", inputs, "--per-file", join(folder, "per-file.json")];
  const values = ["--param", `positive_prompt=${prompt}`, "--tries", "2", "--priority", "-3", "--name", "both"];
  const { code, err, json } = await cli("submit", "Invert", "--json", ...files, ...values);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const byCli = await studio.untilEnded(shortId(json[0].id));
  const { submitJob } = await studio.execute(
    `mutation ($input: SubmitJobInput!) {
       submitJob(input: $input) { ... on SubmitJobPayload { job { id } } ... on Error { message } } }`,
    {
      input: {
        workflowId: encodeId("Workflow", await workflowId("Invert")),
        inputs: [...new Set(byCli.runs.map((run) => run.inputAssetId))].map((id) => ({
          assetId: encodeId("Asset", id as string),
        })),
        params: { positive_prompt: prompt },
        perFileParams: perFile,
        seed: 7,
        seedMode: "FIXED",
        tries: 2,
        priority: -3,
        name: "both",
      },
    },
  );
  expect(submitJob).toEqual({ job: { id: expect.any(String) } });
  const byGraphql = await studio.untilEnded(shortId(submitJob.job.id));
  expect(byCli.runs).toHaveLength(4);
  expect(byCli.runs.map(({ graph, prompts, outputPrefix }) => ({ graph, prompts, outputPrefix }))).toEqual(
    byGraphql.runs.map(({ graph, prompts, outputPrefix }) => ({ graph, prompts, outputPrefix })),
  );
  const settings = ({ name, priority, pool, seedMode, params }: typeof byCli) => ({
    name,
    priority,
    pool,
    seedMode,
    params,
  });
  expect(settings(byCli)).toEqual(settings(byGraphql));
  expect(byCli.status).toBe("SUCCEEDED");
  expect(byCli.runs[3]?.prompts).toMatchObject([{ text: "by night" }]);
});

test("seeds stay exact, and a dry run prints the graphs and queues nothing", async () => {
  const before = await studio.countRows();
  const seed = "18446744073709551615";
  const { code, out } = await cli("submit", "Lantern", "--dry-run", "--seed", seed, "--seed-mode", "fixed");
  expect(code).toBe(0);
  expect(out).toContain(`"seed": ${seed}`);
  expect(out).toContain("Run 1: no input, seed 18446744073709551615");
  expect(await studio.countRows()).toEqual(before);
});

test("a repeat with the same idempotency key gives the first job, and with another payload a failure", async () => {
  const key = ["--idempotency-key", "once", "--json"];
  const first = await cli("submit", "Lantern", ...key);
  const again = await cli("submit", "Lantern", ...key);
  expect(again.json[0].id).toBe(first.json[0].id);
  const other = await cli("submit", "Lantern", "--tries", "3", ...key);
  expect(other.code).toBe(1);
  expect(other.err).toContain("IDEMPOTENCY");
});

test.each([
  [["submit", "Lantern", "--param", "steps"], 2, /"steps" has no name before "="/],
  [["submit", "Lantern", "--param", "a=1", "--param", "a=2"], 2, /"a" is given twice/],
  [["submit", "Lantern", "--tries", "many"], 2, /whole number between 1 and 100/],
  [
    ["submit", "Lantern", "--params-file", "/nowhere.json"],
    2,
    /--params-file: \/nowhere.json can't be read \(ENOENT\)/,
  ],
  [["submit"], 2, /missing required argument 'workflow'/],
  [["sumbit"], 2, /Did you mean submit/],
  [["jobs", "--status", "lost"], 2, /It is one of pending/],
  [["pause", "x", "--pool", "default"], 2, /Name one thing/],
  [["submit", "Lantern", "--param", "steps=none"], 1, /"none" is not a number.*params\.steps/],
  [["submit", "Nothing"], 1, /There is no workflow "Nothing"/],
  [["job", "01a21d4b-0000-7000-8000-000000000000"], 1, /There is no job/],
  [["pause", "--machine", "x"], 1, /There is no machine "x"; there are: machine-1/],
])("%j ends with %d and the reason", async (args, code, reason) => {
  const result = await cli(...args);
  expect(result.err).toMatch(reason);
  expect(result).toMatchObject({ code, out: "" });
});

test("jobs, pools, machines and the queue are paused and go on; canceled runs are retried", async () => {
  await cli("pause", "--pool", "default");
  const { json } = await cli("submit", "Lantern", "--tries", "2", "--json");
  const id = shortId(json[0].id);
  expect((await cli("cancel", id)).out).toBe(`Job ${id}: 2 canceled, 0 being stopped, 0 were over\n`);
  expect((await cli("cancel", id, "--after-current")).out).toContain("2 were over");
  expect((await cli("retry", id, "--new-seeds")).out).toBe(`Job ${id}: 2 go again\n`);
  expect((await cli("pause", id)).out).toContain("PAUSED");
  expect((await cli("resume", "--pool", "default")).code).toBe(0);
  expect((await cli("job", id, "--json")).json).toMatchObject({ status: "PAUSED", isPaused: true });
  await cli("pause", "--machine", "machine-1");
  expect((await cli("machines")).out).toMatch(/machine-1 \(no GPU\) {2}paused/);
  await cli("resume", "--machine", "machine-1");
  expect((await cli("machines", "label", "machine-1", "wan", "gpu-24gb")).out).toBe("machine-1 has gpu-24gb, wan\n");
  expect((await cli("machines")).out).toContain("gpu-24gb, wan");
  const labelled = await cli("submit", "Lantern", "--require-label", "wan", "--require-label", "gpu-24gb", "--dry-run");
  expect(labelled.out).toContain("only on machines with gpu-24gb, wan");
  expect(await cli("submit", "Lantern", "--require-label", "a100")).toMatchObject({
    code: 1,
    err: expect.stringContaining("a100"),
  });
  expect((await cli("machines", "label", "machine-1")).out).toBe("machine-1 has no labels\n");
  expect((await cli("machines", "drain", "machine-1")).out).toMatch(/^machine-1 is d(raining|isabled); \d in hand\n$/);
  expect((await cli("machines", "enable", "machine-1")).out).toContain("machine-1 is ready");
  await cli("pause");
  expect((await cli("status")).out).toContain("PAUSED");
  await cli("resume");
  await cli("resume", id);
  expect((await studio.untilEnded(id)).status).toBe("SUCCEEDED");
  await studio.deps.runLog.flush();
  expect((await cli("logs", id, "--run", "2")).out).toMatch(
    /^Run 2: SUCCEEDED\n[^]*RETRY_ASKED: local[^]*SUCCEEDED: Stored/,
  );
  expect(await cli("clear", "--expect", "7")).toMatchObject({
    code: 1,
    err: expect.stringContaining("0 runs wait, not 7"),
  });
  expect(await cli("clear", "--expect", "0")).toMatchObject({ code: 0, out: "0 canceled; 0 in hand\n" });
  // A score of processes, one after the other.
});

test("a watched job that fails ends the command with 1; Ctrl-C lets go of one that goes on", async () => {
  const broken = await studio.workflow("Broken", {
    "1": { class_type: "SimulatorSleep", inputs: { ms: 0, seed: 1 } },
    "2": { class_type: "SimulatorFail", inputs: { message: "the lens cap is on", token: ["1", 0] } },
    "3": { class_type: "SimulatorOutput", inputs: { token: ["2", 0], filename_prefix: "x" } },
  });
  const failed = await cli("submit", broken, "--watch");
  expect(failed).toMatchObject({ code: 1, err: "" });
  expect(failed.out).toMatch(/FAILED 1\/1/);
  const { json } = await cli("jobs", "--status", "failed", "--json");
  expect((await cli("job", shortId(json.nodes[0].id))).out).toContain("the lens cap is on");
  const id = await studio.submit({ ms: 60_000 });
  const watched = await runCli(["--url", studio.url, "watch", id], {}, (_line, child) => child.kill("SIGINT"));
  expect(watched).toMatchObject({ code: 130, err: "" });
  expect((await cli("cancel", id)).code).toBe(0);
  expect((await studio.untilEnded(id)).status).toBe("CANCELED");
});

test("workflows are imported from a folder, listed, compared and checked", async () => {
  const sources = join(folder, "workflows");
  await mkdir(sources);
  await writeFile(join(sources, "Night.json"), stringifyJson(pictureGraph));
  await writeFile(join(sources, "Notes.json"), "{");
  const first = await cli("workflows", "import", sources);
  expect(first.code).toBe(1);
  expect(first.err).toContain("Notes.json");
  expect(first.out).toMatch(/^Night \([0-9a-f-]{36}\): version 1, API/);
  const night = { ...pictureGraph, "4": { ...pictureGraph["4"], inputs: { width: 128, height: 32, batch_size: 1 } } };
  await writeFile(join(sources, "Night.json"), stringifyJson(night));
  expect((await cli("workflows", "import", join(sources, "Night.json"))).out).toContain("version 2");
  expect((await cli("workflows", "import", join(sources, "Night.json"))).out).toContain("unchanged at version 2");
  expect((await cli("workflows", "diff", "Night")).out).toMatch(
    /Version 1 → 2\n~ node 4 EmptyLatentImage\n {4}width: 64 → 128/,
  );
  expect((await cli("workflows", "--json")).json.nodes.map((each: { name: string }) => each.name)).toContain("Night");
  expect(await cli("workflows", "validate", "Sleep 0")).toMatchObject({ code: 0, out: "machine-1: PASSED\n" });
  await studio.workflow("Unknown node", {
    ...pictureGraph,
    "7": { class_type: "NoSuchNode", inputs: { images: ["6", 0] } },
  });
  expect(await cli("workflows", "validate", "Unknown node")).toMatchObject({
    code: 1,
    out: expect.stringContaining("NoSuchNode"),
  });
});

test("an uploaded file can be given to a job by its asset id", async () => {
  const file = join(folder, "still.png");
  await writeFile(file, await pictureBytes("green"));
  const { json } = await cli("upload", file, "--json");
  expect(json).toMatchObject([{ filename: "still.png", mime: "image/png" }]);
  const { json: jobs } = await cli("submit", "Invert", "--asset", shortId(json[0].id), "--json");
  expect((await studio.untilEnded(shortId(jobs[0].id))).status).toBe("SUCCEEDED");
});

test("a cleanup lists what would go before it deletes anything", async () => {
  const before = await studio.countRows();
  expect((await cli("cleanup", "--dry-run")).out).toMatch(/^\d+ files, \d+\.\d MiB, would go\nbytes/);
  expect(await studio.countRows()).toEqual(before);
  expect(await cli("cleanup")).toMatchObject({ code: 0, out: expect.stringMatching(/^Deleted \d+ files/) });
});

test("shells can complete commands and options", async () => {
  expect((await cli("completion", "zsh")).out).toContain("#compdef callsheet");
  expect((await runCli(["complete", "--", "wo"])).out).toContain("workflows");
  expect((await runCli(["complete", "--", "submit", "--tr"])).out).toContain("--tries");
});

test("whoever has read enough of the results ends the command without a word", async () => {
  const unread = (...args: string[]) => runCliUnread(["--url", studio.url, ...args]);
  const id = await studio.submit({ ms: 60_000 });
  for (const args of [["status"], ["workflows", "--json"], ["watch", id], ["--help"]])
    expect([args, await unread(...args)]).toEqual([args, { code: 0, err: "" }]);
  expect((await cli("cancel", id)).code).toBe(0);
  expect(await unread("workflow")).toMatchObject({ code: 2 });
});

describe("without an API", () => {
  const offline = () => ({
    DATABASE_URL: studio.databaseUrl,
    CALLSHEET_STATE_DIR: studio.config.stateDir,
    CALLSHEET_ASSETS_DIR: studio.config.assetsDir,
    PORT: "1",
  });

  test("a command says how to go on", async () => {
    const { code, err } = await runCli(["jobs"], offline());
    expect(code).toBe(1);
    expect(err).toMatch(/No Callsheet answers at http:\/\/127.0.0.1:1\n.*callsheet up.*--url.*--local/);
  });

  test("the database of another host is not offered", async () => {
    const { err } = await runCli(["jobs"], { ...offline(), DATABASE_URL: "postgres://a:b@db.example/x" });
    expect(err).not.toContain("--local");
  });

  test("--local submits, uploads, watches and lists on the database", async () => {
    const file = join(folder, "local.png");
    await writeFile(file, await pictureBytes("yellow"));
    const watched = await runCli(["--local", "submit", "Invert", "--input", file, "--watch"], offline());
    expect(watched).toMatchObject({ code: 0, err: "", out: expect.stringContaining("SUCCEEDED 1/1 Invert") });
    expect((await runCli(["--local", "jobs", "--json"], offline())).json.nodes[0]).toMatchObject({
      status: "SUCCEEDED",
    });
    const wrong = await runCli(["--local", "submit", "Lantern", "--param", "steps=none"], offline());
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining("params.steps") });
  });
});

async function workflowId(name: string): Promise<string> {
  return (await studio.deps.db.prisma.workflow.findUniqueOrThrow({ where: { name } })).id;
}
