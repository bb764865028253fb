import { createHash } from "node:crypto";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";

/**
 * A short key for what a graph of a workflow version asks of a machine: its node classes, and the texts that choose
 * something, such as files. Equal for runs that differ in seeds, numbers, prompts and input files only.
 * @param prompts `nodeId.inputName` of inputs that take any text
 */
export function needsOf(graph: ApiGraph, versionId: string, prompts: ReadonlySet<string>): string {
  const needs = new Set<string>();
  for (const [nodeId, { class_type: classType, inputs }] of Object.entries(graph)) {
    needs.add(classType);
    for (const [name, value] of Object.entries(inputs)) {
      if (typeof value !== "string" || prompts.has(`${nodeId}.${name}`)) continue;
      if (name === "filename_prefix" || value.startsWith("callsheet/")) continue;
      needs.add(JSON.stringify([classType, name, value]));
    }
  }
  const hash = createHash("sha256").update(versionId);
  for (const need of [...needs].toSorted()) hash.update(`\n${need}`);
  return hash.digest("base64url").slice(0, 22);
}
