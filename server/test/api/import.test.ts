import { buffer } from "node:stream/consumers";
import { storeAsset } from "#domains/assets/assets.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { TestMachine } from "#platform/comfy/testing.ts";
import type { JsonObject } from "#lib/json.ts";
import { pictureBytes } from "#test/queue-studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let machineId: string;
beforeAll(async () => {
  app = await startTestApp({ simulators: [{}] });
  const machine = await app.deps.db.prisma.machine.findFirstOrThrow();
  machineId = encodeId("Machine", machine.id);
});
afterAll(() => app[Symbol.asyncDispose]());

const importing = `mutation ($input: ImportWorkflowInput!) { importWorkflow(input: $input) { __typename
  ... on ImportWorkflowPayload { isNewVersion version { number graph } workflow { name promptSlots { nodeId defaultText slotType } parameters { key } } report { format warnings } }
  ... on ValidationError { code message path } ... on NotFoundError { code message path } ... on UnavailableError { code message path hint } } }`;
const load = async (input: object): Promise<any> => (await app.execute(importing, { input })).importWorkflow;

/** The editor's form of a small picture workflow. */
const file = (text: string) => ({
  id: "3f0f1b0c-0000-4000-8000-000000000001",
  nodes: [
    {
      id: 1,
      type: "CheckpointLoaderSimple",
      mode: 0,
      inputs: [],
      outputs: ["MODEL", "CLIP", "VAE"].map((type) => ({ name: type, type })),
      widgets_values: ["studio.safetensors"],
    },
    {
      id: 2,
      type: "CLIPTextEncode",
      mode: 0,
      inputs: [{ name: "clip", type: "CLIP", link: 1 }],
      outputs: [{ name: "CONDITIONING", type: "CONDITIONING" }],
      widgets_values: [text],
    },
    {
      id: 3,
      type: "CLIPTextEncode",
      mode: 0,
      inputs: [{ name: "clip", type: "CLIP", link: 2 }],
      outputs: [{ name: "CONDITIONING", type: "CONDITIONING" }],
      widgets_values: ["blurry"],
    },
    {
      id: 4,
      type: "EmptyLatentImage",
      mode: 0,
      inputs: [],
      outputs: [{ name: "LATENT", type: "LATENT" }],
      widgets_values: [64, 32, 1],
    },
    {
      id: 5,
      type: "KSampler",
      mode: 0,
      inputs: [
        { name: "model", type: "MODEL", link: 3 },
        { name: "positive", type: "CONDITIONING", link: 4 },
        { name: "negative", type: "CONDITIONING", link: 5 },
        { name: "latent_image", type: "LATENT", link: 6 },
      ],
      outputs: [{ name: "LATENT", type: "LATENT" }],
      widgets_values: [7, "randomize", 2, 7.5, "euler", "normal", 1],
    },
    {
      id: 6,
      type: "VAEDecode",
      mode: 0,
      inputs: [
        { name: "samples", type: "LATENT", link: 7 },
        { name: "vae", type: "VAE", link: 8 },
      ],
      outputs: [{ name: "IMAGE", type: "IMAGE" }],
    },
    {
      id: 7,
      type: "SaveImage",
      mode: 0,
      inputs: [{ name: "images", type: "IMAGE", link: 9 }],
      outputs: [],
      widgets_values: ["lantern"],
    },
  ],
  links: [
    [1, 1, 1, 2, 0, "CLIP"],
    [2, 1, 1, 3, 0, "CLIP"],
    [3, 1, 0, 5, 0, "MODEL"],
    [4, 2, 0, 5, 1, "CONDITIONING"],
    [5, 3, 0, 5, 2, "CONDITIONING"],
    [6, 4, 0, 5, 3, "LATENT"],
    [7, 5, 0, 6, 0, "LATENT"],
    [8, 1, 2, 6, 1, "VAE"],
    [9, 6, 0, 7, 0, "IMAGE"],
  ],
  version: 0.4,
});
const classAndInputs = (graph: Record<string, { class_type: string; inputs: object }>) =>
  Object.fromEntries(Object.entries(graph).map(([id, { class_type, inputs }]) => [id, { class_type, inputs }]));

