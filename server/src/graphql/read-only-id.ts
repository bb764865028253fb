import { execute, type GraphQLSchema, parse } from "graphql";
import type { Viewer } from "#domains/accounts/viewer.ts";
import type { Context } from "#graphql/context.ts";

/** How anything is found by its id, with all that guards it. */
const lookUp = parse("query ($id: ID!) { node(id: $id) { __typename } }");

/** Ids of an input that are looked at. */
const maxIds = 50;

/**
 * Where in an input the first id stands of something that the viewer may read, but that the one who writes does not see: the
 * reason why it was not found. Undefined when nobody sees it.
 */
export async function readOnlyId(
  input: unknown,
  context: Context,
  writer: Viewer,
  schema: GraphQLSchema,
): Promise<string[] | undefined> {
  // Contexts of their own: loaders remember what they have found for one.
  const isSeen = async (id: string, contextValue: Context): Promise<boolean> => {
    const { data } = await execute({ schema, document: lookUp, variableValues: { id }, contextValue });
    return data?.["node"] != null;
  };
  const reading = { ...context };
  const writing = { ...context, viewer: writer };
  for (const { path, text } of textsOf(input).slice(0, maxIds)) {
    if ((await isSeen(text, reading)) && !(await isSeen(text, writing))) return path;
  }
  return undefined;
}

/** Every text of an input that may be a global id, and where it stands. */
function textsOf(value: unknown, path: string[] = []): { path: string[]; text: string }[] {
  if (typeof value === "string") return /^[\w+/-]{40,100}={0,2}$/.test(value) ? [{ path, text: value }] : [];
  if (typeof value !== "object" || value === null || value instanceof Date) return [];
  return Object.entries(value).flatMap(([key, each]) => textsOf(each, [...path, key]));
}
