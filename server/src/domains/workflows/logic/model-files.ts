import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";

const modelFile = /^(?:.*[/\\])?([^/\\]+)\.(?:safetensors|sft|ckpt|gguf|pt|pth|bin)$/i;

/** Files of models, LoRAs, VAEs and the like that a graph names, each once, without folder and extension. */
export function modelFiles(graph: ApiGraph): string[] {
  const names = new Set<string>();
  for (const { inputs } of Object.values(graph)) {
    for (const value of Object.values(inputs)) {
      const name = typeof value === "string" && value.length < 1_000 ? modelFile.exec(value)?.[1] : undefined;
      if (name !== undefined) names.add(name);
    }
  }
  return [...names];
}
