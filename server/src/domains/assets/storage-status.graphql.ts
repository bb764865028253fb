import { AssetKindType } from "#domains/assets/assets.graphql.ts";
import {
  storagePlace,
  type StorageStatus,
  type StorageUse,
  storageUse,
} from "#domains/assets/storage-status.service.ts";
import { builder } from "#graphql/builder.ts";

const UseType = builder.objectRef<StorageUse>("StorageUse").implement({
  description: "What files of one kind take.",
  fields: (t) => ({
    kind: t.field({
      type: AssetKindType,
      nullable: true,
      description: "Which files; null for bytes that nothing refers to, which the next clean-up takes.",
      resolve: ({ kind }) => kind,
    }),
    files: t.exposeInt("files", { description: "How many, each content counted once." }),
    bytes: t.exposeFloat("bytes", { description: "What they take, in bytes." }),
  }),
});

export const StorageStatusType = builder.objectRef<StorageStatus>("StorageStatus").implement({
  description: "Where files are kept, and what they take.",
  fields: (t) => ({
    kind: t.exposeString("kind", { description: "disk or s3." }),
    isReachable: t.exposeBoolean("isReachable", { description: "Whether files can be kept and had right now." }),
    files: t.exposeInt("files", { description: "Files, each content counted once; thumbnails are files as well." }),
    bytes: t.exposeFloat("bytes", { description: "What they take, in bytes." }),
    place: t.string({
      nullable: true,
      description: "Folder of the server, or bucket and beginning of the keys; for ADMINs, null for others.",
      resolve: (_status, _args, { deps, viewer }) => (viewer?.role === "ADMIN" ? storagePlace(deps) : null),
    }),
    use: t.field({
      type: [UseType],
      description: "The same by kind, the most first.",
      resolve: (_status, _args, { deps }) => storageUse(deps),
    }),
  }),
});
