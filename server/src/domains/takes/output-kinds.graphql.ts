import { ArtifactKindType } from "#domains/takes/takes.graphql.ts";
import { type OutputKind, setOutputKinds } from "#domains/takes/output-kinds.service.ts";
import { WorkflowType } from "#domains/workflows/workflows.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { defineListLoader } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

const outputKindsLoader = defineListLoader<OutputKind & { workflowId: string }>(
  ({ deps }, workflowIds) =>
    deps.db.prisma.workflowOutputKind.findMany({
      where: { workflowId: { in: [...workflowIds] } },
      orderBy: { nodeId: "asc" },
    }),
  ({ workflowId }) => workflowId,
);

const OutputKindType = builder.objectRef<OutputKind>("OutputKind").implement({
  description: "What the files of one of a workflow's nodes are.",
  fields: (t) => ({
    nodeId: t.exposeString("nodeId", { description: "The node that saves them." }),
    kind: t.field({ type: ArtifactKindType, description: "What they are.", resolve: ({ kind }) => kind }),
  }),
});

builder.objectField(WorkflowType, "outputKinds", (t) =>
  t.field({
    type: [OutputKindType],
    description: "What the files of its nodes are; of those that are not named, class and title tell.",
    resolve: ({ id }, _args, context) => outputKindsLoader(context).load(id),
  }),
);

mutation("setOutputKinds", {
  description: "Says what the files of a workflow's output nodes are, in place of what was said before.",
  role: "admin",
  input: builder.inputType("SetOutputKindsInput", {
    description: "Which workflow, and what its nodes save.",
    fields: (t) => ({
      workflowId: t.id({ required: true, description: "The workflow." }),
      kinds: t.field({
        type: [
          builder.inputType("OutputKindInput", {
            description: "What the files of a node are.",
            fields: (t) => ({
              nodeId: t.string({ required: true, description: "The node that saves them." }),
              kind: t.field({ type: ArtifactKindType, required: true, description: "What they are." }),
            }),
          }),
        ],
        required: true,
        description: "By node; nodes that are left out are told by class and title.",
      }),
    }),
  }),
  payload: payloadOf("SetOutputKindsPayload", "workflow", WorkflowType, "The workflow."),
  resolve: async ({ workflowId, kinds }, { deps }) => ({
    workflow: await setOutputKinds(deps, requireId("Workflow", workflowId, ["workflowId"]), kinds),
  }),
});
