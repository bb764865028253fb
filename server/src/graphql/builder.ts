import SchemaBuilder from "@pothos/core";
import ComplexityPlugin from "@pothos/plugin-complexity";
import RelayPlugin from "@pothos/plugin-relay";
import ScopeAuthPlugin from "@pothos/plugin-scope-auth";
import { hasRole } from "#domains/accounts/viewer.ts";
import { decodeId, encodeId } from "#graphql/ids.ts";
import { ValidationError } from "#lib/domain-error.ts";
import type { Context } from "#graphql/context.ts";

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

/**
 * The builder defines no types: each domain's *.graphql.ts does, and schema.ts brings them together.
 * Nothing is open by default: the three root types ask for a role (a test walks the schema to prove it).
 */
export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ScopeAuthPlugin, RelayPlugin, ComplexityPlugin],
  defaultFieldNullability: false,
  scopeAuth: {
    authorizeOnSubscribe: true,
    treatErrorsAsUnauthorized: false,
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
      if (id === null) throw ValidationError.at(["id"], `"${globalId.slice(0, 80)}" is not a global id`);
      return { typename, id };
    },
    nodesOnConnection: { description: "The entries of this page, without their cursors." },
    edgesFieldOptions: { description: "The entries of this page." },
    nodeFieldOptions: { description: "The entry." },
    cursorFieldOptions: { description: "Where this entry stands; give it as `after` or `before`." },
    pageInfoTypeOptions: { description: "Where a page begins and ends." },
    pageInfoFieldOptions: { description: "Where this page begins and ends." },
    nodeTypeOptions: { description: "Anything with a global id." },
    idFieldOptions: { description: "Opaque global id." },
    nodeQueryOptions: { description: "Anything by its global id; null when there is none or the viewer may not see it." },
    nodesQueryOptions: false,
    firstArgOptions: { description: `How many entries, from the start; ${defaultPageSize} unless said, at most ${maxPageSize}.` },
    lastArgOptions: { description: `How many entries, from the end; at most ${maxPageSize}.` },
    afterArgOptions: { description: "Only entries behind this cursor." },
    beforeArgOptions: { description: "Only entries before this cursor." },
    hasNextPageFieldOptions: { description: "Whether more entries follow." },
    hasPreviousPageFieldOptions: { description: "Whether entries come before." },
    startCursorFieldOptions: { description: "Cursor of the first entry." },
    endCursorFieldOptions: { description: "Cursor of the last entry." },
  },
  complexity: {
    defaultComplexity: 1,
    defaultListMultiplier: 5,
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
builder.subscriptionType({ description: "What can be watched live, over WebSocket (graphql-transport-ws).", authScopes: { viewer: true } });
