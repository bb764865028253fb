import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type JsonObject, parseJson } from "#lib/json.ts";

/** Traffic recorded from real servers lies beside the repository, when it is there at all. */
const repository = join(dirname(fileURLToPath(import.meta.url)), "../../../../..");
const folder = join(repository, "../shared/comfyui/captures");

export const captureVersions = ["v0.33", "v0.8.0"] as const;
export type CaptureVersion = (typeof captureVersions)[number];
export const hasCaptures = existsSync(folder);

export type CapturedExchange = {
  request: { method: string; path: string; json?: unknown };
  status: number;
  response: unknown;
};

/** One line of a transcript, in the order of time. */
export type CapturedLine =
  | { kind: "text"; socket: string; message: JsonObject }
  | { kind: "binary"; socket: string; binary: JsonObject }
  | ({ kind: "http" } & CapturedExchange)
  | { kind: "_open" | "_closed" | "_sent"; socket: string }
  | { kind: "note"; socket: string; text: string };

/** Reads `ws/<name>.jsonl`. */
export function readTranscript(version: CaptureVersion, name: string): CapturedLine[] {
  const text = readFileSync(join(folder, version, "ws", `${name}.jsonl`), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => parseJson(line) as unknown as CapturedLine)
    .filter((line) => "kind" in line);
}

export function transcriptNames(version: CaptureVersion): string[] {
  return readdirSync(join(folder, version, "ws")).map((file) => file.replace(/\.jsonl$/, ""));
}

/** Reads `http/<name>.json`; some have several exchanges or measurements and are not for this. */
export function readExchange(version: CaptureVersion, name: string): CapturedExchange {
  const { request, status, body } = parseJson(
    readFileSync(join(folder, version, "http", `${name}.json`), "utf8"),
  ) as unknown as { request: CapturedExchange["request"]; status: number; body: unknown };
  return { request, status, response: body };
}
