import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LlmSimulator, startLlmSimulator } from "#platform/llm/simulator/llm-simulator.ts";
import { runCli } from "#test/cli/run-cli.ts";
import { clipGraph, pictureBytes, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

let llm: LlmSimulator;
let studio: QueueStudio;
let folder: string;
let pictures: string;
const cli = (...args: string[]) => runCli(["--url", studio.url, "auto-prompt", ...args]);

beforeAll(async () => {
  llm = await startLlmSimulator();
  folder = await mkdtemp(join(tmpdir(), "callsheet-cli-prompts-"));
  pictures = join(folder, "shots");
  await mkdir(pictures);
  await writeFile(join(pictures, "shot 10.png"), await pictureBytes("navy"));
  await writeFile(join(pictures, "shot 2.png"), await pictureBytes("maroon"));
  await writeFile(join(pictures, "notes.txt"), "no picture");
  studio = await startQueueStudio({
    roles: { api: true, worker: true },
    config: { llm: { ...llm.settings, timeoutMs: 5_000, concurrency: 1 } },
  });
  await studio.workflow("Clip", clipGraph(81, 24));
});
beforeEach(() => llm.clearFaults());
afterAll(async () => {
  await studio[Symbol.asyncDispose]();
  await llm[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

test("a folder is described, its prompts are written from the descriptions, and a submit takes them", async () => {
  const captionsFile = join(folder, "captions.json");
  const captioned = await cli(pictures, "--stage", "caption", "--out", captionsFile);
  expect(captioned).toMatchObject({ code: 0, out: "" });
  // It may be over before it is first looked at.
  expect(captioned.err).toMatch(/^(Describing: [01] of 2\n){0,2}Describing: 2 of 2\n$/);
  const captions = JSON.parse(await readFile(captionsFile, "utf8")) as Record<string, string>;
  expect(Object.keys(captions)).toEqual(["shot 2.png", "shot 10.png"]);
  expect(captions["shot 2.png"]).toMatch(/\S/);

  await writeFile(captionsFile, JSON.stringify({ ...captions, "shot 2.png": "A heron stands." }));
  const system = join(folder, "system.txt");
  await writeFile(system, "One sentence for {frames} frames.");
  const prompts = join(folder, "prompts.json");
  const motion = ["--stage", "motion", "--workflow", "Clip", "--captions-file", captionsFile];
  const written = await cli(pictures, ...motion, "--system-prompt", `@${system}`, "--out", prompts, "--json");
  expect(written.code).toBe(0);
  expect(written.json).toEqual(JSON.parse(await readFile(prompts, "utf8")));
  expect(written.json["shot 2.png"]).toEqual({ positive_prompt: expect.stringContaining("A heron stands.") });

  // What is no picture was left out; a submit takes all that it is given.
  await rm(join(pictures, "notes.txt"));
  const perFile = ["--per-file", prompts, "--prompt-mode", "per_image_auto"];
  const submitted = await runCli(["--url", studio.url, "submit", "Clip", "--input", pictures, ...perFile, "--dry-run"]);
  expect(submitted).toMatchObject({ code: 0, err: "", out: expect.stringContaining("A heron stands.") });
});

test("a picture that fails is named with its reason; the others are printed, and the command ends with 1", async () => {
  // Each answer that can't be used is asked for once more.
  llm.setFault({ kind: "text", text: "" }, 2);
  const { code, out, err } = await cli(pictures, "--workflow", "Clip", "--system-prompt", "Anew.");
  expect(code).toBe(1);
  expect(err).toMatch(/shot 2\.png: .*\(LLM_ANSWER\)/);
  expect(out).toMatch(/^shot 10\.png\n {2}positive_prompt: /);
});

test.each([
  [["/nowhere", "--stage", "caption"], 2, /\/nowhere can't be read as a folder \(ENOENT\)/],
  [[tmpdir()], 2, /--workflow: say which workflow/],
  [[tmpdir(), "--stage", "all"], 2, /Allowed choices are caption, motion, both/],
  [["SHOTS", "--workflow", "Nothing"], 1, /There is no workflow "Nothing"/],
  [["SHOTS", "--stage", "motion", "--workflow", "Clip"], 1, /CAPTIONS_MISSING/],
  [["SHOTS", "--stage", "caption", "--system-prompt", "@/nowhere"], 2, /--system-prompt: \/nowhere can't be read/],
])("%j ends with %d and the reason", async (args, code, reason) => {
  const result = await cli(...args.map((each) => (each === "SHOTS" ? pictures : each)));
  expect(result.err).toMatch(reason);
  expect(result).toMatchObject({ code, out: "" });
});
