import { ofProjectOrStudio, requireProject, usableIn, type Viewer } from "#domains/accounts/viewer.ts";
import { applyLibraries, createLibrary, entriesOf } from "#domains/libraries/libraries.service.ts";
import type { Substitution } from "#domains/libraries/logic/substitute-libraries.ts";
import { projectLoader, ProjectType } from "#domains/projects/projects.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { idConnection } from "#graphql/connection.ts";
import { optionalId, requireId } from "#graphql/ids.ts";
import { byId, defineLoader } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import { nameContains } from "#lib/storable-text.ts";
import type { Library } from "#platform/db/generated/client.ts";

export const libraryLoader = defineLoader<Library>(async ({ deps, viewer }, ids) => {
  if (!viewer) return new Map();
  return byId(
    await deps.db.prisma.library.findMany({ where: { AND: [{ id: { in: [...ids] } }, ofProjectOrStudio(viewer)] } }),
  );
});

export const LibraryType = builder.objectRef<Library>("Library");
builder.node(LibraryType, {
  description: "Named text snippets that refer to each other; prompts refer to them as %key%.",
  id: { resolve: (library) => library.id },
  loadOne: (id, context) => libraryLoader(context).load(id),
  fields: (t) => ({
    name: t.exposeString("name", { description: "Unique in its scope: the studio or a project." }),
    delimiter: t.exposeString("delimiter", { description: "What stands before and behind a key in a text." }),
    maxDepth: t.exposeInt("maxDepth", { description: "How many levels of references inside its texts are followed." }),
    keys: t.stringList({
      description: "The keys, sorted.",
      resolve: (library) => Object.keys(entriesOf(library)).toSorted(),
    }),
    entryCount: t.int({
      description: "How many entries it has.",
      resolve: (library) => Object.keys(entriesOf(library)).length,
    }),
    entries: t.field({ type: "JSON", description: "Map of key to text.", resolve: (library) => library.entries }),
    project: t.field({
      type: ProjectType,
      nullable: true,
      description: "The project that it belongs to; null when it is studio-wide.",
      resolve: ({ projectId }, _args, context) => (projectId === null ? null : projectLoader(context).load(projectId)),
    }),
    updatedAt: t.field({
      type: "DateTime",
      description: "When it was last changed.",
      resolve: (library) => library.updatedAt,
    }),
  }),
});

export const LibraryApplicationType = builder.objectRef<Substitution>("LibraryApplication").implement({
  description: "A text with its library references replaced.",
  fields: (t) => ({
    text: t.exposeString("text", { description: "The text as it is now." }),
    replaced: t.exposeStringList("replaced", {
      description: "Keys that were replaced: each once, `library:key` where a library was named.",
    }),
    unknown: t.exposeStringList("unknown", { description: "Keys that no library has; they stay as written." }),
    depthExceeded: t.exposeBoolean("depthExceeded", {
      description: "Whether references were left because maxDepth was reached, or there were too many of them.",
    }),
  }),
});

builder.queryFields((t) => ({
  libraries: t.connection(
    {
      type: LibraryType,
      description: "Studio-wide libraries and those of the viewer's projects, newest first.",
      args: {
        search: t.arg.string({ description: "Part of the name." }),
        forProjectId: t.arg.id({ description: "Only those that this project can use: studio-wide ones and its own." }),
      },
      resolve: (_root, { search, forProjectId, ...args }, context) => {
        const viewer = context.viewer as Viewer;
        const projectId = optionalId("Project", forProjectId, ["forProjectId"]);
        if (projectId !== undefined) requireProject(viewer, projectId, ["forProjectId"]);
        const where = {
          AND: [projectId === undefined ? ofProjectOrStudio(viewer) : usableIn(projectId), nameContains(search)],
        };
        const { library } = context.deps.db.prisma;
        return idConnection(
          args,
          (page) => library.findMany({ ...page, where: { AND: [page.where, where] } }),
          () => library.count({ where }),
        );
      },
    },
    { name: "LibraryConnection", description: "A page of libraries." },
    { name: "LibraryEdge", description: "A library in a page." },
  ),
  applyLibraries: t.field({
    type: LibraryApplicationType,
    description: "Replaces library references in a text, without storing it.",
    args: {
      text: t.arg.string({ required: true, description: "The text." }),
      libraryIds: t.arg.idList({ required: true, description: "Libraries in the order in which keys are looked up." }),
      seed: t.arg({
        type: "BigInt",
        description: "Draws the entries of `%library:*%`; the same seed gives the same text.",
      }),
    },
    complexity: 10,
    resolve: (_root, { text, libraryIds, seed }, { deps, viewer }) =>
      applyLibraries(deps, viewer as Viewer, {
        text,
        libraryIds: libraryIds.map((id, index) => requireId("Library", id, ["libraryIds", String(index)])),
        seed: seed ?? null,
      }),
  }),
}));

mutation("createLibrary", {
  description: "Makes a library.",
  input: builder.inputType("CreateLibraryInput", {
    description: "A new library.",
    fields: (t) => ({
      name: t.string({ required: true, description: "Unique in its scope; 1 to 200 characters." }),
      projectId: t.id({ description: "The project it belongs to; studio-wide unless said." }),
      entries: t.field({ type: "JSON", description: "Map of key to text." }),
      delimiter: t.string({ defaultValue: "%", description: "1 to 8 characters before and behind a key." }),
      maxDepth: t.int({ defaultValue: 10, description: "Levels of references to follow, 1 to 100." }),
    }),
  }),
  payload: payloadOf("CreateLibraryPayload", "library", LibraryType, "The new library."),
  resolve: async (input, { deps, viewer }) => ({
    library: await createLibrary(deps, viewer, {
      name: input.name,
      projectId: optionalId("Project", input.projectId, ["projectId"]),
      entries: input.entries ?? undefined,
      delimiter: input.delimiter ?? undefined,
      maxDepth: input.maxDepth ?? undefined,
    }),
  }),
});
