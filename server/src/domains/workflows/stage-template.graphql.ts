import { BindingInput } from "#domains/workflows/parameter-mutations.graphql.ts";
import { setStageTemplate } from "#domains/workflows/stage-template.service.ts";
import { StageSeedModeEnum } from "#domains/workflows/workflows.enums.graphql.ts";
import { WorkflowType, WorkflowVersionType } from "#domains/workflows/workflows.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { mutation } from "#graphql/mutation.ts";

const InletInput = builder.inputType("StageInletInput", {
  description: "An input of a stage that takes what the stage before it gives.",
  fields: (t) => ({
    port: t.string({ required: true, description: "Name of the outlet that it takes from." }),
    nodeId: t.string({ required: true, description: "A node of the stage." }),
    inputName: t.string({ required: true, description: "The name of its input." }),
  }),
});

const OutletInput = builder.inputType("StageOutletInput", {
  description: "An output of a stage, for the next one or for what comes after the last.",
  fields: (t) => ({
    port: t.string({ required: true, description: "Its name." }),
    nodeId: t.string({ required: true, description: "A node of the stage." }),
    output: t.int({ defaultValue: 0, description: "Which of its outputs, from 0." }),
  }),
});

const StageInput = builder.inputType("StageInput", {
  description: "The nodes that make one stage, and where they are open.",
  fields: (t) => ({
    nodes: t.stringList({ required: true, description: "Ids of its nodes." }),
    inlets: t.field({ type: [InletInput], description: "What it takes from the stage before it." }),
    outlets: t.field({
      type: [OutletInput],
      required: true,
      description: "What it gives; every wire that leaves the stage has to be named here.",
    }),
    prompts: t.field({ type: [BindingInput], description: "Prompts that are this stage's alone." }),
    seeds: t.field({ type: [BindingInput], description: "Its samplers' seeds." }),
  }),
});

const TemplateInput = builder.inputType("StageTemplateInput", {
  description: "How the graph is made of stages.",
  fields: (t) => ({
    stages: t.field({
      type: [StageInput],
      required: true,
      description: "The stages that the graph holds, in order; further ones are clones of the last.",
    }),
    seedMode: t.field({
      type: StageSeedModeEnum,
      defaultValue: 0,
      description: "Which seeds the stages have.",
    }),
  }),
});

type Stored = Awaited<ReturnType<typeof setStageTemplate>>;

mutation("setStageTemplate", {
  description: "Declares how the current version is made of stages, as a new version with the same graph.",
  role: "admin",
  input: builder.inputType("SetStageTemplateInput", {
    description: "Which workflow, and its stages.",
    fields: (t) => ({
      workflowId: t.id({ required: true, description: "Which workflow." }),
      template: t.field({ type: TemplateInput, description: "Its stages; null takes the template away." }),
    }),
  }),
  payload: builder.objectRef<Stored>("SetStageTemplatePayload").implement({
    description: "Answer of a mutation: the workflow with its stages.",
    fields: (t) => ({
      workflow: t.field({ type: WorkflowType, description: "The workflow.", resolve: ({ workflow }) => workflow }),
      version: t.field({
        type: WorkflowVersionType,
        description: "The version that is current now.",
        resolve: ({ version }) => version,
      }),
      isNewVersion: t.exposeBoolean("isNewVersion", {
        description: "False when a version with this graph and template was there already.",
      }),
    }),
  }),
  resolve: async ({ workflowId, template }, { deps }) =>
    setStageTemplate(
      deps,
      requireId("Workflow", workflowId, ["workflowId"]),
      template
        ? {
            seedStep: template.seedMode ?? 0,
            stages: template.stages.map(({ nodes, inlets, outlets, prompts, seeds }) => ({
              nodes,
              inlets: inlets ?? [],
              outlets: outlets.map((outlet) => ({ ...outlet, output: outlet.output ?? 0 })),
              prompts: prompts ?? [],
              seeds: seeds ?? [],
            })),
          }
        : null,
    ),
});
