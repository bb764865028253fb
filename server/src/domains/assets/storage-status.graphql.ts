import type { StorageStatus } from "#domains/assets/storage-status.service.ts";
import { builder } from "#graphql/builder.ts";

export const StorageStatusType = builder.objectRef<StorageStatus>("StorageStatus").implement({
  description: "Where files are kept, and what they take.",
  fields: (t) => ({
    kind: t.exposeString("kind", { description: "disk or s3." }),
    isReachable: t.exposeBoolean("isReachable", { description: "Whether files can be kept and had right now." }),
    files: t.exposeInt("files", { description: "Files, each content counted once; thumbnails are files as well." }),
    bytes: t.exposeFloat("bytes", { description: "What they take, in bytes." }),
  }),
});
