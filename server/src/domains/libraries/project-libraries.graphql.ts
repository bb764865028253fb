import { LibraryType } from "#domains/libraries/libraries.graphql.ts";
import { setProjectLibraries } from "#domains/libraries/project-libraries.service.ts";
import { ProjectType } from "#domains/projects/projects.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { defineListLoader } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

const attachedLoader = defineListLoader(
  ({ deps }, projectIds) =>
    deps.db.prisma.projectLibrary.findMany({
      where: { projectId: { in: [...projectIds] } },
      orderBy: { position: "asc" },
      include: { library: true },
    }),
  (attached) => attached.projectId,
);

builder.objectField(ProjectType, "libraries", (t) =>
  t.field({
    type: [LibraryType],
    description: "The libraries whose references are replaced in its prompts, in the order of look-up.",
    resolve: async (project, _args, context) =>
      (await attachedLoader(context).load(project.id)).map(({ library }) => library),
  }),
);

mutation("setProjectLibraries", {
  description: "Attaches libraries to a project, in place of those it has.",
  input: builder.inputType("SetProjectLibrariesInput", {
    description: "Which libraries, in which order.",
    fields: (t) => ({
      projectId: t.id({ required: true, description: "The project." }),
      libraryIds: t.idList({
        required: true,
        description:
          "Studio-wide libraries or the project's own, in the order in which keys are looked up; at most 20.",
      }),
    }),
  }),
  payload: payloadOf("SetProjectLibrariesPayload", "project", ProjectType, "The project with its libraries."),
  resolve: async (input, { deps, viewer }) => ({
    project: await setProjectLibraries(
      deps,
      viewer,
      requireId("Project", input.projectId, ["projectId"]),
      input.libraryIds.map((id, index) => requireId("Library", id, ["libraryIds", String(index)])),
    ),
  }),
});
