import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { isJsonObject, type JsonObject, parseJson } from "#lib/json.ts";
import { TestMachine } from "../testing.ts";
import { nodeOf } from "./graph.ts";
import { nodeDefinitions } from "./nodes/registry.ts";
import { startSimulator } from "./simulator.ts";

/** Workflow files of other people lie beside the repository, when they are there at all. */
const folder = join(dirname(fileURLToPath(import.meta.url)), "../../../../../../shared/comfyui/workflows");
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".api.json")) : [];

function graphOf(file: string): JsonObject {
  const content = parseJson(readFileSync(join(folder, file), "utf8"));
  if (!isJsonObject(content)) throw new Error(`${file} is no graph`);
  return isJsonObject(content["prompt"]) ? content["prompt"] : content;
}

const classesOf = (graph: JsonObject) => Object.keys(graph).map((id) => nodeOf(graph, id).classType);
const known = files.filter((file) => classesOf(graphOf(file)).every((name) => nodeDefinitions.has(name)));
const withFiles = known.length > 0 ? describe : describe.skip;

withFiles("workflow files from the field", () => {
  test("most of them use only nodes that the simulator knows", () => {
    expect(known.length).toBeGreaterThan(files.length / 2);
  });

  test.each(known)("%s is accepted as it is", async (file) => {
    await using simulator = await startSimulator({ stepMs: 0, faults: { neverEnding: true } });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const graph = graphOf(file);
    const picture = await sharp({ create: { width: 64, height: 48, channels: 3, background: "#456" } })
      .png()
      .toBuffer();
    for (const id of Object.keys(graph)) {
      const { classType, inputs } = nodeOf(graph, id);
      const name = inputs["image"];
      if (classType !== "LoadImage" || typeof name !== "string") continue;
      const { ref } = await machine.client.uploadImage({ bytes: picture, filename: name.replaceAll("/", "_") });
      inputs["image"] = ref;
    }
    const accepted = await machine.client.submit({ prompt: graph, promptId: randomUUID(), clientId: "x" });
    expect(accepted.nodeErrors).toEqual([]);
  });
});
