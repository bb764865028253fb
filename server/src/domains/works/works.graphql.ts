import { requireProject, type Viewer } from "#domains/accounts/viewer.ts";
import { userLoader, UserType } from "#domains/accounts/accounts.graphql.ts";
import { projectLoader, ProjectType } from "#domains/projects/projects.graphql.ts";
import { deletedPayload, idInput } from "#domains/stories/deleted.graphql.ts";
import { visibleWorks } from "#domains/works/visible-works.ts";
import { workLoader } from "#domains/works/works.loaders.ts";
import { createWork, deleteWork, updateWork } from "#domains/works/works.service.ts";
import { builder } from "#graphql/builder.ts";
import { idConnection } from "#graphql/connection.ts";
import { decodeId, optionalId, requireId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import { escapeLike, searchTerm } from "#lib/storable-text.ts";
import type { Work } from "#platform/db/generated/client.ts";

export const WorkType = builder.objectRef<Work>("Work");
builder.node(WorkType, {
  description: "A novel or web series: its translated chapters are what scenes are written from.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => workLoader(context).load(id),
  fields: (t) => ({
    title: t.exposeString("title", { description: "What it is called." }),
    author: t.exposeString("author", { description: "Who wrote it; may be empty." }),
    description: t.exposeString("description", { description: "What it is about; may be empty." }),
    language: t.exposeString("language", { description: "The language that it is written in, as prompts name it." }),
    targetLanguage: t.exposeString("targetLanguage", {
      description: "The language that it is translated into unless somebody says otherwise.",
    }),
    glossary: t.exposeString("glossary", { description: "How names and terms are translated, for prompts." }),
    project: t.field({
      type: ProjectType,
      nullable: true,
      description: "The project that it belongs to; null when it is studio-wide.",
      resolve: ({ projectId }, _args, context) => (projectId === null ? null : projectLoader(context).load(projectId)),
    }),
    createdBy: t.field({
      type: UserType,
      description: "Who added it.",
      resolve: async ({ createdById }, _args, context) =>
        expectLoaded(await userLoader(context).load(createdById), "Who added the work"),
    }),
    createdAt: t.field({ type: "DateTime", description: "When it was added.", resolve: ({ createdAt }) => createdAt }),
    updatedAt: t.field({
      type: "DateTime",
      description: "When it or one of its chapters was last changed.",
      resolve: ({ updatedAt }) => updatedAt,
    }),
  }),
});

builder.queryFields((t) => ({
  work: t.field({
    type: WorkType,
    nullable: true,
    description: "One work; null when there is none or the viewer may not see it.",
    args: { id: t.arg.id({ required: true, description: "Its id." }) },
    resolve: (_root, args, context) => {
      const id = decodeId("Work", args.id);
      return id === null ? null : workLoader(context).load(id);
    },
  }),
  works: t.connection(
    {
      type: WorkType,
      description: "Studio-wide works and those of the viewer's projects, newest first.",
      args: {
        search: t.arg.string({ description: "Part of the title, the author or the description." }),
        projectId: t.arg.id({ description: "Only those of this project." }),
      },
      resolve: (_root, { search, projectId, ...args }, { deps, viewer }) => {
        const ofProject = optionalId("Project", projectId, ["projectId"]);
        if (ofProject !== undefined) requireProject(viewer as Viewer, ofProject, ["projectId"]);
        const term = searchTerm(search);
        const contains = term && { contains: escapeLike(term), mode: "insensitive" as const };
        const where = {
          AND: [
            visibleWorks(viewer),
            ofProject === undefined ? {} : { projectId: ofProject },
            contains ? { OR: [{ title: contains }, { author: contains }, { description: contains }] } : {},
          ],
        };
        const { work } = deps.db.prisma;
        return idConnection(
          args,
          (page) => work.findMany({ ...page, where: { AND: [page.where, where] } }),
          () => work.count({ where }),
        );
      },
    },
    { name: "WorkConnection", description: "A page of works." },
    { name: "WorkEdge", description: "A work in a page." },
  ),
}));

mutation("createWork", {
  description: "Adds a work, without chapters yet.",
  input: builder.inputType("CreateWorkInput", {
    description: "A new work.",
    fields: (t) => ({
      title: t.string({ required: true, description: "What it is called; 1 to 300 characters." }),
      language: t.string({
        required: true,
        description: "The language that it is written in, as prompts name it: Japanese.",
      }),
      targetLanguage: t.string({ description: "The language that it is translated into; English unless said." }),
      projectId: t.id({ description: "The project it belongs to; studio-wide unless said." }),
      author: t.string({ description: "Who wrote it." }),
      description: t.string({ description: "What it is about." }),
      glossary: t.string({ description: "How names and terms are translated, for prompts; up to 50,000 characters." }),
    }),
  }),
  payload: payloadOf("CreateWorkPayload", "work", WorkType, "The new work."),
  resolve: async (input, { deps, viewer }) => ({
    work: await createWork(deps, viewer, {
      title: input.title,
      language: input.language,
      targetLanguage: input.targetLanguage ?? undefined,
      projectId: optionalId("Project", input.projectId, ["projectId"]),
      author: input.author ?? undefined,
      description: input.description ?? undefined,
      glossary: input.glossary ?? undefined,
    }),
  }),
});

mutation("updateWork", {
  description: "Changes what is said of a work. Translations that have begun stay as they are.",
  input: builder.inputType("UpdateWorkInput", {
    description: "What to change; fields left out stay.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The work." }),
      title: t.string({ description: "What it is called; 1 to 300 characters." }),
      language: t.string({ description: "The language that it is written in." }),
      targetLanguage: t.string({ description: "The language that it is translated into." }),
      author: t.string({ description: "Who wrote it." }),
      description: t.string({ description: "What it is about." }),
      glossary: t.string({ description: "How names and terms are translated, for prompts." }),
    }),
  }),
  payload: payloadOf("UpdateWorkPayload", "work", WorkType, "The work as it is now."),
  resolve: async (input, { deps, viewer }) => ({
    work: await updateWork(deps, viewer, requireId("Work", input.id), {
      title: input.title ?? undefined,
      language: input.language ?? undefined,
      targetLanguage: input.targetLanguage ?? undefined,
      author: input.author ?? undefined,
      description: input.description ?? undefined,
      glossary: input.glossary ?? undefined,
    }),
  }),
});

mutation("deleteWork", {
  description: "Deletes a work with its chapters, its prompt and all translations.",
  input: idInput("DeleteWorkInput", "work"),
  payload: deletedPayload("DeleteWorkPayload", "Work"),
  resolve: async (input, { deps, viewer }) => {
    const id = requireId("Work", input.id);
    await deleteWork(deps, viewer, id);
    return { id };
  },
});
