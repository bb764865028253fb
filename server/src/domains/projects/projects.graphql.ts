import type { Project } from "#platform/db/generated/client.ts";
import { createProject } from "#domains/projects/projects.service.ts";
import { builder } from "#graphql/builder.ts";
import { idConnection } from "#graphql/connection.ts";
import { byId, defineLoader } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import { nameContains } from "#lib/storable-text.ts";
import { type Viewer } from "#domains/accounts/viewer.ts";

const visible = (viewer: Viewer | null) =>
  viewer?.projectIds === "all" ? {} : { id: { in: viewer?.projectIds ?? [] } };

export const projectLoader = defineLoader<Project>(async ({ deps, viewer }, ids) =>
  byId(await deps.db.prisma.project.findMany({ where: { AND: [{ id: { in: [...ids] } }, visible(viewer)] } })),
);

export const ProjectType = builder.objectRef<Project>("Project");
builder.node(ProjectType, {
  description: "A production: its characters, scene types and renders belong together.",
  id: { resolve: (project) => project.id },
  loadOne: (id, context) => projectLoader(context).load(id),
  fields: (t) => ({ name: t.exposeString("name", { description: "Unique in the studio." }) }),
});

builder.queryField("projects", (t) =>
  t.connection(
    {
      type: ProjectType,
      description: "The projects that the viewer is a member of, newest first.",
      args: { search: t.arg.string({ description: "Part of the name." }) },
      resolve: (_root, { search, ...args }, { deps, viewer }) => {
        const where = { AND: [visible(viewer), nameContains(search)] };
        return idConnection(
          args,
          (page) => deps.db.prisma.project.findMany({ ...page, where: { AND: [page.where, where] } }),
          () => deps.db.prisma.project.count({ where }),
        );
      },
    },
    { name: "ProjectConnection", description: "A page of projects." },
    { name: "ProjectEdge", description: "A project in a page." },
  ),
);

mutation("createProject", {
  description: "Makes a project; whoever makes it is a member, as its ADMIN.",
  input: builder.inputType("CreateProjectInput", {
    description: "A new project.",
    fields: (t) => ({ name: t.string({ required: true, description: "Unique in the studio; 1 to 120 characters." }) }),
  }),
  payload: payloadOf("CreateProjectPayload", "project", ProjectType, "The new project."),
  resolve: async (input, { deps, viewer }) => ({ project: await createProject(deps, viewer, input) }),
});
