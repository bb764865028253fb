import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { NodeFailure } from "../errors.ts";
import type { NodeDefinition } from "../node-definition.ts";
import { int, link, seed, text } from "./define.ts";

/** A red pixel. */
const tinyPng = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC",
  "base64",
);

/** Nodes that cost next to nothing, for tests and benchmarks that need thousands of prompts. */
export const testNodes: NodeDefinition[] = [
  {
    name: "SimulatorSleep",
    displayName: "Sleep (simulator)",
    category: "simulator",
    description: "Waits, then passes on. A seed makes it run again.",
    required: { ms: int(0, 0, 86_400_000), seed: seed() },
    outputs: [{ type: "SIMULATOR_TOKEN", name: "token" }],
    execute: async ({ ms }, context) => {
      await context.sleep(Number(ms));
      return { outputs: ["token"] };
    },
  },
  {
    name: "SimulatorFail",
    displayName: "Fail (simulator)",
    category: "simulator",
    required: { message: text("failed on purpose") },
    optional: { token: link("SIMULATOR_TOKEN") },
    outputs: [{ type: "SIMULATOR_TOKEN", name: "token" }],
    execute: ({ message }) => {
      throw new NodeFailure("ValueError", String(message));
    },
  },
  {
    name: "SimulatorOutput",
    displayName: "Save a pixel (simulator)",
    category: "simulator",
    required: { token: link("SIMULATOR_TOKEN"), filename_prefix: text("simulator") },
    outputs: [],
    isOutput: true,
    execute: async ({ filename_prefix: prefix }, { store }) => {
      const [file] = await store.claimNames("output", String(prefix), "png", 1, { width: 1, height: 1 });
      if (file === undefined) throw new NodeFailure("RuntimeError", "no file name");
      const path = store.pathOf(file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, tinyPng);
      return { ui: { images: [file] } };
    },
  },
];
