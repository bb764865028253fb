import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { setScenePromptDefault } from "#domains/prompts/scene-defaults.service.ts";
import { createSceneType } from "#domains/prompts/scene-types.service.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const importing = `mutation ($input: ImportWorkflowInput!) { importWorkflow(input: $input) { __typename
  ... on ImportWorkflowPayload { isNewVersion version { id number contentHash graph }
    workflow { id name description category status inputKind promptSlots { id nodeId inputName label slotType sortOrder defaultText isLinked description isUserEditable } parameters { key type } versions { totalCount nodes { number } } duplicateOf { name } }
    report { format warnings slotsAdded { nodeId inputName } slotsKept { nodeId label defaultText } slotsUpdated { nodeId } slotsRemoved { nodeId }
      slotsOrphaned { slot { nodeId } defaultCount overrideCount } } }
  ... on ValidationError { code message path issues { path message } } ... on NotFoundError { code path } ... on ConflictError { code message } } }`;
const load = async (input: object): Promise<any> => (await app.execute(importing, { input })).importWorkflow;
const rows = async () => {
  const { prisma } = app.deps.db;
  return {
    workflows: await prisma.workflow.count(),
    versions: await prisma.workflowVersion.count(),
    graphs: await prisma.workflowGraph.count(),
    slots: await prisma.promptSlot.count(),
    texts: await prisma.promptSlotText.count(),
  };
};

type Nodes = Record<string, { class_type: string; inputs: Record<string, unknown>; _meta?: { title: string } }>;
const studio = (change: Nodes = {}): Nodes => ({
  "1": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "a.safetensors" } },
  "2": { class_type: "CLIPTextEncode", inputs: { text: "a red boat", clip: ["1", 1] } },
  "3": { class_type: "CLIPTextEncode", inputs: { text: "blurry", clip: ["1", 1] } },
  "4": {
    class_type: "KSampler",
    inputs: { seed: 1, steps: 4, model: ["1", 0], positive: ["2", 0], negative: ["3", 0], latent_image: ["5", 0] },
  },
  "5": { class_type: "EmptyLatentImage", inputs: { width: 64, height: 64, batch_size: 1 } },
  ...change,
});
const json = (graph: unknown): string => JSON.stringify(graph);
const without = (graph: Nodes, ...ids: string[]): Nodes => {
  const rest = { ...graph };
  for (const id of ids) delete rest[id];
  return rest;
};

describe("a file that can't be imported is refused with the place, and leaves nothing", () => {
  const big = Object.fromEntries(
    Array.from({ length: 2_001 }, (_, n) => [String(n), { class_type: "Note", inputs: {} }]),
  );
  test.each<[string, string, RegExp, string[]]>([
    ["broken JSON", '{\n  "1": {"class_type": "A", inputs: {}}\n}', /line 2, column 28/, ["source"]],
    ["JSON that is cut off", '{"1": {"class_type": "A"', /line 1, column/, ["source"]],
    ["nothing", "", /empty/, ["source"]],
    ["a list", "[]", /object of nodes/, ["source"]],
    ["an object of something else", '{"name": "x", "steps": 3}', /neither an API graph/, ["source"]],
    ["no nodes", "{}", /no nodes/, ["source"]],
    ["a node without class", json({ ...studio(), "9": { inputs: {} } }), /Node 9 has no class_type/, ["source", "9"]],
    [
      "a node without inputs",
      json({ ...studio(), "9": { class_type: "A" } }),
      /inputs of node 9/,
      ["source", "9", "inputs"],
    ],
    ["the editor's format", json({ nodes: [{ id: 1, type: "KSampler" }], links: [] }), /Export \(API\)/, ["source"]],
    [
      "a link to nowhere",
      json(studio({ "2": { class_type: "CLIPTextEncode", inputs: { text: "a", clip: ["99", 1] } } })),
      /clip of node 2 is linked to node 99/,
      ["source", "2", "clip"],
    ],
    [
      "a cycle",
      json(studio({ "5": { class_type: "VAEEncode", inputs: { pixels: ["4", 0] } } })),
      /cycle: /,
      ["source"],
    ],
    ["more than 2,000 nodes", json(big), /2001 nodes; the limit is 2000/, ["source"]],
    [
      "more than 5 MiB",
      json(studio({ "9": { class_type: "Note", inputs: { text: "x".repeat(5 * 1024 * 1024) } } })),
      /larger than 5 MiB/,
      ["source"],
    ],
    ["nesting without end", "[".repeat(100_000), /nested/, ["source"]],
    [
      "a NUL in a prompt",
      json(studio({ "2": { class_type: "CLIPTextEncode", inputs: { text: "a\u0000b", clip: ["1", 1] } } })),
      /text in node 2/,
      ["source", "2", "text"],
    ],
    [
      "half a character in a prompt",
      json(studio({ "2": { class_type: "CLIPTextEncode", inputs: { text: "a\ud800b", clip: ["1", 1] } } })),
      /text in node 2/,
      ["source", "2", "text"],
    ],
  ])("%s", async (_what, source, message, where) => {
    const before = await rows();
    const result = await load({ name: "Refused", source });
    expect(result).toMatchObject({
      __typename: "ValidationError",
      code: "WORKFLOW_SOURCE",
      message: expect.stringMatching(message),
    });
    expect(result.path.slice(0, where.length)).toEqual(where);
    expect(result.issues[0]).toEqual({ path: result.path, message: expect.stringMatching(message) });
    expect(await rows()).toEqual(before);
  });

  test.each([
    ["no source at all", {}],
    ["two sources", { source: "{}", assetId: "x" }],
  ])("%s", async (_what, input) => {
    expect(await load({ name: "Refused", ...input })).toMatchObject({
      __typename: "ValidationError",
      path: ["source"],
    });
  });

  test.each(["", "   ", "x".repeat(201), "a\u0000b"])("the name %j", async (name) => {
    expect(await load({ name, source: json(studio()) })).toMatchObject({
      __typename: "ValidationError",
      path: ["name"],
    });
  });

  test("a new version that is wrong leaves the one there is", async () => {
    const { workflow } = await load({ name: "Stays", source: json(studio()) });
    const before = await rows();
    expect(await load({ name: "Stays", source: '{"1": 3}' })).toMatchObject({ __typename: "ValidationError" });
    expect(await rows()).toEqual(before);
    const { data } = await app.execute(
      "query ($id: ID!) { workflow(id: $id) { currentVersion { number } promptSlots { nodeId } } }",
      { id: workflow.id },
      { errors: "return" },
    );
    expect(data.workflow).toEqual({ currentVersion: { number: 1 }, promptSlots: [{ nodeId: "2" }, { nodeId: "3" }] });
  });
});

test("a graph becomes a workflow with its slots and parameters", async () => {
  const source = studio({
    "2": {
      class_type: "CLIPTextEncode",
      inputs: { text: "a red boat", clip: ["1", 1] },
      _meta: { title: "What to show" },
    },
  });
  const result = await load({ name: "Boats", source: json({ prompt: source }), description: "Boats at sea" });
  expect(result).toMatchObject({
    isNewVersion: true,
    version: { number: 1, contentHash: expect.stringMatching(/^[0-9a-f]{64}$/), graph: source },
    workflow: {
      name: "Boats",
      description: "Boats at sea",
      category: "IMAGE_GEN",
      status: "DRAFT",
      inputKind: "NONE",
      promptSlots: [
        {
          nodeId: "2",
          inputName: "text",
          label: "Positive Prompt 1",
          slotType: "POSITIVE",
          defaultText: "a red boat",
          isLinked: false,
          description: "What to show",
          isUserEditable: true,
        },
        {
          nodeId: "3",
          inputName: "text",
          label: "Negative Prompt 1",
          slotType: "NEGATIVE",
          defaultText: "blurry",
          isLinked: false,
          description: null,
          isUserEditable: true,
        },
      ],
    },
    report: { format: "API", slotsAdded: [{ nodeId: "2" }, { nodeId: "3" }], slotsKept: [], slotsOrphaned: [] },
  });
  expect(result.workflow.parameters.map((parameter: { key: string }) => parameter.key)).toEqual(
    expect.arrayContaining(["seed", "steps", "width", "height"]),
  );
});

test("the same content again makes no version, however it is written", async () => {
  const first = await load({ name: "Same", source: json(studio()) });
  const turned = Object.fromEntries(Object.entries(studio()).toReversed());
  const again = await load({ name: "Same", source: JSON.stringify(turned, null, 4) });
  expect(again).toMatchObject({
    isNewVersion: false,
    version: { id: first.version.id, number: 1 },
    workflow: { id: first.workflow.id, versions: { totalCount: 1 } },
    report: { slotsAdded: [], slotsUpdated: [], slotsOrphaned: [] },
  });
  expect(again.report.slotsKept).toHaveLength(2);
});

test("going back to an earlier content makes that version current again", async () => {
  const second = studio({ "2": { class_type: "CLIPTextEncode", inputs: { text: "a blue boat", clip: ["1", 1] } } });
  await load({ name: "Back", source: json(studio()) });
  expect(await load({ name: "Back", source: json(second) })).toMatchObject({
    isNewVersion: true,
    version: { number: 2 },
  });
  expect(await load({ name: "Back", source: json(studio()) })).toMatchObject({
    isNewVersion: false,
    version: { number: 1 },
    workflow: {
      versions: { totalCount: 2, nodes: [{ number: 2 }, { number: 1 }] },
      promptSlots: [{ defaultText: "a red boat" }, {}],
    },
  });
});

test("a workflow that has the graph of another one is told to be a likely duplicate", async () => {
  const graph = json(
    studio({ "5": { class_type: "EmptyLatentImage", inputs: { width: 128, height: 72, batch_size: 1 } } }),
  );
  await load({ name: "Original", source: graph });
  const copy = await load({ name: "Copy", source: graph });
  expect(copy.workflow.duplicateOf).toEqual({ name: "Original" });
  expect(copy.report.warnings.join()).toContain('"Original"');
});

test("imports of one name at once make one workflow, and numbers without gaps", async () => {
  const graphs = Array.from({ length: 6 }, (_, n) =>
    json(studio({ "3": { class_type: "CLIPTextEncode", inputs: { text: `text ${n % 3}`, clip: ["1", 1] } } })),
  );
  const results = await Promise.all(graphs.map((source) => load({ name: "Crowd", source })));
  expect(new Set(results.map((result) => result.workflow.id)).size).toBe(1);
  expect(results.filter((result) => result.isNewVersion)).toHaveLength(3);
  expect(results.map((result): number => result.version.number).toSorted((a, b) => a - b)).toEqual([1, 1, 2, 2, 3, 3]);
});

describe("re-import", () => {
  const change = async (input: object): Promise<any> =>
    (
      await app.execute(
        `mutation ($input: UpdatePromptSlotInput!) { updatePromptSlot(input: $input) { __typename
          ... on UpdatePromptSlotPayload { promptSlot { id label slotType sortOrder isUserEditable description defaultText } } ... on Error { code path message } } }`,
        { input },
      )
    ).updatePromptSlot;

  test("keeps what people set on a slot, takes the new text, and continues labels and order", async () => {
    const first = await load({ name: "Keep", source: json(studio()) });
    const [positive] = first.workflow.promptSlots;
    await change({
      id: positive.id,
      label: "Scene",
      slotType: "NEGATIVE",
      sortOrder: 7,
      isUserEditable: false,
      description: "mine",
    });
    const next = studio({
      "2": { class_type: "CLIPTextEncode", inputs: { text: "a green boat", clip: ["1", 1] } },
      "6": { class_type: "CLIPTextEncode", inputs: { text: "far away", clip: ["1", 1] } },
      "7": {
        class_type: "KSampler",
        inputs: { seed: 1, steps: 4, model: ["1", 0], positive: ["6", 0], negative: ["3", 0], latent_image: ["5", 0] },
      },
    });
    const second = await load({ name: "Keep", source: json(next) });
    expect(second.report).toMatchObject({
      slotsAdded: [{ nodeId: "6" }],
      slotsUpdated: [{ nodeId: "2" }],
      slotsOrphaned: [],
      slotsRemoved: [],
      warnings: [],
    });
    const slots = Object.fromEntries(
      second.workflow.promptSlots.map((slot: { nodeId: string }) => [slot.nodeId, slot]),
    );
    expect(slots["2"]).toMatchObject({
      id: positive.id,
      label: "Scene",
      slotType: "NEGATIVE",
      sortOrder: 7,
      isUserEditable: false,
      description: "mine",
      defaultText: "a green boat",
    });
    expect(slots["6"]).toMatchObject({ defaultText: "far away", sortOrder: 8 });
    const labels = second.workflow.promptSlots.map((slot: { label: string }) => slot.label);
    expect(new Set(labels).size).toBe(labels.length);
  });

  test("keeps an edited default text, tells of the graph's, and takes it when asked to", async () => {
    const first = await load({ name: "Edited", source: json(studio()) });
    const [{ id }] = first.workflow.promptSlots;
    expect((await change({ id, defaultText: "my own boat" })).promptSlot.defaultText).toBe("my own boat");
    const next = json(
      studio({ "2": { class_type: "CLIPTextEncode", inputs: { text: "a wooden boat", clip: ["1", 1] } } }),
    );
    const second = await load({ name: "Edited", source: next });
    expect(second.workflow.promptSlots[0].defaultText).toBe("my own boat");
    expect(second.report.warnings).toEqual([expect.stringContaining("a wooden boat")]);
    expect((await change({ id, resetDefaultText: true })).promptSlot.defaultText).toBe("a wooden boat");
    expect(await change({ id, resetDefaultText: true, defaultText: "x" })).toMatchObject({
      __typename: "ValidationError",
      path: ["resetDefaultText"],
    });
  });

  test("removes a slot that is gone when nothing hangs on it", async () => {
    await load({ name: "Gone", source: json(studio()) });
    const next = without(
      studio({
        "4": {
          class_type: "KSampler",
          inputs: { seed: 1, model: ["1", 0], positive: ["2", 0], negative: ["2", 0], latent_image: ["5", 0] },
        },
      }),
      "3",
    );
    const second = await load({ name: "Gone", source: json(next) });
    expect(second.report).toMatchObject({ slotsRemoved: [{ nodeId: "3" }], slotsOrphaned: [] });
    expect(second.workflow.promptSlots.map((slot: { nodeId: string }) => slot.nodeId)).toEqual(["2"]);
  });

  test("reports a slot that is gone while texts hang on it, and parts it from them only when confirmed", async () => {
    const first = await load({ name: "Orphans", source: json(studio()) });
    const { prisma } = app.deps.db;
    const workflow = await prisma.workflow.findUniqueOrThrow({ where: { name: "Orphans" } });
    const slot = await prisma.promptSlot.findFirstOrThrow({ where: { workflowId: workflow.id, nodeId: "3" } });
    const sceneType = await createSceneType(app.deps, app.admin, { name: "Orphans", workflowId: workflow.id });
    await setScenePromptDefault(app.deps, app.admin, {
      sceneTypeId: sceneType.id,
      slotId: slot.id,
      clipPosition: "FULL_CLIP",
      text: "grainy",
    });
    await prisma.promptOverride.createMany({
      data: await Promise.all(
        ["One", "Two"].map(async (name) => {
          const project = await prisma.project.create({ data: { name } });
          return {
            scope: "PROJECT" as const,
            targetId: project.id,
            projectId: project.id,
            sceneTypeId: sceneType.id,
            slotId: slot.id,
            text: name,
          };
        }),
      ),
    });
    const next = json(
      without(
        studio({
          "4": {
            class_type: "KSampler",
            inputs: { seed: 1, model: ["1", 0], positive: ["2", 0], negative: ["2", 0], latent_image: ["5", 0] },
          },
        }),
        "3",
      ),
    );
    const reported = await load({ name: "Orphans", source: next });
    expect(reported.report).toMatchObject({
      slotsOrphaned: [{ slot: { nodeId: "3" }, defaultCount: 1, overrideCount: 2 }],
      slotsRemoved: [],
    });
    expect(reported.workflow.promptSlots.map((each: { nodeId: string }) => each.nodeId)).toEqual(["2"]);
    expect(await prisma.scenePromptDefault.count({ where: { slotId: slot.id } })).toBe(1);

    const confirmed = await load({ name: "Orphans", source: next, removeOrphans: true });
    expect(confirmed).toMatchObject({ isNewVersion: false, report: { slotsOrphaned: [{ slot: { nodeId: "3" } }] } });
    expect(await prisma.scenePromptDefault.count({ where: { slotId: slot.id } })).toBe(0);
    expect(await prisma.promptOverride.count({ where: { slotId: slot.id } })).toBe(0);
    // The scene type renders with the first version, which still has the slot.
    const { resolvePrompts } = await app.execute(
      "query ($id: ID!) { resolvePrompts(input: { sceneTypeId: $id }) { nodeId resolvedText } }",
      { id: Buffer.from(`SceneType:${sceneType.id}`).toString("base64") },
    );
    expect(resolvePrompts).toEqual([
      { nodeId: "2", resolvedText: "a red boat" },
      { nodeId: "3", resolvedText: "blurry" },
    ]);
    await prisma.sceneType.delete({ where: { id: sceneType.id } });
    expect((await load({ name: "Orphans", source: next })).report).toMatchObject({
      slotsRemoved: [{ nodeId: "3" }],
      slotsOrphaned: [],
    });
    expect(first.workflow.id).toBe(confirmed.workflow.id);
  });

  test.each([
    [{ label: "" }, "label"],
    [{ label: "x".repeat(201) }, "label"],
    [{ label: "a\u0000" }, "label"],
    [{ sortOrder: -1 }, "sortOrder"],
    [{ description: "a\u0000" }, "description"],
    [{ defaultText: "a\u0000" }, "defaultText"],
    [{ defaultText: "x".repeat(100_001) }, "defaultText"],
  ])("a slot refuses %j", async (input, field) => {
    const { workflow } = await load({ name: "Rules", source: json(studio()) });
    expect(await change({ id: workflow.promptSlots[0].id, ...input })).toMatchObject({
      __typename: "ValidationError",
      path: [field],
    });
  });

  test("empty text takes a slot's description away, and empties its default text", async () => {
    const { workflow } = await load({ name: "Rules", source: json(studio()) });
    const { promptSlot } = await change({ id: workflow.promptSlots[0].id, description: "", defaultText: "" });
    expect(promptSlot).toMatchObject({ description: null, defaultText: "" });
  });
});

test("a workflow can be renamed, unless the name is taken", async () => {
  const { workflow } = await load({ name: "Before", source: json(studio()) });
  const update = async (input: object): Promise<any> =>
    (
      await app.execute(
        "mutation ($input: UpdateWorkflowInput!) { updateWorkflow(input: $input) { __typename ... on UpdateWorkflowPayload { workflow { name description category } } ... on Error { code path } } }",
        { input },
      )
    ).updateWorkflow;
  expect(await update({ id: workflow.id, name: "After", description: "text", category: "OTHER" })).toMatchObject({
    workflow: { name: "After", description: "text", category: "OTHER" },
  });
  expect(await update({ id: workflow.id, description: "" })).toMatchObject({
    workflow: { name: "After", description: null },
  });
  expect(await update({ id: workflow.id, name: "Boats" })).toMatchObject({
    __typename: "ConflictError",
    code: "NAME_TAKEN",
    path: ["name"],
  });
});

/** Published workflow files with what is known of them; they lie beside the repository, not in it. */
const material = path.resolve(fileURLToPath(import.meta.url), "../../../../../shared/comfyui/workflows");
const files = existsSync(material) ? readdirSync(material).filter((name) => name.endsWith(".api.json")) : [];
interface Encoder {
  id: string;
  role: string;
  title: string | null;
  texts: Record<string, { text?: string }>;
}

(files.length > 0 ? describe : describe.skip)("published workflows", () => {
  const truth =
    files.length > 0
      ? (JSON.parse(readFileSync(path.join(material, "ground-truth.json"), "utf8")) as Record<
          string,
          { encoders: Encoder[] }
        >)
      : {};
  /** Wires that reach both sides do not decide: then the title does. */
  const typeOf = ({ role, title }: Encoder): string =>
    role === "negative" || (role === "negative+positive" && /neg/i.test(title ?? "")) ? "NEGATIVE" : "POSITIVE";

  test.each(files)("%s imports with the slots that are known, and again without a change", async (file) => {
    const source = readFileSync(path.join(material, file), "utf8");
    const result = await load({ name: file, source });
    const expected = truth[file]?.encoders.flatMap((encoder) =>
      Object.entries(encoder.texts).map(([inputName, { text }]) => ({
        nodeId: encoder.id,
        inputName,
        slotType: typeOf(encoder),
        defaultText: text ?? null,
      })),
    );
    const found = result.workflow.promptSlots.map(
      ({ nodeId, inputName, slotType, defaultText }: Record<string, unknown>) => ({
        nodeId,
        inputName,
        slotType,
        defaultText,
      }),
    );
    expect(found).toHaveLength(expected?.length ?? 0);
    expect(found).toEqual(expect.arrayContaining(expected ?? []));
    expect(result.workflow.parameters.length).toBeGreaterThan(0);

    const again = await load({ name: file, source: JSON.stringify({ prompt: JSON.parse(source) }) });
    // Integers beyond 2^53 change when they are read as doubles: those files count as changed.
    if (!/\d{16}/.test(source))
      expect(again).toMatchObject({
        isNewVersion: false,
        report: { slotsAdded: [], slotsUpdated: [], slotsRemoved: [], slotsOrphaned: [] },
      });
    expect(await load({ name: file, source })).toMatchObject({
      isNewVersion: false,
      version: { id: result.version.id },
    });
  });
});
