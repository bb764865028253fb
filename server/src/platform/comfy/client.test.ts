import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { ComfyHttpError, ComfyValidationError } from "./errors.ts";
import { startSimulator } from "./simulator/simulator.ts";
import { sleepGraph, TestMachine } from "./testing.ts";

describe("the client", () => {
  test("reads what a machine tells about itself, 64-bit limits exact", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: `${simulator.url}/` });
    const { client } = machine;
    expect(await client.systemStats()).toMatchObject({ system: { comfyui_version: "0.33.0" } });
    expect(await client.features()).toMatchObject({ supports_preview_metadata: true });
    const info = await client.objectInfo();
    expect(info["KSampler"]).toMatchObject({ input: { required: { seed: ["INT", { max: 18_446_744_073_709_551_615n }] } } });
    expect(await client.models("checkpoints")).toContain("simulator-landscape.safetensors");
    expect(await client.models("no-such-folder")).toEqual([]);
    await client.free();
  });

  test("a refused graph becomes an error with reasons per node", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const graph = {
      "1": { class_type: "SimulatorSleep", inputs: { ms: -5, seed: 1 } },
      "2": { class_type: "SimulatorOutput", inputs: { token: ["1", 0] } },
    };
    const error: unknown = await machine.submit(graph).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ComfyValidationError);
    expect(error).toMatchObject({
      isTransient: false,
      type: "prompt_outputs_failed_validation",
      nodeErrors: [
        { nodeId: "1", classType: "SimulatorSleep", errors: [{ type: "value_smaller_than_min", inputName: "ms" }] },
        { nodeId: "2", classType: "SimulatorOutput", errors: [{ type: "required_input_missing", inputName: "filename_prefix" }] },
      ],
    });
    expect(await machine.submit({ "1": { class_type: "Nope", inputs: {} } }).catch((thrown: unknown) => thrown)).toMatchObject({
      type: "missing_node_type",
      nodeErrors: [],
    });
  });

  test("queue and history keep seeds exact", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const graph = { ...sleepGraph(), "1": { class_type: "SimulatorSleep", inputs: { ms: 0, seed: 18_446_744_073_709_551_615n } } };
    const promptId = await machine.submit(graph);
    await machine.follow(promptId);
    const entry = await machine.client.history(promptId);
    expect(JSON.stringify(entry?.["prompt"], (_, value) => (typeof value === "bigint" ? `${value}n` : value))).toContain(
      "18446744073709551615n",
    );
    expect(await machine.client.queue()).toEqual({ running: [], pending: [] });
    expect(await machine.client.history("00000000-0000-4000-8000-000000000000")).toBeUndefined();
  });

  test("an upload keeps its bytes, and the machine's choice of name is told", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const { client } = machine;
    const first = await client.uploadImage({ bytes: Buffer.from("one"), filename: 'a "quoted" näme.png' });
    const same = await client.uploadImage({ bytes: Buffer.from("one"), filename: first.name });
    const other = await client.uploadImage({ bytes: Buffer.from("two"), filename: first.name, type: "input" });
    expect(same.name).toBe(first.name);
    expect(other.name).toBe(first.name.replace(".png", " (1).png"));
    const over = await client.uploadImage({ bytes: Buffer.from("three"), filename: first.name, overwrite: true });
    const { body, contentType, bytes } = await client.view({ filename: over.name, subfolder: over.subfolder, type: over.type });
    expect([(await buffer(body)).toString(), contentType, bytes]).toEqual(["three", "image/png", 5]);
    const temporary = await client.uploadImage({ bytes: Buffer.from("x"), filename: "t.png", type: "temp", subfolder: "s" });
    expect(temporary.ref).toBe("s/t.png [temp]");
  });

  test("a file that is not there is an HTTP error", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const missing = machine.client.view({ filename: "nope.png", subfolder: "", type: "output" });
    await expect(missing).rejects.toBeInstanceOf(ComfyHttpError);
    await expect(missing).rejects.toMatchObject({ status: 404, isTransient: false });
  });

  test("workflows that people saved on the machine are listed and read", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    expect(await machine.client.userWorkflows()).toEqual([]);
    const folder = join(simulator.dataDir, "user", "default", "workflows", "film");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "shot 1.json"), '{"nodes": [], "seed": 18446744073709551615}');
    const [workflow] = await machine.client.userWorkflows();
    expect(workflow).toMatchObject({ name: "film/shot 1.json", bytes: 43 });
    expect(await machine.client.userWorkflow("film/shot 1.json")).toEqual({ nodes: [], seed: 18_446_744_073_709_551_615n });
  });
});
