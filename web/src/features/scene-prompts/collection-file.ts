import { plural } from "#lib/format.ts";

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What a file seems to be, before the server reads it. */
export function describeFile(content: unknown): string {
  if (!isMap(content)) return "The file is no map of prompts; the server will say what is wrong with it.";
  const version = Object.hasOwn(content, "version") ? content["version"] : 1;
  if (version === 2) {
    const prompts = isMap(content["prompts"]) ? Object.keys(content["prompts"]).length : 0;
    const compositions = isMap(content["compositions"]) ? Object.keys(content["compositions"]).length : 0;
    return `A file of version 2 with ${plural(prompts, "prompt")} and ${plural(compositions, "composition")}.`;
  }
  if (version !== 1) return `A file of version ${JSON.stringify(version)}, which the server may not know.`;
  const texts = Object.values(content).filter((value) => typeof value === "string").length;
  return `A file of version 1 with ${plural(texts, "text")}. Each becomes a prompt, and the file itself is kept as a backup that never changes.`;
}
