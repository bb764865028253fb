import type { Viewer } from "#domains/accounts/viewer.ts";
import {
  discardDraft,
  draftMinutes,
  editDraft,
  liveDrafts,
  openDraft,
  saveDraft,
} from "#domains/libraries/drafts.service.ts";
import { libraryLoader, LibraryType } from "#domains/libraries/libraries.graphql.ts";
import { entriesOf } from "#domains/libraries/libraries.service.ts";
import { changedKeys, type EntryConflict, mergeEntries } from "#domains/libraries/logic/merge-entries.ts";
import { projectLoader, ProjectType } from "#domains/projects/projects.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";
import { byId, defineLoader } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import type { LibraryDraft } from "#platform/db/generated/client.ts";

const draftLoader = defineLoader<LibraryDraft>(async ({ deps, viewer }, ids) => {
  if (!viewer) return new Map();
  return byId(
    await deps.db.prisma.libraryDraft.findMany({ where: { AND: [{ id: { in: [...ids] } }, liveDrafts(viewer)] } }),
  );
});

const EntryConflictType = builder.objectRef<EntryConflict>("LibraryEntryConflict").implement({
  description:
    "An entry that the draft and somebody else have changed, each in another way. A text is null where the entry is not there.",
  fields: (t) => ({
    key: t.exposeString("key", { description: "The entry's key." }),
    base: t.exposeString("base", { nullable: true, description: "Its text when the draft was opened." }),
    mine: t.exposeString("mine", { nullable: true, description: "Its text in the draft." }),
    theirs: t.exposeString("theirs", { nullable: true, description: "Its text in the library now." }),
  }),
});

const LibraryDraftType = builder.objectRef<LibraryDraft>("LibraryDraft");
builder.node(LibraryDraftType, {
  description: `What the viewer is writing: a library's next state, or a new library. Nobody else sees it, and it is forgotten ${draftMinutes} minutes after the last edit.`,
  id: { resolve: (draft) => draft.id },
  loadOne: (id, context) => draftLoader(context).load(id),
  fields: (t) => ({
    name: t.exposeString("name", { description: "The name that the library will have." }),
    delimiter: t.exposeString("delimiter", { description: "What will stand before and behind a key in a text." }),
    maxDepth: t.exposeInt("maxDepth", { description: "How many levels of references will be followed." }),
    keys: t.stringList({
      description: "The keys, sorted.",
      resolve: (draft) => Object.keys(entriesOf(draft)).toSorted(),
    }),
    entries: t.field({ type: "JSON", description: "Map of key to text.", resolve: (draft) => draft.entries }),
    base: t.field({
      type: "JSON",
      description: "Map of key to text as the library was when the draft was opened; empty for a new one.",
      resolve: (draft) => draft.base,
    }),
    changedKeys: t.stringList({
      description: "Keys of the entries that the draft adds, changes or takes away, sorted.",
      resolve: (draft) => changedKeys(draft.base as Record<string, string>, entriesOf(draft)),
    }),
    library: t.field({
      type: LibraryType,
      nullable: true,
      description: "The library as it is now; null for a new one, and when it was deleted meanwhile.",
      resolve: ({ libraryId }, _args, context) => (libraryId === null ? null : libraryLoader(context).load(libraryId)),
    }),
    project: t.field({
      type: ProjectType,
      nullable: true,
      description: "The project that the library belongs to; null when it is studio-wide.",
      resolve: ({ projectId }, _args, context) => (projectId === null ? null : projectLoader(context).load(projectId)),
    }),
    isOutdated: t.boolean({
      description: "Whether the library was changed since the draft was opened.",
      resolve: async ({ libraryId, baseVersion }, _args, context) =>
        libraryId !== null && (await libraryLoader(context).load(libraryId))?.version !== baseVersion,
    }),
    conflicts: t.field({
      type: [EntryConflictType],
      description: "Entries that both have changed, by key; MERGE takes the draft's.",
      resolve: async (draft, _args, context) => {
        const library = draft.libraryId === null ? null : await libraryLoader(context).load(draft.libraryId);
        if (!library || library.version === draft.baseVersion) return [];
        return mergeEntries(draft.base as Record<string, string>, entriesOf(draft), entriesOf(library)).conflicts;
      },
    }),
    updatedAt: t.field({
      type: "DateTime",
      description: "When it was last edited.",
      resolve: (draft) => draft.updatedAt,
    }),
    expiresAt: t.field({
      type: "DateTime",
      description: "When it is forgotten unless it is edited before.",
      resolve: (draft) => draft.expiresAt,
    }),
  }),
});

builder.queryField("libraryDrafts", (t) =>
  t.field({
    type: [LibraryDraftType],
    description: "The viewer's open drafts, the one that was edited last first.",
    complexity: 10,
    args: { libraryId: t.arg.id({ description: "Only the one of this library." }) },
    resolve: (_root, args, { deps, viewer }) => {
      const libraryId = optionalId("Library", args.libraryId, ["libraryId"]);
      return deps.db.prisma.libraryDraft.findMany({
        where: { AND: [liveDrafts(viewer as Viewer), libraryId === undefined ? {} : { libraryId }] },
        orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
      });
    },
  }),
);

