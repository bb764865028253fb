import DataLoader from "dataloader";
import type { Context } from "#graphql/context.ts";

/**
 * Declares a loader that gathers the keys of one operation into one statement. The batch function may leave keys out of
 * its map: they load as null.
 */
export function defineLoader<Value>(
  load: (context: Context, keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): (context: Context) => DataLoader<string, Value | null> {
  const loaders = new WeakMap<Context, DataLoader<string, Value | null>>();
  return (context) => {
    let loader = loaders.get(context);
    if (!loader) {
      loader = new DataLoader(async (keys) => {
        const found = await load(context, keys);
        return keys.map((key) => found.get(key) ?? null);
      });
      loaders.set(context, loader);
    }
    return loader;
  };
}

/** Like defineLoader, for lists: keys without entries load as an empty list. */
export function defineListLoader<Value>(
  load: (context: Context, keys: readonly string[]) => Promise<readonly Value[]>,
  keyOf: (value: Value) => string,
): (context: Context) => DataLoader<string, Value[]> {
  const loaders = new WeakMap<Context, DataLoader<string, Value[]>>();
  return (context) => {
    let loader = loaders.get(context);
    if (!loader) {
      loader = new DataLoader(async (keys) => {
        const lists = new Map<string, Value[]>(keys.map((key) => [key, []]));
        for (const value of await load(context, keys)) lists.get(keyOf(value))?.push(value);
        return keys.map((key) => lists.get(key) ?? []);
      });
      loaders.set(context, loader);
    }
    return loader;
  };
}

/**
 * Declares a loader of pages: all parents of one operation that ask for the same kind of page (size, direction, cursor,
 * filter) share a statement.
 */
export function definePageLoader<Kind extends object, Row>(
  load: (context: Context, kind: Kind, parentIds: readonly string[]) => Promise<readonly Row[]>,
  parentOf: (row: Row) => string,
): (context: Context) => { load(parentId: string, kind: Kind): Promise<Row[]> } {
  const byContext = new WeakMap<Context, Map<string, ReturnType<typeof defineListLoader<Row>>>>();
  return (context) => ({
    load: (parentId, kind) => {
      let byKind = byContext.get(context);
      if (!byKind) byContext.set(context, (byKind = new Map()));
      const key = JSON.stringify(kind);
      let loader = byKind.get(key);
      if (!loader)
        byKind.set(key, (loader = defineListLoader<Row>((each, parentIds) => load(each, kind, parentIds), parentOf)));
      return loader(context).load(parentId);
    },
  });
}

/** Rows by id, as a loader's batch wants them. */
export function byId<Row extends { id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** For references that the database guarantees: a missing row is a bug, not an answer. */
export function expectLoaded<Value>(value: Value | null, what: string): Value {
  if (value === null) throw new Error(`${what} is referenced but missing`);
  return value;
}
