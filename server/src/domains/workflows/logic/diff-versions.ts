import { type ApiGraph, titleOf } from "#domains/workflows/logic/api-graph.ts";
import { compareNatural } from "#domains/workflows/logic/natural-order.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { canonicalJson, type JsonValue } from "#lib/json.ts";

/** A value on both sides; undefined where the side does not have it. */
export type ValueChange = { name: string; before: JsonValue | undefined; after: JsonValue | undefined };

export type NodeChange = {
  kind: "ADDED" | "REMOVED" | "CHANGED";
  nodeId: string;
  /** The new class; the old one of a node that is gone. */
  classType: string;
  title: string | null;
  /** Inputs that differ; all of a node that is new or gone. A changed class counts as `class_type`. */
  inputs: ValueChange[];
};

export type ParameterChange = {
  kind: "ADDED" | "REMOVED" | "CHANGED";
  key: string;
  label: string;
  /** Properties that differ, such as `default` or `max`; none of a parameter that is new or gone. */
  changes: ValueChange[];
};

/** What to do to one graph to get the other: nodes in natural order of id, inputs by name. Titles are no change. */
export function diffGraphs(before: ApiGraph, after: ApiGraph): NodeChange[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted(compareNatural);
  return ids.flatMap((nodeId): NodeChange[] => {
    const [old, now] = [own(before, nodeId), own(after, nodeId)];
    const node = now ?? old;
    if (!node) return [];
    const inputs = diffValues(old?.inputs ?? {}, now?.inputs ?? {});
    if (old && now && old.class_type !== now.class_type) {
      inputs.unshift({ name: "class_type", before: old.class_type, after: now.class_type });
    }
    if (old && now && inputs.length === 0) return [];
    const kind = !old ? "ADDED" : !now ? "REMOVED" : "CHANGED";
    return [{ kind, nodeId, classType: node.class_type, title: titleOf(node), inputs }];
  });
}

/** Parameters by key, in the order of the new version, those that are gone last. */
export function diffParameters(
  before: readonly WorkflowParameter[],
  after: readonly WorkflowParameter[],
): ParameterChange[] {
  const old = new Map(before.map((parameter) => [parameter.key, parameter]));
  const kept = new Set(after.map(({ key }) => key));
  return [
    ...after.flatMap((parameter): ParameterChange[] => {
      const { key, label } = parameter;
      const was = old.get(key);
      if (!was) return [{ kind: "ADDED", key, label, changes: [] }];
      const changes = diffValues(was, parameter);
      return changes.length === 0 ? [] : [{ kind: "CHANGED", key, label, changes }];
    }),
    ...before
      .filter(({ key }) => !kept.has(key))
      .map(({ key, label }): ParameterChange => ({ kind: "REMOVED", key, label, changes: [] })),
  ];
}

/** Values by name that are not equal, in order of name. */
export function diffValues(
  before: Readonly<Record<string, JsonValue>>,
  after: Readonly<Record<string, JsonValue>>,
): ValueChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted(compareNatural);
  return names.flatMap((name) => {
    const [old, now] = [own(before, name), own(after, name)];
    return same(old, now) ? [] : [{ name, before: old, after: now }];
  });
}

function same(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || canonicalJson(a) === canonicalJson(b);
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
