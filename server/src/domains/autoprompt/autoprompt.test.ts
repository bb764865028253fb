import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { storeAsset } from "#domains/assets/assets.service.ts";
import { importWorkflow } from "#domains/workflows/workflows.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { type LlmSimulator, simulatedModel, startLlmSimulator } from "#platform/llm/simulator/llm-simulator.ts";
import { imagesOf, textOf } from "#platform/llm/simulator/protocol.ts";
import { clipGraph } from "#test/queue-studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let llm: LlmSimulator;
let app: TestApp;
let folder: string;
let versionId: string;
let colours = 0;
beforeAll(async () => {
  llm = await startLlmSimulator();
  folder = await mkdtemp(join(tmpdir(), "auto-prompts-"));
  app = await startTestApp({
    roles: { worker: true },
    config: { llm: { ...llm.settings, timeoutMs: 5_000 }, inputRoots: [folder] },
  });
  versionId = await importVersion("image to video", JSON.stringify(clipGraph(81, 24)));
});
beforeEach(() => {
  llm.clearFaults();
  llm.requests.length = 0;
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await llm[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function importVersion(name: string, source: string): Promise<string> {
  const { workflow } = await importWorkflow(app.deps, { name, source, removeOrphans: false });
  return encodeId("WorkflowVersion", workflow.currentVersionId ?? "");
}

/** A picture that nobody has described yet. */
async function pictureBytes(): Promise<Buffer> {
  colours += 1;
  // The simulated model says the same of two that lie alike, and what it is asked twice is remembered.
  const [width, height] = colours % 2 === 0 ? [8, 16] : [16, 8];
  return sharp({ create: { width, height, channels: 3, background: { r: colours, g: 9, b: 9 } } })
    .png()
    .toBuffer();
}

/** @returns its database id */
async function storePicture({ deps, admin }: TestApp, filename: string): Promise<string> {
  const asset = await storeAsset(deps, {
    blob: await deps.storage.putBytes(await pictureBytes()),
    kind: "UPLOAD",
    folder: `uploads/${filename}-${colours}`,
    filename,
    projectId: null,
    createdById: admin.userId,
  });
  return asset.id;
}

const picture = async (filename: string): Promise<string> => encodeId("Asset", await storePicture(app, filename));

interface Answer {
  id: string;
  status: string;
  items: { key: string; status: string; caption: string; error: { code: string } | null; [name: string]: unknown }[];
  [name: string]: unknown;
}
const fields = `id status stage progress { total captioned done failed } motionSystemPrompt
  items { key status caption motionPrompt clips captionModel motionModel error { code message hint } }`;
const mutate = async (name: string, input: object) => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const { result } = await app.execute(
    `mutation ($input: ${type}Input!) { result: ${name}(input: $input) { __typename
       ... on AutoPromptPayload { autoPrompt { ${fields} } } ... on Error { code path message }
       ... on UnavailableError { hint } } }`,
    { input },
  );
  return result.autoPrompt ?? result;
};
const read = async (id: string) =>
  (await app.execute(`query ($id: ID!) { autoPrompt(id: $id) { ${fields} } }`, { id })).autoPrompt;

/** Waits for an event after which the set is as wanted. */
async function until(id: string, is: (autoPrompt: Answer) => boolean) {
  for (;;) {
    const heard = new Promise<void>((resolve) => {
      const stop = app.deps.bus.subscribe("autoPrompt.changed", () => {
        stop();
        resolve();
      });
    });
    const now = await read(id);
    if (is(now)) return now;
    await heard;
  }
}
const isOver = ({ status }: { status: string }) => !["PENDING", "RUNNING"].includes(status);
const written = async (input: object) => until((await mutate("autoPrompt", input)).id, isOver);

test("describes all pictures first, then writes a prompt for each with the clip's moments in mind", async () => {
  const assetIds = [await picture("a.png"), await picture("b.png")];
  const done = await written({ assetIds, workflowVersionId: versionId });
  expect(done).toMatchObject({ status: "SUCCEEDED", progress: { total: 2, captioned: 2, done: 2, failed: 0 } });
  expect(done.motionSystemPrompt).toContain("at 0 s, by 1.5 s and by 3 s");
  expect(done.items.map(({ key }: { key: string }) => key)).toEqual(["a.png", "b.png"]);
  for (const item of done.items) {
    expect(item).toMatchObject({
      status: "DONE",
      captionModel: simulatedModel,
      motionModel: simulatedModel,
      error: null,
    });
    expect(item.motionPrompt).toContain("The first picture:");
  }
  const seen = llm.requests.map((request) => imagesOf(request).length);
  expect(seen).toEqual([1, 1, 0, 0]);
});

test("descriptions are remembered by the picture: asked for again, nobody is called", async () => {
  const assetIds = [await picture("c.png")];
  const first = await written({ assetIds, stage: "CAPTION" });
  expect(first).toMatchObject({ status: "SUCCEEDED", items: [{ status: "DONE", motionPrompt: null }] });
  llm.requests.length = 0;
  const again = await written({ assetIds, stage: "CAPTION" });
  expect(again.items[0].caption).toBe(first.items[0].caption);
  expect(llm.requests).toHaveLength(0);
});

test("MOTION looks at no picture, and wants a description of each", async () => {
  const assetIds = [await picture("d.png"), await picture("e.png")];
  const motion = { assetIds, stage: "MOTION", workflowVersionId: versionId };
  expect(await mutate("autoPrompt", { ...motion, captions: { "d.png": "A heron." } })).toMatchObject({
    code: "CAPTIONS_MISSING",
    message: expect.stringContaining("e.png"),
  });
  const done = await written({
    ...motion,
    captions: { "d.png": "A heron.", "e.png": "A pier." },
    systemPromptOverride: "Write for {frames} frames, {clips} clip; keep {braces}.",
  });
  expect(done.items.map(({ caption }: { caption: string }) => caption)).toEqual(["A heron.", "A pier."]);
  expect(llm.requests.flatMap((request) => imagesOf(request))).toEqual([]);
  expect(textOf(llm.requests[0] as never, "system")).toBe("Write for 81 frames, 1 clip; keep {braces}.");
});

test("MOTION asked for again is written anew, whatever is remembered", async () => {
  const motion = { assetIds: [await picture("g.png")], stage: "MOTION", workflowVersionId: versionId };
  const captions = { "g.png": "A gannet." };
  await written({ ...motion, captions });
  await written({ ...motion, captions });
  expect(llm.requests).toHaveLength(2);
});

test("a workflow with a prompt for each clip gets a text for each", async () => {
  const file = await readFile(new URL("../../../../examples/workflows/two-clips.yaml", import.meta.url), "utf8");
  const two = await importVersion("two clips", file);
  const done = await written({ assetIds: [await picture("f.png")], workflowVersionId: two });
  expect(done.items[0]).toMatchObject({ status: "DONE", motionPrompt: null });
  expect(done.items[0].clips).toHaveLength(2);
  const { result } = await app.execute(
    `mutation ($input: ApplyAutoPromptsInput!) { result: applyAutoPrompts(input: $input) { ... on ApplyAutoPromptsPayload { perFileParams } } }`,
    {
      input: {
        id: done.id,
        edits: [{ key: "f.png", clips: ["She turns.", "She walks off."] }],
        perFileParams: { "f.png": { seed: 4 } },
      },
    },
  );
  expect(result.perFileParams).toEqual({
    "f.png": { seed: 4, positive_prompt_stage1: "She turns.", positive_prompt_stage2: "She walks off." },
  });
});

test("pictures of a folder on the server are taken as they are now", async () => {
  await writeFile(join(folder, "g.png"), await pictureBytes());
  const done = await written({ directory: folder, stage: "CAPTION" });
  expect(done.items).toMatchObject([{ key: "g.png", status: "DONE" }]);
});

test("a picture that goes wrong says why, and the others are kept; a retry writes only what is missing", async () => {
  const assetIds = [await picture("h.png"), await picture("i.png")];
  // Both are asked twice; one of them in vain.
  llm.setFault({ kind: "text", text: "" }, 3);
  const partial = await written({ assetIds, stage: "CAPTION" });
  expect(partial).toMatchObject({ status: "PARTIAL", progress: { done: 1, failed: 1 } });
  const failed = partial.items.find(({ status }: { status: string }) => status === "FAILED");
  expect(failed.error).toMatchObject({ code: "LLM_ANSWER", hint: expect.any(String) });
  llm.requests.length = 0;
  await mutate("retryAutoPrompt", { id: partial.id });
  const whole = await until(partial.id, isOver);
  expect(whole).toMatchObject({ status: "SUCCEEDED", progress: { done: 2, failed: 0 } });
  expect(llm.requests).toHaveLength(1);
  expect(await mutate("retryAutoPrompt", { id: partial.id })).toMatchObject({ code: "NOTHING_TO_RETRY" });
});

test("a server that goes away in the middle fails the rest at once and keeps what is written", async () => {
  // Four are asked about at once, and may all be on their way when it goes.
  const assetIds = await Promise.all(Array.from({ length: 16 }, (_, n) => picture(`j${n}.png`)));
  let asked = 0;
  llm.replyWith(() => {
    asked += 1;
    if (asked === 2) llm.setFault({ kind: "status", status: 500 });
    return "A pier.";
  });
  const partial = await written({ assetIds, stage: "CAPTION" });
  expect(partial.status).toBe("PARTIAL");
  const failed = partial.items.filter(({ status }: { status: string }) => status === "FAILED");
  expect(failed.length).toBeGreaterThan(0);
  for (const { error } of failed) expect(error.code).toBe("LLM_UNAVAILABLE");
  expect(llm.requests.length).toBeLessThan(16);
});

test("a busy server is asked again after the time that it asks for", async () => {
  llm.replyWith(() => "A pier.");
  llm.setFault({ kind: "status", status: 429, headers: { "retry-after": "0" } }, 2);
  const done = await written({ assetIds: [await picture("n.png")], stage: "CAPTION" });
  expect(done.status).toBe("SUCCEEDED");
  expect(llm.requests).toHaveLength(3);
});

test("a cancel ends it, keeps what is written, and can be taken back by a retry", async () => {
  llm.replyWith(() => "A pier.");
  const assetIds = await Promise.all(["o.png", "p.png", "q.png"].map(picture));
  llm.setFault({ kind: "hang" });
  const { id } = await mutate("autoPrompt", { assetIds, stage: "CAPTION" });
  await until(id, ({ items }) => items.some(({ status }: { status: string }) => status === "CAPTIONING"));
  const canceled = await mutate("cancelAutoPrompt", { id });
  expect(canceled.status).toBe("CANCELED");
  expect(new Set(canceled.items.map(({ status }: { status: string }) => status))).toEqual(new Set(["CANCELED"]));
  expect(await mutate("cancelAutoPrompt", { id })).toMatchObject({ status: "CANCELED" });
  llm.clearFaults();
  await mutate("retryAutoPrompt", { id });
  expect(await until(id, isOver)).toMatchObject({ status: "SUCCEEDED", progress: { done: 3 } });
});

test("what a stopped worker leaves is gone on with by the next", async () => {
  llm.replyWith(() => "A pier.");
  await using first = await startTestApp({
    roles: { worker: true },
    config: { llm: { ...llm.settings, timeoutMs: 5_000 } },
  });
  const { userId } = first.admin;
  const ids = [await storePicture(first, "0.png"), await storePicture(first, "1.png")];
  // As a process leaves it that was killed: one picture written, the other under way.
  const open = await first.deps.db.prisma.autoPrompt.create({
    data: {
      stage: "CAPTION",
      status: "RUNNING",
      createdById: userId,
      captionPrompt: "Describe.",
      motionPrompt: "",
      items: {
        create: [
          { index: 0, key: "0.png", assetId: ids[0] ?? "", status: "DONE", caption: "Written before." },
          { index: 1, key: "1.png", assetId: ids[1] ?? "", status: "CAPTIONING" },
        ],
      },
    },
  });
  await using second = await startTestApp({ beside: first, roles: { worker: true } });
  for (;;) {
    const heard = new Promise<void>((resolve) => {
      const stop = second.deps.bus.subscribe("autoPrompt.changed", () => (stop(), resolve()));
    });
    const { status, items } = await second.deps.db.prisma.autoPrompt.findUniqueOrThrow({
      where: { id: open.id },
      include: { items: { orderBy: { index: "asc" } } },
    });
    if (status === "SUCCEEDED") {
      expect(items.map(({ caption }) => caption)).toEqual(["Written before.", "A pier."]);
      break;
    }
    await heard;
  }
  expect(llm.requests).toHaveLength(1);
});

test.each<[string, object, object]>([
  ["no picture", { stage: "CAPTION" }, { code: "VALIDATION" }],
  ["no workflow to write for", { stage: "BOTH" }, { code: "WORKFLOW_VERSION_REQUIRED", path: ["workflowVersionId"] }],
  ["a description of nothing", { stage: "CAPTION", captions: { "zz.png": "x" } }, { path: ["captions", "zz.png"] }],
])("%s is refused by name, and nothing is stored", async (_name, input, failure) => {
  const assetIds = _name === "no picture" ? [] : [await picture("r.png")];
  const before = await app.deps.db.prisma.autoPrompt.count();
  expect(await mutate("autoPrompt", { assetIds, ...input })).toMatchObject(failure);
  expect(await app.deps.db.prisma.autoPrompt.count()).toBe(before);
});

test("without a language model the answer says at once what to start", async () => {
  await using without = await startTestApp({ config: { llm: undefined } });
  const { autoPrompt } = await without.execute(
    `mutation ($id: ID!) { autoPrompt(input: { stage: CAPTION, assetIds: [$id] }) { ... on UnavailableError { code hint } } }`,
    { id: encodeId("Asset", await storePicture(without, "x.png")) },
  );
  expect(autoPrompt).toEqual({ code: "LLM_UNAVAILABLE", hint: expect.stringContaining("CALLSHEET_LLM_URL") });
});

test("the studio's system prompts are set by an ADMIN, hold for what is asked for later, and go back to the usual ones", async () => {
  const set = (text: string | null) =>
    app.execute(
      `mutation ($text: String) { setSystemPrompt(input: { purpose: CAPTION, text: $text }) {
         ... on SetSystemPromptPayload { systemPrompt { isEdited text } } ... on Error { code } } }`,
      { text },
    );
  llm.replyWith(() => "A pier.");
  expect((await set("Name the colours.")).setSystemPrompt.systemPrompt.isEdited).toBe(true);
  await written({ assetIds: [await picture("s.png")], stage: "CAPTION" });
  expect(textOf(llm.requests[0] as never, "system")).toBe("Name the colours.");
  expect((await set("  ")).setSystemPrompt).toEqual({ code: "VALIDATION" });
  expect((await set(null)).setSystemPrompt.systemPrompt).toMatchObject({ isEdited: false });
});
