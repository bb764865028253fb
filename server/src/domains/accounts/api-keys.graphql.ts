import { createApiKey, listApiKeys, revokeApiKey } from "#domains/accounts/api-keys.service.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { builder } from "#graphql/builder.ts";
import { encodeId, requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import { ApiKeyScope } from "#platform/db/generated/enums.ts";
import type { ApiKey } from "#platform/db/generated/client.ts";

const ScopeType = builder.enumType(ApiKeyScope, {
  name: "ApiKeyScope",
  description: "What a key may do at most; never more than the person whose it is.",
  values: {
    READ: { description: "Reads." },
    WRITE: { description: "Also writes prompts, submits and reviews." },
    ADMIN: { description: "Everything that the person may do." },
  },
});

const ApiKeyType = builder.objectRef<ApiKey>("ApiKey").implement({
  description: "What a program asks with, in the name of a person.",
  fields: (t) => ({
    id: t.id({ description: "Its id.", resolve: ({ id }) => encodeId("ApiKey", id) }),
    name: t.exposeString("name", { description: "What it is for." }),
    start: t.exposeString("start", { description: "How the key begins, to tell one from another." }),
    scope: t.field({ type: ScopeType, description: "What it may do at most.", resolve: ({ scope }) => scope }),
    createdAt: t.field({ type: "DateTime", description: "When it was made.", resolve: ({ createdAt }) => createdAt }),
    expiresAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it ends by itself; null for never.",
      resolve: ({ expiresAt }) => expiresAt,
    }),
    lastUsedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it was last used, to the minute; null for never.",
      resolve: ({ lastUsedAt }) => lastUsedAt,
    }),
    revokedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it was revoked.",
      resolve: ({ revokedAt }) => revokedAt,
    }),
  }),
});

builder.queryField("apiKeys", (t) =>
  t.field({
    type: [ApiKeyType],
    description: "The viewer's keys that are not revoked, newest first; at most 50.",
    resolve: (_root, _args, { deps, viewer }) => listApiKeys(deps, viewer as Viewer),
  }),
);

mutation("createApiKey", {
  description: "Makes a key of the viewer's. A person does so; a key makes no other keys.",
  role: "viewer",
  input: builder.inputType("CreateApiKeyInput", {
    description: "The new key.",
    fields: (t) => ({
      name: t.string({ required: true, description: "What it is for; 1 to 80 characters." }),
      scope: t.field({ type: ScopeType, required: true, description: "At most the viewer's own role." }),
      expiresAt: t.field({ type: "DateTime", description: "When it ends by itself; never, unless said." }),
    }),
  }),
  payload: builder.objectRef<{ apiKey: ApiKey; secret: string }>("CreateApiKeyPayload").implement({
    description: "Answer of a mutation: the new key.",
    fields: (t) => ({
      apiKey: t.field({ type: ApiKeyType, description: "The new key.", resolve: ({ apiKey }) => apiKey }),
      secret: t.exposeString("secret", {
        description: "The key itself, for `Authorization: Bearer`. It is shown this once and can't be read again.",
      }),
    }),
  }),
  resolve: ({ name, scope, expiresAt }, { deps, viewer }) =>
    createApiKey(deps, viewer, { name, scope, expiresAt: expiresAt == null ? null : new Date(expiresAt) }),
});

mutation("revokeApiKey", {
  description: "Ends a key at once, with what it watches. Whose it is, or ADMIN.",
  role: "viewer",
  input: builder.inputType("RevokeApiKeyInput", {
    description: "What to revoke.",
    fields: (t) => ({ id: t.id({ required: true, description: "Which key." }) }),
  }),
  payload: payloadOf("RevokeApiKeyPayload", "apiKey", ApiKeyType, "The key, revoked."),
  resolve: async (input, { deps, viewer }) => ({
    apiKey: await revokeApiKey(deps, viewer, requireId("ApiKey", input.id)),
  }),
});
