import type { Viewer } from "#domains/accounts/viewer.ts";
import type { FieldChange, TextChange } from "#domains/works/logic/diff-prompts.ts";
import { diffPromptVersions, type PromptVersionDiff } from "#domains/works/prompt-version-diff.service.ts";
import { PromptVersionType } from "#domains/works/work-prompts.graphql.ts";
import { ChangeKind } from "#domains/workflows/version-diff.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";

const TextChangeKind = builder.enumType("TextChangeKind", {
  description: "Which of two texts has a stretch.",
  values: {
    SAME: { description: "Both." },
    ADDED: { description: "Only the later one." },
    REMOVED: { description: "Only the earlier one." },
  },
});

const TextChangeType = builder.objectRef<TextChange>("TextChange").implement({
  description: "A stretch of text that two versions share, or that only one of them has.",
  fields: (t) => ({
    kind: t.expose("kind", { type: TextChangeKind, description: "Which of the two has it." }),
    text: t.exposeString("text", { description: "The stretch." }),
  }),
});

const FieldChangeType = builder.objectRef<FieldChange>("PromptFieldChange").implement({
  description: "A field of a prompt that differs between two versions.",
  fields: (t) => ({
    field: t.exposeString("field", { description: "Such as `model`, `parameters.temperature` or `metadata.note`." }),
    kind: t.expose("kind", { type: ChangeKind, description: "How it differs." }),
    before: t.field({
      type: "JSON",
      nullable: true,
      description: "The earlier value; null also when there was none.",
      resolve: ({ before }) => before,
    }),
    after: t.field({
      type: "JSON",
      nullable: true,
      description: "The later value; null also when there is none.",
      resolve: ({ after }) => after,
    }),
  }),
});

const PromptVersionDiffType = builder.objectRef<PromptVersionDiff>("PromptVersionDiff").implement({
  description: "What changed from one version of a prompt to another.",
  fields: (t) => ({
    from: t.field({ type: PromptVersionType, description: "The version to start from.", resolve: ({ from }) => from }),
    to: t.field({ type: PromptVersionType, description: "The version it is compared with.", resolve: ({ to }) => to }),
    template: t.field({
      type: [TextChangeType],
      description:
        "The template word by word: all that is not ADDED makes the one of `from`, all that is not REMOVED that of `to`.",
      resolve: ({ template }) => template,
    }),
    fields: t.field({
      type: [FieldChangeType],
      description: "Model, parameters and metadata, as far as they differ.",
      resolve: ({ fields }) => fields,
    }),
  }),
});

builder.queryField("promptVersionDiff", (t) =>
  t.field({
    type: PromptVersionDiffType,
    description: "Compares two versions of one prompt.",
    complexity: 100,
    args: {
      fromId: t.arg.id({ required: true, description: "The version to start from." }),
      toId: t.arg.id({ required: true, description: "The version to compare with it." }),
    },
    resolve: (_root, { fromId, toId }, { deps, viewer }) =>
      diffPromptVersions(
        deps,
        viewer as Viewer,
        requireId("PromptVersion", fromId, ["fromId"]),
        requireId("PromptVersion", toId, ["toId"]),
      ),
  }),
);
