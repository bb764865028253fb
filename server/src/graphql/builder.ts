import SchemaBuilder from "@pothos/core";
import ComplexityPlugin from "@pothos/plugin-complexity";
import RelayPlugin from "@pothos/plugin-relay";
import ScopeAuthPlugin from "@pothos/plugin-scope-auth";
import { getNullableType, GraphQLError, isInterfaceType, isListType, isObjectType } from "graphql";
import { hasRole } from "#domains/accounts/viewer.ts";
import { decodeId, encodeId } from "#graphql/ids.ts";
import type { Context } from "#graphql/context.ts";
import { nodeIds } from "#graphql/node-ids.ts";

interface SchemaTypes {
  Context: Context;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  AuthScopes: { viewer: boolean; creator: boolean; admin: boolean };
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date | string };
    JSON: { Input: unknown; Output: unknown };
    BigInt: { Input: bigint; Output: bigint | string };
  };
  Connection: { totalCount: () => number | Promise<number> };
}

/** Pages hold 50 entries unless asked otherwise, and never more than 200. */
export const defaultPageSize = 50;
export const maxPageSize = 200;

/** Entries that a list without pages is taken to have, such as the slots of a workflow. */
const plainListSize = 10;
/** The multiplier of a connection stands at the field that has its arguments, so that its lists count once. */
const once = { field: 1, multiplier: 1 };

function pageSizeOf(args: object, field: { args: readonly { name: string }[] }): number | undefined {
  const has = (name: string): boolean => field.args.some((argument) => argument.name === name);
  if (!has("first")) return undefined;
  const { first, last } = args as { first?: number | null; last?: number | null };
  return Math.min(Math.max(first ?? last ?? (has("after") ? defaultPageSize : plainListSize), 1), maxPageSize);
}

/**
 * The builder defines no types: each domain's *.graphql.ts does, and schema.ts brings them together.
 * Nothing is open by default: the three root types ask for a role (a test walks the schema to prove it).
 */
export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ScopeAuthPlugin, RelayPlugin, ComplexityPlugin, nodeIds],
  defaultFieldNullability: false,
  scopeAuth: {
    authorizeOnSubscribe: true,
    treatErrorsAsUnauthorized: false,
    unauthorizedError: (_parent, context, info) =>
      context.viewer === null
        ? new GraphQLError("Sign in first.", { extensions: { code: "UNAUTHENTICATED" } })
        : new GraphQLError(`${info.fieldName} is not open to the role ${context.viewer.role}.`, {
            extensions: { code: "FORBIDDEN" },
          }),
    authScopes: (context) => ({
      viewer: hasRole(context.viewer, "VIEWER"),
      creator: hasRole(context.viewer, "CREATOR"),
      admin: hasRole(context.viewer, "ADMIN"),
    }),
  },
  relay: {
    encodeGlobalID: (typename, id) => encodeId(typename, String(id)),
    decodeGlobalID: (globalId) => {
      const [typename = ""] = Buffer.from(globalId, "base64").toString("utf8").split(":");
      const id = decodeId(typename, globalId);
      return id === null ? { typename: "", id: "" } : { typename, id };
    },
    nodesOnConnection: { description: "The entries of this page, without their cursors.", complexity: once },
    edgesFieldOptions: { description: "The entries of this page.", complexity: once },
    nodeFieldOptions: { description: "The entry." },
    cursorFieldOptions: { description: "Where this entry stands; give it as `after` or `before`." },
    pageInfoTypeOptions: { description: "Where a page begins and ends." },
    pageInfoFieldOptions: { description: "Where this page begins and ends." },
    nodeTypeOptions: { description: "Anything with a global id." },
    idFieldOptions: { description: "Opaque global id." },
    nodeQueryOptions: {
      description: "Anything by its global id; null when there is none or the viewer may not see it.",
      args: { id: { description: "Its global id." } },
      // Junk and ids of things that are no nodes are answered here: asking a loader for them would be an error.
      resolve: (_root, { id }, _context, { schema }, load) => {
        const type = schema.getType(id.typename);
        const isNode =
          isObjectType(type) && type.getInterfaces().some((each) => isInterfaceType(each) && each.name === "Node");
        return isNode ? load(id) : null;
      },
    },
    nodesQueryOptions: false,
    firstArgOptions: {
      description: `How many entries, from the start; ${defaultPageSize} unless said, at most ${maxPageSize}.`,
    },
    lastArgOptions: { description: `How many entries, from the end; at most ${maxPageSize}.` },
    afterArgOptions: { description: "Only entries behind this cursor." },
    beforeArgOptions: { description: "Only entries before this cursor." },
    hasNextPageFieldOptions: { description: "Whether more entries follow." },
    hasPreviousPageFieldOptions: { description: "Whether entries come before." },
    startCursorFieldOptions: { description: "Cursor of the first entry." },
    endCursorFieldOptions: { description: "Cursor of the last entry." },
  },
  complexity: {
    // A page counts as many entries as were asked for; lists without pages are short by nature.
    fieldComplexity: (args, _context, field) => ({
      field: 1,
      multiplier: pageSizeOf(args, field) ?? (isListType(getNullableType(field.type)) ? plainListSize : 1),
    }),
  },
});

builder.globalConnectionField("totalCount", (t) =>
  t.int({
    description: "How many entries there are in all, over every page.",
    resolve: (connection) => connection.totalCount(),
  }),
);
builder.queryType({ description: "What can be read.", authScopes: { viewer: true } });
builder.mutationType({ description: "What can be done.", authScopes: { creator: true } });
builder.subscriptionType({
  description: "What can be watched live, over WebSocket (graphql-transport-ws).",
  authScopes: { viewer: true },
});
