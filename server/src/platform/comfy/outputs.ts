import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";

/** A file that a prompt made. Decide what it is by its extension, not by `key`: videos arrive under `images` too. */
export type ComfyFileEntry = {
  nodeId: string;
  key: string;
  filename: string;
  subfolder: string;
  /** `temp` files vanish when the machine starts again. */
  type: string;
  animated?: boolean;
};

export type ComfyTextEntry = { nodeId: string; key: string; text: string };

/** Flattened outputs, ordered by node id (numbers first), then as the node listed them. */
export type ComfyOutputs = { files: ComfyFileEntry[]; texts: ComfyTextEntry[] };

/** Flattens `outputs` of a history entry or job: `{nodeId: {key: [entries]}}`. Unknown entry shapes are skipped. */
export function flattenOutputs(outputs: JsonValue | undefined): ComfyOutputs {
  const flat: ComfyOutputs = { files: [], texts: [] };
  if (!isJsonObject(outputs)) return flat;
  for (const [nodeId, byKey] of Object.entries(outputs)) {
    if (!isJsonObject(byKey)) continue;
    const flags = Array.isArray(byKey["animated"]) ? byKey["animated"] : [];
    for (const [key, value] of Object.entries(byKey)) {
      if (key === "animated") continue;
      const entries = Array.isArray(value) ? value : [value];
      entries.forEach((entry, index) => {
        if (typeof entry === "string") flat.texts.push({ nodeId, key, text: entry });
        if (!isJsonObject(entry) || typeof entry["filename"] !== "string") return;
        const flag = key === "images" ? (flags[index] ?? flags[0]) : undefined;
        flat.files.push({ nodeId, key, ...fileOf(entry), ...(typeof flag === "boolean" ? { animated: flag } : {}) });
      });
    }
  }
  return flat;
}

function fileOf(entry: JsonObject): { filename: string; subfolder: string; type: string } {
  const subfolder = entry["subfolder"];
  const type = entry["type"];
  return {
    filename: entry["filename"] as string,
    subfolder: typeof subfolder === "string" ? subfolder : "",
    type: typeof type === "string" && type !== "" ? type : "output",
  };
}
