import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { seedRangeOf } from "#domains/workflows/logic/seed-range.ts";
import type { Scalar } from "#domains/workflows/logic/trace-literal.ts";
import type { JsonValue } from "#lib/json.ts";

export type Coerced = { value: Scalar } | { problem: string };

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const booleans: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  "1": true,
  false: false,
  no: false,
  off: false,
  "0": false,
};

/**
 * The value as the parameter's type, from JSON or from the text that a command line or form gives. Problems say what
 * was wrong with which value, and the bounds; naming the parameter is left to the caller.
 */
export function coerceValue(parameter: WorkflowParameter, given: JsonValue): Coerced {
  switch (parameter.type) {
    case "TEXT":
      return asText(given);
    case "INT":
    case "FLOAT":
      return inRange(parameter, asNumber(given));
    case "SEED":
      return asSeed(parameter, given);
    case "BOOLEAN":
      return asBoolean(given);
    case "SELECT":
      return asChoice(parameter, given);
    default:
      return typeof given === "string" && given !== "" ? { value: given } : wrong(given, "is not the id of an asset");
  }
}

function asText(given: JsonValue): Coerced {
  if (typeof given === "string") return { value: given };
  return typeof given === "object" ? wrong(given, "is not a text") : { value: String(given) };
}

function asNumber(given: JsonValue): { number: number } | { problem: string } {
  const number = typeof given === "string" && decimal.test(given.trim()) ? Number(given) : given;
  if (typeof number === "bigint") return { number: Number(number) };
  return typeof number === "number" && Number.isFinite(number) ? { number } : wrong(given, "is not a number");
}

function inRange({ type, min, max }: WorkflowParameter, parsed: ReturnType<typeof asNumber>): Coerced {
  if ("problem" in parsed) return parsed;
  const { number } = parsed;
  if (type === "INT" && !Number.isSafeInteger(number)) return wrong(number, "is not a whole number");
  const isInside = (min === null || number >= min) && (max === null || number <= max);
  return isInside ? { value: number } : wrong(number, `is outside ${min ?? "-∞"} to ${max ?? "∞"}`);
}

/** Exact to 64 bits; small ones stay numbers, as they are in graphs. */
function asSeed(parameter: WorkflowParameter, given: JsonValue): Coerced {
  const isWhole = typeof given === "bigint" || Number.isSafeInteger(given);
  const isDigits = typeof given === "string" && /^\s*\d{1,20}\s*$/.test(given);
  if (!isWhole && !isDigits) return wrong(given, "is not a whole number");
  const seed = BigInt(given as string | number | bigint);
  const { min, max } = seedRangeOf([parameter]);
  if (seed < min || seed > max) return wrong(given, `is outside ${min} to ${max}`);
  return { value: seed <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(seed) : seed };
}

function asBoolean(given: JsonValue): Coerced {
  if (typeof given === "boolean") return { value: given };
  const word = typeof given === "object" ? "" : String(given).trim().toLowerCase();
  const value = Object.hasOwn(booleans, word) ? booleans[word] : undefined;
  return value === undefined ? wrong(given, "is neither true nor false") : { value };
}

/** Options are texts; the graph may hold a number or boolean in such a place, and then must get one back. */
function asChoice({ options, default: original }: WorkflowParameter, given: JsonValue): Coerced {
  if (typeof given === "object") return wrong(given, "is not one value");
  const text = String(given);
  if (options && !options.includes(text)) {
    const some = options.slice(0, 10).join(", ");
    return wrong(given, `is not one of ${options.length > 10 ? `${some} and ${options.length - 10} more` : some}`);
  }
  if (typeof original === "number" && decimal.test(text)) return { value: Number(text) };
  if (typeof original === "boolean" && Object.hasOwn(booleans, text)) return { value: booleans[text] ?? original };
  return { value: text };
}

function wrong(given: JsonValue, what: string): { problem: string } {
  const shown =
    typeof given === "object" ? (Array.isArray(given) ? "a list" : "an object") : JSON.stringify(String(given));
  return { problem: `${typeof given === "string" || typeof given === "object" ? shown : String(given)} ${what}` };
}
