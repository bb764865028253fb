import type { Viewer } from "#domains/accounts/viewer.ts";
import { ownedBy } from "#domains/accounts/viewer.ts";
import { assetLoader, AssetType } from "#domains/assets/assets.graphql.ts";
import { autoPromptLoader, itemsOfAutoPromptLoader } from "#domains/autoprompt/auto-prompts.loaders.ts";
import type { AutoPromptError } from "#domains/autoprompt/write-auto-prompt.ts";
import { versionLoader } from "#domains/workflows/workflows.loaders.ts";
import { WorkflowVersionType } from "#domains/workflows/workflows.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { idConnection } from "#graphql/connection.ts";
import { decodeId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import type { AutoPrompt, AutoPromptItem } from "#platform/db/generated/client.ts";
import { AutoPromptItemStatus, AutoPromptStage, AutoPromptStatus } from "#platform/db/generated/enums.ts";

export const AutoPromptStageType = builder.enumType(AutoPromptStage, {
  name: "AutoPromptStage",
  description: "What a language model writes for pictures.",
  values: {
    CAPTION: { description: "A description of each." },
    MOTION: { description: "Prompts from descriptions that are given; no picture is looked at." },
    BOTH: { description: "All descriptions, then all prompts." },
  },
});

const AutoPromptStatusType = builder.enumType(AutoPromptStatus, {
  name: "AutoPromptStatus",
  description: "Where a set of prompts stands.",
  values: {
    PENDING: { description: "Waits for a worker." },
    RUNNING: { description: "Is being written." },
    SUCCEEDED: { description: "All pictures have theirs." },
    PARTIAL: { description: "Over; some failed." },
    FAILED: { description: "Over; all failed." },
    CANCELED: { description: "Ended by a person; what was written stays." },
  },
});

const AutoPromptItemStatusType = builder.enumType(AutoPromptItemStatus, {
  name: "AutoPromptItemStatus",
  description: "Where one picture of a set stands.",
  values: {
    PENDING: { description: "Waits for its turn." },
    CAPTIONING: { description: "Is being described." },
    WRITING: { description: "Its prompt is being written." },
    DONE: { description: "All that was asked for is written." },
    FAILED: { description: "Something went wrong; the error says what." },
    CANCELED: { description: "Was not written any more." },
  },
});

const AutoPromptErrorType = builder.objectRef<AutoPromptError>("AutoPromptError").implement({
  description: "Why nothing could be written for a picture.",
  fields: (t) => ({
    code: t.exposeString("code", { description: "Stable, such as LLM_UNAVAILABLE, LLM_ANSWER or INPUT_UNREADABLE." }),
    message: t.exposeString("message", { description: "What went wrong." }),
    hint: t.exposeString("hint", { nullable: true, description: "What to do." }),
  }),
});

const AutoPromptItemType = builder.objectRef<AutoPromptItem>("AutoPromptItem").implement({
  description: "One picture and what was written for it.",
  fields: (t) => ({
    key: t.exposeString("key", { description: "By which perFileParams of a submission names it." }),
    asset: t.field({
      type: AssetType,
      description: "The picture.",
      resolve: async ({ assetId }, _args, context) =>
        expectLoaded(await assetLoader(context).load(assetId), "The picture"),
    }),
    status: t.expose("status", { type: AutoPromptItemStatusType, description: "Where it stands." }),
    caption: t.exposeString("caption", { nullable: true, description: "What it shows." }),
    motionPrompt: t.exposeString("motionPrompt", {
      nullable: true,
      description: "The prompt; null in a set that has a text for each clip.",
    }),
    clips: t.exposeStringList("clips", {
      description: "The texts of clips 1 to N, for workflows that have one for each.",
    }),
    captionModel: t.exposeString("captionModel", {
      nullable: true,
      description: "Which model described it; null when the description was given.",
    }),
    motionModel: t.exposeString("motionModel", { nullable: true, description: "Which model wrote the prompt." }),
    elapsedMs: t.exposeInt("elapsedMs", {
      description: "Time that models took, in ms; what was remembered took none.",
    }),
    error: t.field({
      type: AutoPromptErrorType,
      nullable: true,
      description: "Why it failed.",
      resolve: ({ error }) => error as AutoPromptError | null,
    }),
  }),
});

interface Progress {
  total: number;
  captioned: number;
  done: number;
  failed: number;
}

const AutoPromptProgressType = builder.objectRef<Progress>("AutoPromptProgress").implement({
  description: "How far a set of prompts is.",
  fields: (t) => ({
    total: t.exposeInt("total", { description: "Pictures." }),
    captioned: t.exposeInt("captioned", { description: "Pictures that have a description." }),
    done: t.exposeInt("done", { description: "Pictures that have all that was asked for." }),
    failed: t.exposeInt("failed", { description: "Pictures that went wrong." }),
  }),
});

export const AutoPromptType = builder.objectRef<AutoPrompt>("AutoPrompt");
builder.node(AutoPromptType, {
  description: "Prompts that a language model writes for a set of pictures.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => autoPromptLoader(context).load(id),
  fields: (t) => ({
    stage: t.expose("stage", { type: AutoPromptStageType, description: "What is written." }),
    status: t.expose("status", { type: AutoPromptStatusType, description: "Where it stands." }),
    workflowVersion: t.field({
      type: WorkflowVersionType,
      nullable: true,
      description: "What the prompts are for; null when pictures are only described, or the workflow is gone.",
      resolve: ({ workflowVersionId }, _args, context) =>
        workflowVersionId ? versionLoader(context).load(workflowVersionId) : null,
    }),
    captionSystemPrompt: t.exposeString("captionPrompt", { description: "What the model that sees was told." }),
    motionSystemPrompt: t.exposeString("motionPrompt", { description: "What the model that writes was told." }),
    items: t.field({
      type: [AutoPromptItemType],
      description: "The pictures in order, at most 1,000.",
      complexity: { multiplier: 100 },
      resolve: ({ id }, _args, context) => itemsOfAutoPromptLoader(context).load(id),
    }),
    progress: t.field({
      type: AutoPromptProgressType,
      description: "How far it is.",
      resolve: async ({ id }, _args, context) => {
        const items = await itemsOfAutoPromptLoader(context).load(id);
        const count = (is: (item: AutoPromptItem) => boolean) => items.filter(is).length;
        return {
          total: items.length,
          captioned: count(({ caption }) => caption !== null),
          done: count(({ status }) => status === "DONE"),
          failed: count(({ status }) => status === "FAILED"),
        };
      },
    }),
    createdAt: t.field({
      type: "DateTime",
      description: "When it was asked for.",
      resolve: ({ createdAt }) => createdAt,
    }),
    finishedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it was over.",
      resolve: ({ finishedAt }) => finishedAt,
    }),
  }),
});

builder.queryFields((t) => ({
  autoPrompt: t.field({
    type: AutoPromptType,
    nullable: true,
    description: "One set of prompts; null when there is none or the viewer may not see it.",
    args: { id: t.arg.id({ required: true, description: "Its id." }) },
    resolve: (_root, { id }, context) => {
      const autoPromptId = decodeId("AutoPrompt", id);
      return autoPromptId ? autoPromptLoader(context).load(autoPromptId) : null;
    },
  }),
  autoPrompts: t.connection(
    {
      type: AutoPromptType,
      description: "Sets of prompts, newest first.",
      resolve: (_root, args, { deps, viewer }) => {
        const where = ownedBy(viewer as Viewer);
        const { autoPrompt } = deps.db.prisma;
        return idConnection(
          args,
          (page) => autoPrompt.findMany({ ...page, where: { AND: [page.where, where] } }),
          () => autoPrompt.count({ where }),
        );
      },
    },
    { name: "AutoPromptConnection", description: "A page of sets of prompts." },
    { name: "AutoPromptEdge", description: "A set of prompts in a page." },
  ),
}));
