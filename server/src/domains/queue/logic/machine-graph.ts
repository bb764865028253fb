import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";

/** Folder on machines for everything of ours, below `input` and `output`. */
const machineFolder = "callsheet";
const inputName = /^callsheet\/([0-9a-f]{64})(\.[A-Za-z0-9]{1,10})?$/;

/** What a loader node says for an input file: content-addressed, so a graph names the same bytes on every machine. */
export function machineInputName(sha256: string, extension: string): string {
  return `${machineFolder}/${sha256}${extension.toLowerCase()}`;
}

/** Whether a loader node's value is an input file of ours, which comes to the machine with the run. */
export const isMachineInputName = (name: string): boolean => inputName.test(name);

export interface MachineInput {
  /** As the graph says it. */
  ref: string;
  sha256: string;
  subfolder: string;
  filename: string;
}

/** The input files of ours that a graph reads. */
export function inputsOfGraph(graph: ApiGraph): MachineInput[] {
  const found = new Map<string, MachineInput>();
  for (const node of Object.values(graph)) {
    for (const value of Object.values(node.inputs)) {
      const match = typeof value === "string" ? inputName.exec(value) : null;
      if (!match) continue;
      const [ref, sha256 = ""] = match;
      found.set(ref, { ref, sha256, subfolder: machineFolder, filename: ref.slice(machineFolder.length + 1) });
    }
  }
  return [...found.values()];
}

/**
 * The graph as one attempt posts it: files are saved under a folder of the attempt's own. A machine answers an identical
 * graph from its cache with the old files' names, which may have been deleted or reused since.
 */
export function withAttemptPrefix(graph: ApiGraph, comfyPromptId: string): ApiGraph {
  const changed: ApiGraph = { ...graph };
  for (const [id, node] of Object.entries(graph)) {
    const prefix = node.inputs["filename_prefix"];
    if (typeof prefix !== "string") continue;
    const name = prefix.split("/").at(-1) || "output";
    changed[id] = { ...node, inputs: { ...node.inputs, filename_prefix: `${machineFolder}/${comfyPromptId}/${name}` } };
  }
  return changed;
}