async function rendered(graph: JsonObject): Promise<Buffer> {
  await using machine = new TestMachine({ baseUrl: app.simulators[0]?.url as string });
  const end = await machine.run(graph);
  if (end.state !== "succeeded") throw new Error(JSON.stringify(end));
  const [output] = end.outputs.files;
  if (!output) throw new Error("no file");
  return buffer((await machine.client.view(output)).body);
}

async function asset(bytes: Buffer, filename: string): Promise<string> {
  const blob = await app.deps.storage.putBytes(bytes);
  const { id } = await storeAsset(app.deps, {
    blob,
    kind: "UPLOAD",
    folder: "uploads",
    filename,
    projectId: null,
    createdById: app.admin.userId,
  });
  return encodeId("Asset", id);
}

describe("a file of the editor", () => {
  test("becomes a workflow by the definitions of a machine, asked now if they were never read", async () => {
    expect(await app.deps.db.prisma.machineDefinitions.count()).toBe(0);
    const result = await load({ name: "From the editor", source: JSON.stringify(file("a lantern seller")) });
    expect(result).toMatchObject({
      __typename: "ImportWorkflowPayload",
      report: { format: "UI", warnings: [] },
      workflow: {
        promptSlots: [
          { nodeId: "2", defaultText: "a lantern seller", slotType: "POSITIVE" },
          { nodeId: "3", defaultText: "blurry", slotType: "NEGATIVE" },
        ],
      },
    });
    expect(result.version.graph["5"].inputs).toEqual({
      seed: 7,
      steps: 2,
      cfg: 7.5,
      sampler_name: "euler",
      scheduler: "normal",
      denoise: 1,
      model: ["1", 0],
      positive: ["2", 0],
      negative: ["3", 0],
      latent_image: ["4", 0],
    });
    expect(await app.deps.db.prisma.machineDefinitions.count()).toBe(1);
  });

  test("is the same version again, also wrapped or with the machine named", async () => {
    const source = JSON.stringify({ workflow: file("a lantern seller") });
    expect(await load({ name: "From the editor", source, machineId })).toMatchObject({
      isNewVersion: false,
      version: { number: 1 },
    });
  });

  test("with a class that no machine knows is refused by node and class", async () => {
    const strange = file("x");
    (strange.nodes[4] as { type: string }).type = "SamplerOfMine";
    expect(await load({ name: "Strange", source: JSON.stringify(strange) })).toMatchObject({
      __typename: "ValidationError",
      code: "WORKFLOW_SOURCE",
      path: ["source", "5"],
      message: expect.stringContaining("SamplerOfMine"),
    });
    expect(await app.deps.db.prisma.workflow.count({ where: { name: "Strange" } })).toBe(0);
  });

  test("needs a machine that answers when one is named", async () => {
    const lost = await app.deps.db.prisma.machine.create({ data: { name: "lost", url: "http://127.0.0.1:9" } });
    const input = { name: "Lost", source: JSON.stringify(file("x")), machineId: encodeId("Machine", lost.id) };
    expect(await load(input)).toMatchObject({
      __typename: "UnavailableError",
      code: "MACHINE_UNREACHABLE",
      path: ["machineId"],
    });
    await app.deps.db.prisma.machine.delete({ where: { id: lost.id } });
  });
});

