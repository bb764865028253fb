import { requireProject, type Viewer } from "#domains/accounts/viewer.ts";
import { FacetCountType } from "#domains/fragments/fragment-bulk.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId } from "#graphql/ids.ts";
import { countMetadataKeys } from "#domains/prompts/metadata-keys.service.ts";

builder.queryField("metadataKeys", (t) =>
  t.field({
    type: [FacetCountType],
    description:
      "Keys in the metadata of characters, with how many have them, the most frequent first: what {placeholders} can name. At most 500.",
    complexity: 10,
    args: { projectId: t.arg.id({ description: "Only of characters of this project." }) },
    resolve: (_root, args, { deps, viewer }) => {
      const projectId = optionalId("Project", args.projectId, ["projectId"]);
      if (projectId !== undefined) requireProject(viewer as Viewer, projectId);
      const { projectIds } = viewer as Viewer;
      const visible = projectIds === "all" ? null : projectIds;
      return countMetadataKeys(deps, projectId === undefined ? visible : [projectId]);
    },
  }),
);
