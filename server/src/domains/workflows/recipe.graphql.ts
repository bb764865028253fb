import type { ObjectRef } from "@pothos/core";
import type { ParameterBinding } from "#domains/workflows/logic/parameter.ts";
import type {
  StageInlet,
  StageOutlet,
  StagePart,
  StageTemplate,
} from "#domains/workflows/logic/stages/stage-template.ts";
import type { WorkflowTiming } from "#domains/workflows/logic/timing.ts";
import { BindingType } from "#domains/workflows/parameters.graphql.ts";
import { StageSeedModeEnum } from "#domains/workflows/workflows.enums.graphql.ts";
import { recipeLoader } from "#domains/workflows/workflows.loaders.ts";
import { builder } from "#graphql/builder.ts";

const TimingType = builder.objectRef<WorkflowTiming>("WorkflowTiming").implement({
  description: "How long what a workflow makes is, as its graph says; null where it does not say.",
  fields: (t) => ({
    fps: t.exposeFloat("fps", { nullable: true, description: "Frames per second of the file." }),
    framesPerStage: t.int({
      nullable: true,
      description: "Frames that one stage makes.",
      resolve: ({ framesPerStage }) => (framesPerStage === null ? null : Math.round(framesPerStage)),
    }),
    durationSecs: t.exposeFloat("durationSecs", { nullable: true, description: "Of all stages that the graph has." }),
  }),
});

type Clip = ParameterBinding & { number: number };

const ClipType = builder.objectRef<Clip>("Clip").implement({
  description: "The prompt of one stage of a split-prompt workflow.",
  fields: (t) => ({
    number: t.exposeInt("number", { description: "1, 2, 3… in the order of the stages." }),
    label: t.string({ description: "Name for people: Clip 1, Clip 2…", resolve: ({ number }) => `Clip ${number}` }),
    key: t.string({
      description: "Name in `params` of submitJob.",
      resolve: ({ number }) => `positive_prompt_stage${number}`,
    }),
    nodeId: t.exposeString("nodeId", { description: "The text encoder's node id." }),
    inputName: t.exposeString("inputName", { description: "The name of its text input." }),
  }),
});

const InletType = builder.objectRef<StageInlet>("StageInlet").implement({
  description: "An input of a stage that takes what the stage before it gives.",
  fields: (t) => ({
    port: t.exposeString("port", { description: "Name that inlet and outlet have in common." }),
    nodeId: t.exposeString("nodeId", { description: "The node's id." }),
    inputName: t.exposeString("inputName", { description: "The name of its input." }),
  }),
});

const OutletType = builder.objectRef<StageOutlet>("StageOutlet").implement({
  description: "An output of a stage, for the next one or for what comes after the last.",
  fields: (t) => ({
    port: t.exposeString("port", { description: "Name that inlet and outlet have in common." }),
    nodeId: t.exposeString("nodeId", { description: "The node's id." }),
    output: t.exposeInt("output", { description: "Which of its outputs, from 0." }),
  }),
});

const StageType = builder.objectRef<StagePart>("Stage").implement({
  description: "The nodes that make one stage, and where they are open.",
  fields: (t) => ({
    nodes: t.exposeStringList("nodes", { description: "Ids of its nodes." }),
    inlets: t.field({
      type: [InletType],
      description: "What it takes from the stage before it.",
      resolve: ({ inlets }) => inlets,
    }),
    outlets: t.field({ type: [OutletType], description: "What it gives.", resolve: ({ outlets }) => outlets }),
    prompts: t.field({ type: [BindingType], description: "Its own prompts.", resolve: ({ prompts }) => prompts }),
    seeds: t.field({ type: [BindingType], description: "Its samplers' seeds.", resolve: ({ seeds }) => seeds }),
  }),
});

export const StageTemplateType = builder.objectRef<StageTemplate>("StageTemplate").implement({
  description: "How the graph is made of any number of stages: a job with more of them clones the last.",
  fields: (t) => ({
    stages: t.field({
      type: [StageType],
      description: "The stages that the graph holds, in order.",
      resolve: ({ stages }) => stages,
    }),
    seedMode: t.field({
      type: StageSeedModeEnum,
      description: "Which seeds the stages have.",
      resolve: ({ seedStep }) => seedStep,
    }),
    maxStages: t.int({
      description: "How many stages a job may ask for.",
      resolve: (_template, _args, { deps }) => deps.config.maxStages,
    }),
  }),
});

type Types = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer T> ? T : never;

/** What a version's recipe says, on the version and, for the current one, on the workflow. */
export function recipeFields<Parent extends object>(
  ref: ObjectRef<Types, Parent>,
  versionOf: (parent: Parent) => string,
) {
  builder.objectFields(ref, (t) => ({
    timing: t.field({
      type: TimingType,
      description: "Frame rate and length, read from the graph.",
      resolve: async (parent, _args, context) =>
        (await recipeLoader(context).load(versionOf(parent)))?.timing ?? {
          fps: null,
          framesPerStage: null,
          durationSecs: null,
        },
    }),
    clips: t.field({
      type: [ClipType],
      description: "The stages' prompts of a split-prompt workflow, in order; none for any other.",
      resolve: async (parent, _args, context) =>
        ((await recipeLoader(context).load(versionOf(parent)))?.clips ?? []).map((clip, index) => ({
          ...clip,
          number: index + 1,
        })),
    }),
    inputExtensions: t.stringList({
      nullable: true,
      description: "Endings of the input files that it takes, such as .png; null for all of its kind.",
      resolve: async (parent, _args, context) =>
        (await recipeLoader(context).load(versionOf(parent)))?.inputExtensions ?? null,
    }),
    stageTemplate: t.field({
      type: StageTemplateType,
      nullable: true,
      description: "Set when jobs may ask for a number of stages.",
      resolve: async (parent, _args, context) =>
        (await recipeLoader(context).load(versionOf(parent)))?.stageTemplate ?? null,
    }),
  }));
}
