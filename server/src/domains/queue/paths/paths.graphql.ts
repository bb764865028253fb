import type { Viewer } from "#domains/accounts/viewer.ts";
import { browseDirectory, type DirectoryEntry, type DirectoryListing } from "#domains/queue/paths/browse.service.ts";
import { listRecentDirectories } from "#domains/queue/paths/recent-directories.service.ts";
import { builder, defaultPageSize, maxPageSize } from "#graphql/builder.ts";
import { optionalId } from "#graphql/ids.ts";
import { ValidationError } from "#lib/domain-error.ts";
import type { RecentDirectory } from "#platform/db/generated/client.ts";

const KindType = builder.enumType("DirectoryEntryKind", {
  description: "What an entry of a folder is, symlinks resolved.",
  values: {
    FOLDER: { description: "A folder." },
    FILE: { description: "A file." },
  } as const,
});

const EntryType = builder.objectRef<DirectoryEntry>("DirectoryEntry").implement({
  description: "A folder or file of the server, inside the folders that are open for inputs.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "Its name." }),
    path: t.exposeString("path", { description: "Its full path with symlinks resolved, as submitJob takes it." }),
    kind: t.field({ type: KindType, description: "What it is.", resolve: ({ kind }) => kind }),
    bytes: t.float({ nullable: true, description: "Its size; null for a folder.", resolve: ({ bytes }) => bytes }),
    modifiedAt: t.field({
      type: "DateTime",
      description: "When it was last changed.",
      resolve: (entry) => entry.modifiedAt,
    }),
    isMatch: t.exposeBoolean("isMatch", { description: "Whether a job would take the file; false for a folder." }),
    matchCount: t.exposeInt("matchCount", {
      nullable: true,
      description:
        "Files in the folder itself that a job would take; null for a file, and for a folder that can't be read.",
    }),
  }),
});

const ListingType = builder.objectRef<DirectoryListing>("DirectoryListing").implement({
  description: "What a folder of the server holds.",
  fields: (t) => ({
    path: t.exposeString("path", { nullable: true, description: "The folder; null for the list of open folders." }),
    parent: t.exposeString("parent", {
      nullable: true,
      description: "The folder above, while that is open too.",
    }),
    matchCount: t.exposeInt("matchCount", { description: "Files in this folder that a job would take." }),
    totalCount: t.exposeInt("totalCount", { description: "Entries in all." }),
    entries: t.field({
      type: [EntryType],
      description: "The page that was asked for: folders first, in natural order.",
      resolve: ({ entries }) => entries,
    }),
  }),
});

const RecentType = builder.objectRef<RecentDirectory>("RecentDirectory").implement({
  description: "A folder that the viewer took inputs from.",
  fields: (t) => ({
    path: t.exposeString("path", { description: "Its full path." }),
    useCount: t.exposeInt("useCount", { description: "How many submissions took from it." }),
    lastUsedAt: t.field({ type: "DateTime", description: "When the latest did.", resolve: (each) => each.lastUsedAt }),
  }),
});

builder.queryFields((t) => ({
  browseDirectory: t.field({
    type: ListingType,
    description:
      "A folder of the server, among those that are open for inputs (CALLSHEET_INPUT_ROOTS). Hidden files, and links that lead out, are not shown.",
    authScopes: { creator: true },
    complexity: 200,
    args: {
      path: t.arg.string({
        description: "Which folder, also as Windows or WSL write it; the list of open folders unless said.",
      }),
      workflowId: t.arg.id({ description: "Only what this workflow takes counts as a match." }),
      first: t.arg.int({ defaultValue: defaultPageSize, description: `How many entries, at most ${maxPageSize}.` }),
      offset: t.arg.int({ defaultValue: 0, description: "How many to pass over." }),
    },
    resolve: (_root, { path, workflowId, ...page }, { deps }) => {
      const first = page.first ?? defaultPageSize;
      const offset = page.offset ?? 0;
      if (first < 0 || first > maxPageSize)
        throw ValidationError.at(["first"], `first must be between 0 and ${maxPageSize}, not ${first}`);
      if (offset < 0) throw ValidationError.at(["offset"], "offset must not be negative");
      return browseDirectory(deps, {
        path: path ?? undefined,
        workflowId: optionalId("Workflow", workflowId, ["workflowId"]),
        first,
        offset,
      });
    },
  }),
  recentDirectories: t.field({
    type: [RecentType],
    description: "Folders that the viewer took inputs from, the latest first.",
    authScopes: { creator: true },
    resolve: (_root, _args, { deps, viewer }) => listRecentDirectories(deps, viewer as Viewer),
  }),
}));
