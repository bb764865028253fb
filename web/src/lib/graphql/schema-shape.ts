import type { CacheExchangeOpts } from "@urql/exchange-graphcache";

type Schema = NonNullable<CacheExchangeOpts["schema"]>;
type TypeRef = { kind: string; ofType?: TypeRef };

/** By name: its fields, each with `!` and `[` for its type from the outside in, and the interfaces or the possible types. */
export interface SchemaShape {
  objects: Record<string, string[]>;
  abstracts: Record<string, (string | null)[]>;
}

const words = (text: string | null | undefined): string[] => (text ? text.split(" ") : []);
const named = (names: string | null | undefined) => words(names).map((name) => ({ kind: "OBJECT", name }));

function typeRef(shape: string): TypeRef {
  if (shape === "") return { kind: "SCALAR" };
  return { kind: shape.startsWith("!") ? "NON_NULL" : "LIST", ofType: typeRef(shape.slice(1)) };
}

const fieldsOf = (text: string | null | undefined) =>
  words(text).map((field) => {
    const [name = ""] = /^\w+/.exec(field) ?? [];
    return { name, args: [], type: typeRef(field.slice(name.length)) };
  });

/** The introspection result that the normalised cache reads: which fields may be null, and what is one of what. */
export function schemaOf({ objects, abstracts }: SchemaShape): Schema {
  const types = [
    ...Object.entries(objects).map(([name, [fields, interfaces]]) => ({
      kind: "OBJECT",
      name,
      fields: fieldsOf(fields),
      interfaces: named(interfaces),
    })),
    ...Object.entries(abstracts).map(([name, [fields, possible]]) => ({
      kind: fields === null ? "UNION" : "INTERFACE",
      name,
      ...(fields !== null && { fields: fieldsOf(fields), interfaces: [] }),
      possibleTypes: named(possible),
    })),
  ];
  const root = (name: string) => (name in objects ? { kind: "OBJECT", name } : null);
  return {
    __schema: {
      queryType: root("Query"),
      mutationType: root("Mutation"),
      subscriptionType: root("Subscription"),
      types,
    },
  } as unknown as Schema;
}
