import { defaultPool } from "#domains/machines/machines.service.ts";
import type { ParameterBinding, ParameterUi, WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { machineOptionsLoader } from "#domains/workflows/workflows.loaders.ts";
import { ParameterCategoryEnum, ParameterTypeEnum } from "#domains/workflows/workflows.enums.graphql.ts";
import { builder } from "#graphql/builder.ts";

export const BindingType = builder.objectRef<ParameterBinding>("ParameterBinding").implement({
  description: "An input of a node that takes a parameter's value.",
  fields: (t) => ({
    nodeId: t.exposeString("nodeId", { description: "The node's id in the graph." }),
    inputName: t.exposeString("inputName", { description: "The name of its input." }),
  }),
});

const VisibleWhenType = builder.objectRef<NonNullable<ParameterUi["visibleWhen"]>>("ParameterCondition").implement({
  description: "Another parameter's value, on which it depends whether one is shown.",
  fields: (t) => ({
    key: t.exposeString("key", { description: "The other parameter." }),
    equals: t.field({
      type: "JSON",
      nullable: true,
      description: "The value that it must have.",
      resolve: (condition) => condition.equals,
    }),
  }),
});

const ParameterUiType = builder.objectRef<ParameterUi>("ParameterUi").implement({
  description: "How a form shows a parameter; a client needs nothing else.",
  fields: (t) => ({
    widget: t.exposeString("widget", {
      description: "text, textarea, number, slider, checkbox, select, seed, image, video, audio or hidden.",
    }),
    multiline: t.exposeBoolean("multiline", { description: "Whether the text may have several lines." }),
    placeholder: t.exposeString("placeholder", { nullable: true, description: "Shown while the field is empty." }),
    help: t.exposeString("help", { nullable: true, description: "One sentence about what it does." }),
    group: t.exposeString("group", { nullable: true, description: "Heading under which it stands." }),
    order: t.exposeInt("order", { description: "Position in the form, ascending." }),
    optionsSource: t.exposeString("optionsSource", {
      nullable: true,
      description: "The machines' list that the options come from, such as loras; null when they are fixed.",
    }),
    visibleWhen: t.field({
      type: VisibleWhenType,
      nullable: true,
      description: "Show it only while this holds; always when null.",
      resolve: (ui) => ui.visibleWhen,
    }),
  }),
});

/** A seed's bound of 2^64 comes back from lossless JSON as a bigint. */
const asFloat = (value: number | bigint | null): number | null => (value === null ? null : Number(value));

export const ParameterTypeRef = builder.objectRef<WorkflowParameter>("WorkflowParameter").implement({
  description: "A value of the graph that people may set at each submit.",
  fields: (t) => ({
    key: t.exposeString("key", { description: "Name in `params` of submitJob." }),
    label: t.exposeString("label", { description: "Name for people." }),
    type: t.field({
      type: ParameterTypeEnum,
      description: "What values it takes.",
      resolve: (parameter) => parameter.type,
    }),
    default: t.field({
      type: "JSON",
      nullable: true,
      description: "The value when none is given: the graph's, or what an ADMIN put in its place.",
      resolve: (parameter) => parameter.default,
    }),
    min: t.float({ nullable: true, description: "Smallest value.", resolve: ({ min }) => asFloat(min) }),
    max: t.float({
      nullable: true,
      description: "Largest value; a seed's is given as the nearest double.",
      resolve: ({ max }) => asFloat(max),
    }),
    step: t.exposeFloat("step", { nullable: true, description: "Distance of neighbouring values." }),
    options: t.stringList({
      nullable: true,
      description: "Allowed values of a SELECT; null when nobody knows them.",
      args: {
        pool: t.arg.string({
          defaultValue: defaultPool,
          description: "Whose machines' lists to show, where options come from machines.",
        }),
      },
      resolve: async ({ type, options, ui: { optionsSource } }, { pool }, context) => {
        if (type !== "SELECT" || optionsSource === null) return options;
        return (
          (await machineOptionsLoader(context).load(JSON.stringify([pool ?? defaultPool, optionsSource]))) ?? options
        );
      },
    }),
    category: t.field({
      type: ParameterCategoryEnum,
      description: "What it is about.",
      resolve: (parameter) => parameter.category,
    }),
    isEdited: t.boolean({
      description: "Whether an ADMIN changed or added it.",
      resolve: (parameter) => parameter.isEdited ?? false,
    }),
    bindings: t.field({
      type: [BindingType],
      description: "Inputs that take the value; none for what switches the graph, such as a LoRA flag.",
      resolve: (parameter) => parameter.bindings,
    }),
    ui: t.field({ type: ParameterUiType, description: "How a form shows it.", resolve: (parameter) => parameter.ui }),
  }),
});
