import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";
import type { ImageStore } from "./image-store.ts";
import type { InputDefinition } from "./node-definition.ts";
import { choicesOf, type ModelLists } from "./object-info.ts";
import { type Reason, reason } from "./reasons.ts";

type WidgetDeps = { models: ModelLists; store: ImageStore; acceptAnyModel: boolean };

/** Checks a literal value; a convertible one is converted in `inputs`, as the machine does. */
export function checkWidget(
  name: string,
  input: InputDefinition,
  given: JsonValue,
  inputs: JsonObject,
  deps: WidgetDeps,
  config: JsonValue,
): Reason | undefined {
  const value = isJsonObject(given) && "__value__" in given ? (given["__value__"] ?? null) : given;
  const info = (more: JsonObject): JsonObject => ({ input_name: name, input_config: config, ...more });
  const converted = convert(input.type, value);
  if (converted instanceof Error) {
    const message = `Failed to convert an input value to a ${input.type} value`;
    const more = info({ received_value: value, exception_message: converted.message });
    return reason("invalid_input_type", message, `${name}, ${String(value)}, ${converted.message}`, more);
  }
  if (converted !== value) inputs[name] = converted;
  const { min, max } = input.options;
  if (isNumber(min) && isNumber(converted) && converted < min) {
    const message = `Value ${converted} smaller than min of ${min}`;
    return reason("value_smaller_than_min", message, name, info({ received_value: converted }));
  }
  if (isNumber(max) && isNumber(converted) && converted > max) {
    const message = `Value ${converted} bigger than max of ${max}`;
    return reason("value_bigger_than_max", message, name, info({ received_value: converted }));
  }
  const choices = choicesOf(input, deps.models, deps.store);
  // Files are checked by the node itself; model names may be anything when the simulator was told so.
  if (choices === undefined || input.inputFiles === true) return undefined;
  if (input.modelFolder !== undefined && deps.acceptAnyModel) return undefined;
  if (choices.includes(String(converted))) return undefined;
  const isShort = choices.length <= 20;
  const list = isShort ? `[${choices.map((choice) => `'${choice}'`).join(", ")}]` : `(list of length ${choices.length})`;
  return reason("value_not_in_list", "Value not in list", `${name}: '${String(converted)}' not in ${list}`, {
    input_name: name,
    input_config: isShort ? config : null,
    received_value: converted,
  });
}

function convert(type: string, value: JsonValue): JsonValue | Error {
  switch (type) {
    case "INT":
      return toInteger(value);
    case "FLOAT": {
      const number = typeof value === "string" ? Number(value.trim() === "" ? Number.NaN : value) : Number(value);
      return Number.isNaN(number) ? new Error(`could not convert string to float: '${String(value)}'`) : number;
    }
    case "STRING":
      return typeof value === "string" ? value : value === null ? "None" : String(value);
    case "BOOLEAN":
      return typeof value === "boolean" ? value : Boolean(value);
    default:
      return value;
  }
}

function toInteger(value: JsonValue): JsonValue | Error {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return Math.trunc(value);
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "string" && /^\s*[+-]?\d+\s*$/.test(value)) {
    const number = BigInt(value.trim());
    return number >= Number.MIN_SAFE_INTEGER && number <= Number.MAX_SAFE_INTEGER ? Number(number) : number;
  }
  return new Error(`invalid literal for int() with base 10: '${String(value)}'`);
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}
