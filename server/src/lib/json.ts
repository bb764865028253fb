import { stringify } from "lossless-json";

/** Any JSON value; integers beyond 2^53 are bigint, so that 64-bit seeds survive a round trip. */
export type JsonValue = string | number | bigint | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

/** Only texts with a number of 16 digits or more can lose precision in JSON.parse. */
const longDigits = /\d{16}/;
/**
 * Texts, so that digits in them are left alone, and numbers. A text that nobody closed goes to the end: looking for its
 * end again from every quote would take the square of its length.
 */
const textOrNumber = /"(?:[^"\\]|\\[^])*(?:"|\\?$)|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Parses JSON text without losing precision in integers: those that a double cannot hold become bigint.
 * @throws SyntaxError when the text is not JSON.
 */
export function parseJson(text: string): JsonValue {
  if (!longDigits.test(text)) return JSON.parse(text) as JsonValue;
  // Long integers go through the platform's parser as marked texts: many times faster than a parser of our own.
  // Drawn at random: no text can hold it on purpose, be it written with escapes.
  const mark = `\ue000${Math.random()} `;
  let hasLong = false;
  const marked = text.replaceAll(textOrNumber, (token) => {
    if (token.length < 16 || !/^-?[1-9]\d*$/.test(token) || Number.isSafeInteger(Number(token))) return token;
    hasLong = true;
    return `"${mark}${token}"`;
  });
  return hasLong ? withBigInts(JSON.parse(marked) as JsonValue, mark) : (JSON.parse(text) as JsonValue);
}

function withBigInts(value: JsonValue, mark: string): JsonValue {
  if (typeof value === "string") return value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value;
  if (typeof value !== "object" || value === null) return value;
  const holder = value as Record<string, JsonValue>;
  for (const key of Object.keys(holder)) {
    const before = holder[key] as JsonValue;
    const after = withBigInts(before, mark);
    if (after !== before) holder[key] = after;
  }
  return value;
}

/** Writes JSON text; bigint becomes a plain integer literal. */
export function stringifyJson(value: unknown, space?: number): string {
  try {
    return JSON.stringify(value, null, space) ?? "null";
  } catch (error) {
    // JSON.stringify refuses bigint with a TypeError; only then pay for the slower writer.
    if (error instanceof TypeError) return stringify(value, null, space) ?? "null";
    throw error;
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON text with object keys in sorted order at every level: equal content gives equal text. */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (isJsonObject(value)) {
    const entries = Object.keys(value)
      .toSorted()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] as JsonValue)}`);
    return `{${entries.join(",")}}`;
  }
  return typeof value === "bigint" ? value.toString() : JSON.stringify(value);
}
