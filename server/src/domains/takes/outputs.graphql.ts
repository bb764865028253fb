import type { Viewer } from "#domains/accounts/viewer.ts";
import { AssetType } from "#domains/assets/assets.graphql.ts";
import { findOutputs, type OutputMedia } from "#domains/takes/find-outputs.ts";
import { TakeStatusType } from "#domains/takes/takes.enums.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId } from "#graphql/ids.ts";

const OutputMediaType = builder.enumType("OutputMedia", {
  description: "What an output is to look at.",
  values: {
    IMAGE: { description: "A picture." },
    VIDEO: { description: "A clip." },
    AUDIO: { description: "A sound." },
  } satisfies Record<OutputMedia, object>,
});

builder.queryFields((t) => ({
  outputs: t.connection(
    {
      type: AssetType,
      description: "Output assets, newest first. All filters that are given must fit.",
      args: {
        workflowId: t.arg.id({ description: "Only what this workflow made." }),
        projectId: t.arg.id({ description: "Only of this project." }),
        search: t.arg.string({
          description: "Words, or beginnings of words, of the prompts or of the models' file names; all must occur.",
        }),
        seed: t.arg({ type: "BigInt", description: "Only what was made with this seed." }),
        media: t.arg({ type: OutputMediaType, description: "Only pictures, clips or sounds." }),
        sceneTypeId: t.arg.id({ description: "Only of takes of this scene type." }),
        characterId: t.arg.id({ description: "Only of takes for this character." }),
        takeStatus: t.arg({ type: [TakeStatusType], description: "Only of takes in one of these states." }),
        createdAfter: t.arg({ type: "DateTime", description: "Only from this moment on." }),
        createdBefore: t.arg({ type: "DateTime", description: "Only from before this moment." }),
      },
      resolve: (_root, { workflowId, projectId, sceneTypeId, characterId, ...args }, { deps, viewer }) =>
        findOutputs(
          deps,
          viewer as Viewer,
          {
            ...args,
            workflowId: optionalId("Workflow", workflowId, ["workflowId"]),
            projectId: optionalId("Project", projectId, ["projectId"]),
            sceneTypeId: optionalId("SceneType", sceneTypeId, ["sceneTypeId"]),
            characterId: optionalId("Character", characterId, ["characterId"]),
          },
          args,
        ),
    },
    { name: "AssetConnection", description: "A page of assets." },
    { name: "AssetEdge", description: "An asset in a page." },
  ),
}));
