import { createHash } from "node:crypto";
import { canonicalJson, type JsonValue } from "#lib/json.ts";

type Text = { nodeId: string; inputName: string; text: string };

/** The content that goes into a take. What does not change a picture (names, machines, priorities) is not among it. */
export interface TakeContent {
  contentHash: string;
  params: unknown;
  /** Of the reference image. */
  inputSha256: string | null;
  prompts: readonly Text[];
  /** Of later segments; null where there are none. */
  continuation: readonly Text[] | null;
}

/** Equal for equal content. */
export function inputDigest({ contentHash, params, inputSha256, prompts, continuation }: TakeContent): string {
  const content = {
    contentHash,
    params: plain(params),
    inputSha256,
    prompts: textsOf(prompts),
    continuation: continuation && textsOf(continuation),
  };
  return createHash("sha256").update(canonicalJson(content)).digest("hex");
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