describe("a picture or clip holds its graph", () => {
  const frames = {
    "1": { class_type: "EmptyImage", inputs: { width: 32, height: 32, batch_size: 4, color: 255 } },
  };
  const video = { ...frames, "2": { class_type: "CreateVideo", inputs: { images: ["1", 0], fps: 8 } } };

  test.each<[string, JsonObject]>([
    ["shot.png", { ...frames, "3": { class_type: "SaveImage", inputs: { images: ["1", 0], filename_prefix: "a" } } }],
    [
      "shot.webp",
      {
        ...frames,
        "3": {
          class_type: "SaveAnimatedWEBP",
          inputs: { images: ["1", 0], filename_prefix: "a", fps: 8, lossless: true, quality: 80, method: "default" },
        },
      },
    ],
    [
      "shot.mp4",
      {
        ...video,
        "3": {
          class_type: "SaveVideo",
          inputs: { video: ["2", 0], filename_prefix: "a", format: "mp4", codec: "h264" },
        },
      },
    ],
    [
      "shot.webm",
      {
        ...frames,
        "3": {
          class_type: "SaveWEBM",
          inputs: { images: ["1", 0], filename_prefix: "a", codec: "vp9", fps: 8, crf: 32 },
        },
      },
    ],
  ])("%s", async (filename, graph) => {
    const assetId = await asset(await rendered(graph), filename);
    const result = await load({ name: `From ${filename}`, assetId });
    expect(result).toMatchObject({ __typename: "ImportWorkflowPayload", report: { format: "API" } });
    expect(classAndInputs(result.version.graph)).toEqual(graph);
  });

  test("one without a graph is refused, saying so", async () => {
    const assetId = await asset(await pictureBytes("blue"), "plain.png");
    expect(await load({ name: "Plain", assetId })).toMatchObject({
      __typename: "ValidationError",
      code: "NO_EMBEDDED_GRAPH",
      path: ["assetId"],
      message: expect.stringContaining("plain.png"),
    });
  });

  test("a text file is read as one", async () => {
    const assetId = await asset(Buffer.from(JSON.stringify(file("from a file"))), "boat.json");
    expect(await load({ name: "From a file", assetId })).toMatchObject({ report: { format: "UI" } });
  });
});

describe("workflows that are saved on a machine", () => {
  const listing = `{ machines { name savedWorkflows { name bytes modifiedAt } } }`;
  const save = async (name: string, content: string): Promise<void> => {
    const path = `/userdata/${encodeURIComponent(`workflows/${name}`)}`;
    await fetch(`${app.simulators[0]?.url}${path}`, { method: "POST", body: content });
  };

  test("are listed with size and time, and imported by name, folders included", async () => {
    const content = JSON.stringify(file("from the machine"));
    await save("shots/night/lantern.json", content);
    await save("Boat.json", content);
    const { machines } = await app.execute(listing);
    expect(machines[0].savedWorkflows).toEqual([
      { name: "Boat.json", bytes: content.length, modifiedAt: expect.any(String) },
      { name: "shots/night/lantern.json", bytes: content.length, modifiedAt: expect.any(String) },
    ]);
    expect(Math.abs(Date.parse(machines[0].savedWorkflows[0].modifiedAt) - Date.now())).toBeLessThan(600_000);
    const pulled = await load({ name: "Lantern", machineId, machineFile: "shots/night/lantern.json" });
    expect(pulled).toMatchObject({
      report: { format: "UI" },
      workflow: { promptSlots: [{ defaultText: "from the machine" }, {}] },
    });
    expect(await load({ name: "Boat", machineId })).toMatchObject({ __typename: "ImportWorkflowPayload" });
  });

  test("one that is not there is NOT_FOUND", async () => {
    expect(await load({ name: "Nowhere", machineId })).toMatchObject({ code: "NOT_FOUND", path: ["machineFile"] });
  });

  test("a machine that does not answer says so, and keeps the others readable", async () => {
    const lost = await app.deps.db.prisma.machine.create({ data: { name: "z-lost", url: "http://127.0.0.1:9" } });
    expect(await load({ name: "Lost", machineId: encodeId("Machine", lost.id) })).toMatchObject({
      __typename: "UnavailableError",
      code: "MACHINE_UNREACHABLE",
    });
    const { data, errors } = await app.execute(listing, {}, { errors: "return" });
    expect(data.machines[0].savedWorkflows).toHaveLength(2);
    expect(data.machines[1].savedWorkflows).toBeNull();
    expect(errors).toEqual([expect.objectContaining({ path: ["machines", 1, "savedWorkflows"] })]);
    await app.deps.db.prisma.machine.delete({ where: { id: lost.id } });
  });

  test.each([
    [{ source: "{}", machineFile: "a.json", machineId: "x" }, ["machineFile"]],
    [{ machineFile: "a.json" }, ["source"]],
  ])("what does not go together is refused: %j", async (input, path) => {
    expect(await load({ name: "Both", ...input })).toMatchObject({ __typename: "ValidationError", path });
  });
});
