import { createHash } from "node:crypto";
import { canonicalJson, type JsonValue } from "#lib/json.ts";

type Text = { nodeId: string; inputName: string; text: string };

/** The content that goes into a take. What does not change a picture (names, machines, priorities) is not among it. */
export interface TakeContent {
  contentHash: string;
  /** With the hash of the file where a parameter names one. */
  params: unknown;
  /** Of the reference image. */
  inputSha256: string | null;
  prompts: readonly Text[];
  /** Of later segments; null where there are none. */
  continuation: readonly Text[] | null;
}

/** What a take is made of, each with a digest of its own, so that a difference can be named. */
export type ContentDigests = Record<keyof TakeContent, string>;

/** Equal for equal content. */
export function inputDigest(content: TakeContent): string {
  return digestOf(contentOf(content));
}

export function contentDigests(content: TakeContent): ContentDigests {
  const { contentHash, params, inputSha256, prompts, continuation } = contentOf(content);
  return {
    contentHash: digestOf(contentHash),
    params: digestOf(params),
    inputSha256: digestOf(inputSha256),
    prompts: digestOf(prompts),
    continuation: digestOf(continuation),
  };
}

function contentOf({ contentHash, params, inputSha256, prompts, continuation }: TakeContent) {
  return {
    contentHash,
    params: plain(params),
    inputSha256,
    prompts: textsOf(prompts),
    continuation: continuation && textsOf(continuation),
  };
}

function digestOf(value: JsonValue): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

function textsOf(prompts: readonly Text[]): JsonValue[] {
  return prompts
    .map(({ nodeId, inputName, text }) => [`${nodeId}.${inputName}`, text])
    .toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1));
}

/** As JSON keeps it, so that what was read back from the database is equal to what was written. */
function plain(value: unknown): JsonValue {
  return JSON.parse(
    JSON.stringify(value ?? {}, (_name, each: unknown) => (typeof each === "bigint" ? each.toString() : each)),
  ) as JsonValue;
}
