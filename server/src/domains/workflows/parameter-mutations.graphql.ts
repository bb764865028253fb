import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { ParameterTypeRef } from "#domains/workflows/parameters.graphql.ts";
import {
  addParameter,
  removeParameter,
  reorderParameters,
  resetParameters,
  updateParameter,
} from "#domains/workflows/parameters.service.ts";
import { ParameterCategoryEnum, ParameterTypeEnum } from "#domains/workflows/workflows.enums.graphql.ts";
import { WorkflowType } from "#domains/workflows/workflows.graphql.ts";
import { workflowLoader } from "#domains/workflows/workflows.loaders.ts";
import { builder } from "#graphql/builder.ts";
import type { Context } from "#graphql/context.ts";
import { requireId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import type { Workflow } from "#platform/db/generated/client.ts";

export const BindingInput = builder.inputType("ParameterBindingInput", {
  description: "An input of a node.",
  fields: (t) => ({
    nodeId: t.string({ required: true, description: "The node's id in the graph." }),
    inputName: t.string({ required: true, description: "The name of its input." }),
  }),
});

const ConditionInput = builder.inputType("ParameterConditionInput", {
  description: "Another parameter's value, on which it depends whether one is shown.",
  fields: (t) => ({
    key: t.string({ required: true, description: "The other parameter." }),
    equals: t.field({ type: "JSON", required: true, description: "The value that it must have." }),
  }),
});

const UiInput = builder.inputType("ParameterUiInput", {
  description: "How a form shows a parameter; fields left out stay, null takes one away.",
  fields: (t) => ({
    widget: t.string({
      description: "text, textarea, number, slider, checkbox, select, seed, image, video, audio or hidden.",
    }),
    multiline: t.boolean({ description: "Whether the text may have several lines." }),
    placeholder: t.string({ description: "Shown while the field is empty." }),
    help: t.string({ description: "One sentence about what it does." }),
    group: t.string({ description: "Heading under which it stands." }),
    order: t.int({ description: "Position in the form." }),
    optionsSource: t.string({
      description: "The machines' list that offers the values: checkpoints, loras, samplers…, or Class.input.",
    }),
    visibleWhen: t.field({ type: ConditionInput, description: "Show it only while this holds." }),
  }),
});

/** The fields of a parameter as an input; which are required differs. */
const fields = {
  label: "Name for people.",
  default: "The value when none is given; null leaves it to the graph.",
  min: "Smallest value; null for none.",
  max: "Largest value; null for none.",
  step: "Distance of neighbouring values.",
  options: "Allowed values of a SELECT; null when only a machine knows them.",
  category: "What it is about.",
  ui: "How a form shows it.",
};

const UpdateInput = builder.inputType("UpdateWorkflowParameterInput", {
  description: "What to change; fields left out stay.",
  fields: (t) => ({
    workflowId: t.id({ required: true, description: "Whose parameter." }),
    key: t.string({ required: true, description: "Which parameter." }),
    label: t.string({ description: fields.label }),
    type: t.field({ type: ParameterTypeEnum, description: "What values it takes." }),
    default: t.field({ type: "JSON", description: fields.default }),
    min: t.float({ description: fields.min }),
    max: t.float({ description: fields.max }),
    step: t.float({ description: fields.step }),
    options: t.stringList({ description: fields.options }),
    category: t.field({ type: ParameterCategoryEnum, description: fields.category }),
    bindings: t.field({
      type: [BindingInput],
      description: "All inputs that take the value; other parameters lose those that are named here.",
    }),
    ui: t.field({ type: UiInput, description: fields.ui }),
  }),
});

const AddInput = builder.inputType("AddWorkflowParameterInput", {
  description: "A parameter for inputs that were not found, or that should have one of their own.",
  fields: (t) => ({
    workflowId: t.id({ required: true, description: "Whose parameter." }),
    key: t.string({ required: true, description: "Its name in `params`; no other parameter may have it." }),
    label: t.string({ description: `${fields.label} Made of the key unless said.` }),
    type: t.field({ type: ParameterTypeEnum, required: true, description: "What values it takes." }),
    default: t.field({ type: "JSON", description: fields.default }),
    min: t.float({ description: fields.min }),
    max: t.float({ description: fields.max }),
    step: t.float({ description: fields.step }),
    options: t.stringList({ description: fields.options }),
    category: t.field({ type: ParameterCategoryEnum, description: fields.category }),
    bindings: t.field({
      type: [BindingInput],
      required: true,
      description: "The inputs that take the value; other parameters lose them.",
    }),
    ui: t.field({ type: UiInput, description: fields.ui }),
  }),
});

interface Changed {
  workflow: Workflow;
  parameter: WorkflowParameter;
}
const changedFields = (name: string) =>
  builder.objectRef<Changed>(name).implement({
    description: "Answer of a mutation: the parameter and its workflow.",
    fields: (t) => ({
      parameter: t.field({
        type: ParameterTypeRef,
        description: "The parameter as it is now.",
        resolve: ({ parameter }) => parameter,
      }),
      workflow: t.field({ type: WorkflowType, description: "Its workflow.", resolve: ({ workflow }) => workflow }),
    }),
  });

const workflowOf = async (context: Context, id: string): Promise<Workflow> =>
  expectLoaded(await workflowLoader(context).load(id), "The workflow");
const idOf = ({ workflowId }: { workflowId: string }): string => requireId("Workflow", workflowId, ["workflowId"]);

/** Null takes away where there is something to take away; elsewhere it is as good as left out. */
function changeOf<Input extends object>(input: Input): Input {
  const kept = [
    "default",
    "min",
    "max",
    "step",
    "options",
    "placeholder",
    "help",
    "group",
    "optionsSource",
    "visibleWhen",
  ];
  const entries = Object.entries(input).flatMap(([name, value]: [string, unknown]) => {
    if (value === null && !kept.includes(name)) return [];
    return [[name, name === "ui" && value ? changeOf(value) : value]];
  });
  return Object.fromEntries(entries) as Input;
}

mutation("updateWorkflowParameter", {
  description: "Changes a parameter of a workflow. Holds for later versions too, as long as they have its inputs.",
  role: "admin",
  input: UpdateInput,
  payload: changedFields("UpdateWorkflowParameterPayload"),
  resolve: async ({ workflowId, key, ...change }, context) => {
    const id = idOf({ workflowId });
    const parameter = await updateParameter(context.deps, id, key, changeOf(change));
    return { parameter, workflow: await workflowOf(context, id) };
  },
});

mutation("addWorkflowParameter", {
  description: "Adds a parameter to a workflow.",
  role: "admin",
  input: AddInput,
  payload: changedFields("AddWorkflowParameterPayload"),
  resolve: async ({ workflowId, key, ...given }, context) => {
    const id = idOf({ workflowId });
    const parameter = await addParameter(context.deps, id, key, changeOf(given));
    return { parameter, workflow: await workflowOf(context, id) };
  },
});

mutation("removeWorkflowParameter", {
  description: "Takes a parameter away; one that was found in the graph comes back with resetWorkflowParameters.",
  role: "admin",
  input: builder.inputType("RemoveWorkflowParameterInput", {
    description: "Which parameter.",
    fields: (t) => ({
      workflowId: t.id({ required: true, description: "Whose parameter." }),
      key: t.string({ required: true, description: "Which parameter." }),
    }),
  }),
  payload: payloadOf("RemoveWorkflowParameterPayload", "workflow", WorkflowType, "The workflow as it is now."),
  resolve: async (input, context) => {
    const id = idOf(input);
    await removeParameter(context.deps, id, input.key);
    return { workflow: await workflowOf(context, id) };
  },
});

mutation("reorderWorkflowParameters", {
  description: "Puts parameters into another order.",
  role: "admin",
  input: builder.inputType("ReorderWorkflowParametersInput", {
    description: "The new order.",
    fields: (t) => ({
      workflowId: t.id({ required: true, description: "Whose parameters." }),
      keys: t.stringList({
        required: true,
        description: "Those that come first, in order; the others follow in theirs.",
      }),
    }),
  }),
  payload: payloadOf("ReorderWorkflowParametersPayload", "workflow", WorkflowType, "The workflow as it is now."),
  resolve: async (input, context) => {
    const id = idOf(input);
    await reorderParameters(context.deps, id, input.keys);
    return { workflow: await workflowOf(context, id) };
  },
});

mutation("resetWorkflowParameters", {
  description: "Gives up what people changed about parameters: they are as the definition or the graph has them.",
  role: "admin",
  input: builder.inputType("ResetWorkflowParametersInput", {
    description: "Which parameters.",
    fields: (t) => ({
      workflowId: t.id({ required: true, description: "Whose parameters." }),
      keys: t.stringList({ description: "Which, removed ones included; all unless said." }),
    }),
  }),
  payload: payloadOf("ResetWorkflowParametersPayload", "workflow", WorkflowType, "The workflow as it is now."),
  resolve: async (input, context) => {
    const id = idOf(input);
    await resetParameters(context.deps, id, input.keys ?? undefined);
    return { workflow: await workflowOf(context, id) };
  },
});
