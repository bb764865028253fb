import { diffWordsWithSpace } from "diff";
import { canonicalJson, isJsonObject, type JsonValue } from "#lib/json.ts";

/** A stretch of text that both have, or only one of them. */
export interface TextChange {
  kind: "SAME" | "ADDED" | "REMOVED";
  text: string;
}

export interface FieldChange {
  /** Such as `model` or `parameters.temperature`. */
  field: string;
  kind: "ADDED" | "REMOVED" | "CHANGED";
  before: JsonValue;
  after: JsonValue;
}

/** Two texts that have little in common are told as such after this time, in ms. */
const patienceMs = 500;

/** Word by word: what is the same or removed makes the earlier text, what is the same or added the later one. */
export function diffText(before: string, after: string): TextChange[] {
  if (before === after) return before === "" ? [] : [{ kind: "SAME", text: before }];
  const changes = diffWordsWithSpace(before, after, { timeout: patienceMs });
  if (changes) {
    return changes.map(({ value, added, removed }) => ({
      kind: added ? "ADDED" : removed ? "REMOVED" : "SAME",
      text: value,
    }));
  }
  return [
    { kind: "REMOVED" as const, text: before },
    { kind: "ADDED" as const, text: after },
  ].filter(({ text }) => text !== "");
}

export interface PromptFields {
  model: string;
  parameters: JsonValue;
  metadata: JsonValue;
}

/** Everything but the template, by field: the model, then parameters and metadata by name. */
export function diffFields(before: PromptFields, after: PromptFields): FieldChange[] {
  const model: FieldChange[] =
    before.model === after.model ? [] : [{ field: "model", kind: "CHANGED", before: before.model, after: after.model }];
  return [
    ...model,
    ...diffEntries("parameters", before.parameters, after.parameters),
    ...diffEntries("metadata", before.metadata, after.metadata),
  ];
}

function diffEntries(name: string, before: JsonValue, after: JsonValue): FieldChange[] {
  const [old, current] = [entriesOf(before), entriesOf(after)];
  return [...new Set([...old.keys(), ...current.keys()])].toSorted().flatMap((key): FieldChange[] => {
    const [was, is] = [old.get(key), current.get(key)];
    if (was !== undefined && is !== undefined && canonicalJson(was) === canonicalJson(is)) return [];
    const kind = was === undefined ? "ADDED" : is === undefined ? "REMOVED" : "CHANGED";
    return [{ field: `${name}.${key}`, kind, before: was ?? null, after: is ?? null }];
  });
}

const entriesOf = (value: JsonValue): Map<string, JsonValue> =>
  new Map(isJsonObject(value) ? Object.entries(value) : []);
