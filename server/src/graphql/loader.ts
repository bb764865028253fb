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

/** Rows by id, as a loader's batch wants them. */
export function byId<Row extends { id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** For references that the database guarantees: a missing row is a bug, not an answer. */
export function expectLoaded<Value>(value: Value | null, what: string): Value {
  if (value === null) throw new Error(`${what} is referenced but missing`);
  return value;
}
