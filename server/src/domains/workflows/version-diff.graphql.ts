import type { NodeChange, ParameterChange, ValueChange } from "#domains/workflows/logic/diff-versions.ts";
import { PromptSlotType } from "#domains/workflows/prompt-slots.graphql.ts";
import { diffVersions, type SlotChange, type VersionDiff } from "#domains/workflows/version-diff.service.ts";
import { WorkflowVersionType } from "#domains/workflows/workflows.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";

export const ChangeKind = builder.enumType("ChangeKind", {
  description: "How something differs between two versions.",
  values: {
    ADDED: { description: "Only the later one has it." },
    REMOVED: { description: "Only the earlier one has it." },
    CHANGED: { description: "Both have it, not the same." },
  },
});

const ValueChangeType = builder.objectRef<ValueChange>("ValueChange").implement({
  description: "A value before and after.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "The input or property; `class_type` is the node's class." }),
    before: t.field({
      type: "JSON",
      nullable: true,
      description: "The earlier value; null also when there was none. A list of two is a link.",
      resolve: ({ before }) => before ?? null,
    }),
    after: t.field({
      type: "JSON",
      nullable: true,
      description: "The later value; null also when there is none. A list of two is a link.",
      resolve: ({ after }) => after ?? null,
    }),
  }),
});

const NodeChangeType = builder.objectRef<NodeChange>("NodeChange").implement({
  description: "A node that is new, gone or changed.",
  fields: (t) => ({
    kind: t.field({ type: ChangeKind, description: "How it differs.", resolve: ({ kind }) => kind }),
    nodeId: t.exposeString("nodeId", { description: "Its id in the graph." }),
    classType: t.exposeString("classType", { description: "Its class, the later one if that changed." }),
    title: t.exposeString("title", { nullable: true, description: "Its title in the editor, if it has one." }),
    inputs: t.field({
      type: [ValueChangeType],
      description: "Inputs that differ; all of a node that is new or gone.",
      resolve: ({ inputs }) => inputs,
    }),
  }),
});

const SlotChangeType = builder.objectRef<SlotChange>("SlotChange").implement({
  description: "A prompt slot that is new, gone or changed.",
  fields: (t) => ({
    kind: t.field({ type: ChangeKind, description: "How it differs.", resolve: ({ kind }) => kind }),
    slot: t.field({
      type: PromptSlotType,
      description: "The slot, with the text that the later version has for it, or the earlier one when it is gone.",
      resolve: ({ slot, before, after }) => ({ ...slot, defaultText: null, isLinked: false, ...before, ...after }),
    }),
    beforeText: t.string({
      nullable: true,
      description: "The text in the earlier graph; null when there was none or the graph computed it.",
      resolve: ({ before }) => before?.defaultText ?? null,
    }),
    afterText: t.string({
      nullable: true,
      description: "The text in the later graph; null when there is none or the graph computes it.",
      resolve: ({ after }) => after?.defaultText ?? null,
    }),
  }),
});

const ParameterChangeType = builder.objectRef<ParameterChange>("ParameterChange").implement({
  description: "A parameter that is new, gone or changed.",
  fields: (t) => ({
    kind: t.field({ type: ChangeKind, description: "How it differs.", resolve: ({ kind }) => kind }),
    key: t.exposeString("key", { description: "Its name in `params` of submitJob." }),
    label: t.exposeString("label", { description: "Its name for people." }),
    changes: t.field({
      type: [ValueChangeType],
      description: "Properties that differ, such as default or max.",
      resolve: ({ changes }) => changes,
    }),
  }),
});

const VersionDiffType = builder.objectRef<VersionDiff>("WorkflowVersionDiff").implement({
  description: "What changed from one version of a workflow to another.",
  fields: (t) => ({
    from: t.field({ type: WorkflowVersionType, description: "The earlier version.", resolve: ({ from }) => from }),
    to: t.field({ type: WorkflowVersionType, description: "The later version.", resolve: ({ to }) => to }),
    nodes: t.field({
      type: [NodeChangeType],
      description: "Nodes that differ, in natural order of id.",
      resolve: ({ nodes }) => nodes,
    }),
    slots: t.field({
      type: [SlotChangeType],
      description: "Prompt slots that differ, in their order.",
      resolve: ({ slots }) => slots,
    }),
    parameters: t.field({
      type: [ParameterChangeType],
      description: "Parameters that differ, in the order of the later version.",
      resolve: ({ parameters }) => parameters,
    }),
  }),
});

builder.queryField("workflowVersionDiff", (t) =>
  t.field({
    type: VersionDiffType,
    description: "Compares two versions of one workflow.",
    complexity: 100,
    args: {
      fromId: t.arg.id({ required: true, description: "The version to start from." }),
      toId: t.arg.id({ required: true, description: "The version to compare with it." }),
    },
    resolve: (_root, { fromId, toId }, { deps }) =>
      diffVersions(
        deps,
        requireId("WorkflowVersion", fromId, ["fromId"]),
        requireId("WorkflowVersion", toId, ["toId"]),
      ),
  }),
);