const draftPayload = payloadOf("LibraryDraftPayload", "draft", LibraryDraftType, "The draft as it is now.");

mutation("openLibraryDraft", {
  description:
    "Begins to edit a library, or a new one, aside. Who has a draft of the library open already gets it back.",
  input: builder.inputType("OpenLibraryDraftInput", {
    description: "What to edit.",
    fields: (t) => ({
      libraryId: t.id({ description: "The library; leave it out for a new one." }),
      projectId: t.id({ description: "The project of a new library; studio-wide unless said." }),
      name: t.string({ description: "The name of a new library; 1 to 200 characters." }),
    }),
  }),
  payload: draftPayload,
  resolve: async ({ libraryId, projectId, name }, { deps, viewer }) => ({
    draft: await openDraft(deps, viewer, {
      libraryId: optionalId("Library", libraryId, ["libraryId"]),
      projectId: optionalId("Project", projectId, ["projectId"]),
      name: name ?? undefined,
    }),
  }),
});

const RenameInput = builder.inputType("RenameLibraryEntryInput", {
  description: "Another key for an entry. References to it in texts are left as they are written.",
  fields: (t) => ({
    from: t.string({ required: true, description: "The key that it has." }),
    to: t.string({ required: true, description: "The key that it shall have; a taken one is refused." }),
  }),
});

mutation("editLibraryDraft", {
  description:
    "Changes what is given of a draft: removals first, then renames, then texts. Each edit keeps it for another while.",
  input: builder.inputType("EditLibraryDraftInput", {
    description: "What to change.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which draft." }),
      name: t.string({ description: "The library's name; 1 to 200 characters." }),
      delimiter: t.string({ description: "1 to 8 characters before and behind a key." }),
      maxDepth: t.int({ description: "Levels of references to follow, 1 to 100." }),
      setEntries: t.field({ type: "JSON", description: "Map of key to text: adds or replaces these entries." }),
      removeKeys: t.stringList({ description: "Takes these entries away; keys that are not there are no error." }),
      renames: t.field({ type: [RenameInput], description: "Gives entries other keys, in this order." }),
    }),
  }),
  payload: draftPayload,
  resolve: async (input, { deps, viewer }) => ({
    draft: await editDraft(deps, viewer, {
      id: requireId("LibraryDraft", input.id, ["id"]),
      name: input.name ?? undefined,
      delimiter: input.delimiter ?? undefined,
      maxDepth: input.maxDepth ?? undefined,
      setEntries: input.setEntries ?? undefined,
      removeKeys: input.removeKeys ?? undefined,
      renames: input.renames ?? undefined,
    }),
  }),
});

const OnChanged = builder.enumType("OnLibraryChanged", {
  description: "What to do when the library was changed since the draft was opened.",
  values: {
    REFUSE: { description: "Save nothing and say so: LIBRARY_CHANGED. The draft's conflicts tell what differs." },
    MERGE: {
      description:
        "Keep the changed entries of both; where both changed one, the draft's. Name, delimiter and depth are the draft's.",
    },
    REPLACE: { description: "The draft as it is, whatever was changed meanwhile." },
  } as const,
});

mutation("saveLibraryDraft", {
  description: "Publishes a draft and ends it. When its library was deleted meanwhile, it becomes a new one.",
  input: builder.inputType("SaveLibraryDraftInput", {
    description: "Which draft, and how.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which draft." }),
      onChanged: t.field({
        type: OnChanged,
        defaultValue: "REFUSE",
        description: "What to do when the library was changed meanwhile.",
      }),
    }),
  }),
  payload: payloadOf("SaveLibraryDraftPayload", "library", LibraryType, "The library as it is now."),
  resolve: async (input, { deps, viewer }) => ({
    library: await saveDraft(deps, viewer, {
      id: requireId("LibraryDraft", input.id, ["id"]),
      onChanged: input.onChanged ?? "REFUSE",
    }),
  }),
});

mutation("discardLibraryDraft", {
  description: "Gives a draft up; the library stays as it is.",
  input: builder.inputType("DiscardLibraryDraftInput", {
    description: "Which draft.",
    fields: (t) => ({ id: t.id({ required: true, description: "Which draft." }) }),
  }),
  payload: builder.objectRef<{ deletedId: string }>("DiscardLibraryDraftPayload").implement({
    description: "Answer of a mutation: the id that the draft had.",
    fields: (t) => ({ deletedId: t.exposeID("deletedId", { description: "The id that the draft had." }) }),
  }),
  resolve: async (input, { deps, viewer }) => {
    await discardDraft(deps, viewer, requireId("LibraryDraft", input.id, ["id"]));
    return { deletedId: input.id };
  },
});
