import { isJsonObject, type JsonObject, type JsonValue, stringifyJson } from "#lib/json.ts";
import { ComfyHttpError, ComfyMalformedAnswerError } from "./errors.ts";
import { type ComfyAnswer, type ComfyRequest, describe, parseAnswer } from "./transport.ts";

/** The JSON of an answer that must be 200. */
export function parseOk(request: ComfyRequest, answer: ComfyAnswer): JsonValue {
  if (answer.status !== 200) throw new ComfyHttpError(describe(request), answer.status, answer.text);
  return parseAnswer(describe(request), answer.text);
}

/** @throws ComfyMalformedAnswerError when it is anything else. */
export function asObject(value: JsonValue): JsonObject {
  if (isJsonObject(value)) return value;
  throw new ComfyMalformedAnswerError("answer", stringifyJson(value));
}

/** JSON, or what there is instead as an `error` text. */
export function tolerantJson(text: string): JsonValue {
  try {
    return parseAnswer("refusal", text);
  } catch {
    return { error: text.slice(0, 500) };
  }
}

/** JSON without care for large integers; undefined shapes and non-JSON become null. */
export function fastJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
