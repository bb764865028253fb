import { userLoader, UserType } from "#domains/accounts/accounts.graphql.ts";
import { changePage, changePageLoader, cursorOfChange } from "#domains/stories/branch-pages.loaders.ts";
import { SceneAssetFieldType, SceneAssetType } from "#domains/stories/scene-assets/scene-assets.graphql.ts";
import { changeLoader, changeSummaryLoader } from "#domains/stories/stories.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { readPage, toConnection } from "#graphql/connection.ts";
import { encodeId } from "#graphql/ids.ts";
import type { SceneAssetChange } from "#platform/db/generated/client.ts";
import { SceneAssetOrigin } from "#platform/db/generated/enums.ts";

const OriginType = builder.enumType(SceneAssetOrigin, {
  name: "SceneAssetOrigin",
  description: "What changed a scene asset.",
  values: {
    PERSON: { description: "A person." },
    GENERATION: { description: "A picture that was made for it." },
    INHERITANCE: { description: "A person's choice when it was inherited." },
  },
});

/** Pictures are told by their global id, all else as it is. */
const valueOf = (field: SceneAssetField, value: unknown): unknown =>
  field === "IMAGE" && typeof value === "string" ? encodeId("Asset", value) : (value ?? null);
type SceneAssetField = SceneAssetChange["field"];

const ChangeType = builder.objectRef<SceneAssetChange>("SceneAssetChange");
builder.node(ChangeType, {
  description: "A field of a scene asset that was changed.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => changeLoader(context).load(id),
  fields: (t) => ({
    field: t.field({ type: SceneAssetFieldType, description: "Which field.", resolve: ({ field }) => field }),
    origin: t.field({ type: OriginType, description: "What changed it.", resolve: ({ origin }) => origin }),
    before: t.field({
      type: "JSON",
      nullable: true,
      description: "What it was; a picture by its id. Null: nothing.",
      resolve: ({ field, before }) => valueOf(field, before),
    }),
    after: t.field({
      type: "JSON",
      nullable: true,
      description: "What it became; a picture by its id. Null: nothing.",
      resolve: ({ field, after }) => valueOf(field, after),
    }),
    reason: t.exposeString("reason", { nullable: true, description: "Why, where somebody said it." }),
    user: t.field({
      type: UserType,
      nullable: true,
      description: "Who changed it; null when nobody did, or the person is gone.",
      resolve: ({ userId }, _args, context) => (userId ? userLoader(context).load(userId) : null),
    }),
    createdAt: t.field({ type: "DateTime", description: "When.", resolve: ({ createdAt }) => createdAt }),
  }),
});

builder.objectField(SceneAssetType, "changes", (t) =>
  t.connection(
    {
      type: ChangeType,
      description: "Its audit trail, newest first.",
      resolve: async ({ id }, args, context) => {
        const page = readPage(args);
        const rows = await changePageLoader(context).load(id, changePage(page));
        return toConnection(
          page,
          page.backward ? rows.toReversed() : rows,
          cursorOfChange,
          async () => (await changeSummaryLoader(context).load(id))?.count ?? 0,
        );
      },
    },
    { name: "SceneAssetChangeConnection", description: "A page of changes." },
    { name: "SceneAssetChangeEdge", description: "A change in a page." },
  ),
);
