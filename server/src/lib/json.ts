import { isSafeNumber, parse, parseNumberAndBigInt, stringify } from "lossless-json";

/** Any JSON value; integers beyond 2^53 are bigint, so that 64-bit seeds survive a round trip. */
export type JsonValue = string | number | bigint | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

/** Only texts with a number of 16 digits or more can lose precision in JSON.parse. */
const longDigits = /\d{16}/;

/**
 * Parses JSON text without losing precision in integers: those that a double cannot hold become bigint.
 * @throws SyntaxError when the text is not JSON.
 */
export function parseJson(text: string): JsonValue {
  if (!longDigits.test(text)) return JSON.parse(text) as JsonValue;
  return parse(text, undefined, {
    parseNumber: (digits) => (isSafeNumber(digits) ? Number(digits) : parseNumberAndBigInt(digits)),
  }) as JsonValue;
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
  return stringifyJson(value);
}
