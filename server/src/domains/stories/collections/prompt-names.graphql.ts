import type { Viewer } from "#domains/accounts/viewer.ts";
import {
  countPromptNames,
  maxMissingScenes,
  type NameScope,
  pageOfPromptNames,
  type PromptNameUse,
} from "#domains/stories/collections/prompt-names.service.ts";
import { StorySceneType } from "#domains/stories/scenes.graphql.ts";
import { sceneLoader } from "#domains/stories/stories.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { readPage, toConnection } from "#graphql/connection.ts";
import { optionalId } from "#graphql/ids.ts";
import { ValidationError } from "#lib/domain-error.ts";

const PromptNameType = builder.objectRef<PromptNameUse>("PromptName").implement({
  description: "A name that some scene has a prompt or composition of, or a key of a backup.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "The name." }),
    sceneCount: t.exposeInt("sceneCount", {
      description: "How many scenes know it, by themselves or from their branch.",
    }),
    missingCount: t.exposeInt("missingCount", { description: "How many scenes do not." }),
    missingIn: t.field({
      type: [StorySceneType],
      description: `The first ${maxMissingScenes} scenes that do not know it: branch by branch, in story order.`,
      resolve: async ({ missingSceneIds }, _args, context) => {
        const scenes = await Promise.all(missingSceneIds.map((id) => sceneLoader(context).load(id)));
        return scenes.filter((scene) => scene !== null);
      },
    }),
  }),
});

builder.queryField("promptNames", (t) =>
  t.connection(
    {
      type: PromptNameType,
      description: "Every name of a prompt that scenes of a branch or project know, sorted.",
      args: {
        branchId: t.arg.id({ description: "The branch; instead of projectId." }),
        projectId: t.arg.id({ description: "The project, with all of its branches; instead of branchId." }),
      },
      resolve: async (_root, { branchId, projectId, ...args }, { deps, viewer }) => {
        const scope = scopeOf(
          optionalId("Branch", branchId, ["branchId"]),
          optionalId("Project", projectId, ["projectId"]),
        );
        const page = readPage(args);
        return toConnection(
          page,
          await pageOfPromptNames(deps, viewer as Viewer, scope, page),
          ({ name }) => [name],
          () => countPromptNames(deps, scope),
        );
      },
    },
    { name: "PromptNameConnection", description: "A page of names." },
    { name: "PromptNameEdge", description: "A name in a page." },
  ),
);

function scopeOf(branchId: string | undefined, projectId: string | undefined): NameScope {
  if (branchId !== undefined && projectId === undefined) return { branchId };
  if (projectId !== undefined && branchId === undefined) return { projectId };
  throw ValidationError.at(["branchId"], "give a branch or a project, one of both");
}
