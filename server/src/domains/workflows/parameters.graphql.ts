import type { ParameterBinding, ParameterUi, WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { ParameterTypeEnum } from "#domains/workflows/workflows.enums.graphql.ts";
import { builder } from "#graphql/builder.ts";

const BindingType = builder.objectRef<ParameterBinding>("ParameterBinding").implement({
  description: "An input of a node that takes a parameter's value.",
  fields: (t) => ({
    nodeId: t.exposeString("nodeId", { description: "The node's id in the graph." }),
    inputName: t.exposeString("inputName", { description: "The name of its input." }),
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
      description: "The value in the graph.",
      resolve: (parameter) => parameter.default,
    }),
    min: t.float({ nullable: true, description: "Smallest value.", resolve: ({ min }) => asFloat(min) }),
    max: t.float({
      nullable: true,
      description: "Largest value; a seed's is given as the nearest double.",
      resolve: ({ max }) => asFloat(max),
    }),
    step: t.exposeFloat("step", { nullable: true, description: "Distance of neighbouring values." }),
    options: t.exposeStringList("options", {
      nullable: true,
      description: "Allowed values of a SELECT; null when only a machine knows them.",
    }),
    bindings: t.field({
      type: [BindingType],
      description: "Inputs that take the value.",
      resolve: (parameter) => parameter.bindings,
    }),
    ui: t.field({ type: ParameterUiType, description: "How a form shows it.", resolve: (parameter) => parameter.ui }),
  }),
});
