import { userLoader, UserType } from "#domains/accounts/accounts.graphql.ts";
import { ChapterType } from "#domains/works/chapters.graphql.ts";
import type { TranslationError } from "#domains/works/translation-error.ts";
import {
  partsLoader,
  translationLoader,
  translationSumsLoader,
  translationTextLoader,
} from "#domains/works/translations.loaders.ts";
import { PromptVersionType } from "#domains/works/work-prompts.graphql.ts";
import { chapterLoader, promptVersionLoader } from "#domains/works/works.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { decodeId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import type { ChapterTranslation, TranslationPart } from "#platform/db/generated/client.ts";
import { ChapterTranslationStatus, TranslationPartStatus } from "#platform/db/generated/enums.ts";

const TranslationStatusType = builder.enumType(ChapterTranslationStatus, {
  name: "ChapterTranslationStatus",
  description: "Where a translation stands.",
  values: {
    PENDING: { description: "Waits for a worker." },
    RUNNING: { description: "Is being written." },
    SUCCEEDED: { description: "Is whole." },
    FAILED: { description: "Something went wrong; the error says what. What was written is kept." },
    CANCELED: { description: "Ended by a person; what was written is kept." },
  },
});

const PartStatusType = builder.enumType(TranslationPartStatus, {
  name: "TranslationPartStatus",
  description: "Where a part of a translation stands.",
  values: {
    PENDING: { description: "Waits for its turn." },
    RUNNING: { description: "Is being written." },
    DONE: { description: "Is written." },
    FAILED: { description: "Something went wrong with it." },
  },
});

const TranslationErrorType = builder.objectRef<TranslationError>("TranslationError").implement({
  description: "Why a translation failed.",
  fields: (t) => ({
    code: t.exposeString("code", {
      description: "Stable, such as LLM_UNAVAILABLE, LLM_BUSY, LLM_TIMEOUT, LLM_ANSWER or PROMPT_MISSING.",
    }),
    message: t.exposeString("message", { description: "What went wrong." }),
    hint: t.exposeString("hint", { nullable: true, description: "What to do." }),
  }),
});

const PartType = builder.objectRef<TranslationPart>("TranslationPart").implement({
  description: "A stretch of a chapter that the model is given at once, and what it made of it.",
  fields: (t) => ({
    index: t.exposeInt("index", { description: "Its place in the chapter, from 0." }),
    status: t.expose("status", { type: PartStatusType, description: "Where it stands." }),
    sourceText: t.exposeString("sourceText", { description: "The stretch, as it was when the translation began." }),
    renderedPrompt: t.exposeString("renderedPrompt", {
      nullable: true,
      description: "What the model is told, in full; null for what was imported without it.",
    }),
    text: t.exposeString("text", { description: "The translation, as far as it has come." }),
    inputTokens: t.exposeInt("inputTokens", {
      nullable: true,
      description: "Tokens of the prompt; null where the server did not count.",
    }),
    outputTokens: t.exposeInt("outputTokens", {
      nullable: true,
      description: "Tokens of the answer; null where the server did not count.",
    }),
    elapsedMs: t.exposeInt("elapsedMs", { description: "Time that the model took, in ms." }),
  }),
});

interface Progress {
  total: number;
  done: number;
}

const ProgressType = builder.objectRef<Progress>("TranslationProgress").implement({
  description: "How far a translation is.",
  fields: (t) => ({
    total: t.exposeInt("total", { description: "Parts; 0 until it begins." }),
    done: t.exposeInt("done", { description: "Parts that are written." }),
  }),
});

export const TranslationType = builder.objectRef<ChapterTranslation>("ChapterTranslation");
builder.node(TranslationType, {
  description:
    "A chapter in another language. What it is made with is settled when it begins: later changes of prompt, glossary or chapter do not touch it.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => translationLoader(context).load(id),
  fields: (t) => ({
    status: t.expose("status", { type: TranslationStatusType, description: "Where it stands." }),
    targetLanguage: t.exposeString("targetLanguage", { description: "The language that it is in." }),
    chapter: t.field({
      type: ChapterType,
      description: "The chapter.",
      resolve: async ({ chapterId }, _args, context) =>
        expectLoaded(await chapterLoader(context).load(chapterId), "The chapter"),
    }),
    promptVersion: t.field({
      type: PromptVersionType,
      nullable: true,
      description:
        "The version that it is made with: the newest when it began. Null until then, and for imported ones.",
      resolve: ({ promptVersionId }, _args, context) =>
        promptVersionId === null ? null : promptVersionLoader(context).load(promptVersionId),
    }),
    model: t.exposeString("modelSnapshot", {
      nullable: true,
      description: "The language model that it is made with; null until it begins, or when nobody knows.",
    }),
    template: t.exposeString("templateSnapshot", {
      nullable: true,
      description: "The template that it is made with; null until it begins, or when nobody knows.",
    }),
    parameters: t.field({
      type: "JSON",
      nullable: true,
      description: "The parameters that it is made with; null until it begins, or when nobody knows.",
      resolve: ({ parametersSnapshot }) => parametersSnapshot,
    }),
    isImported: t.exposeBoolean("isImported", { description: "Whether it was made elsewhere and imported." }),
    legacyPromptName: t.exposeString("legacyPromptName", {
      nullable: true,
      description: "How the prompt was called that an imported one was made with, if that is known.",
    }),
    text: t.string({
      description: "What it says, as far as it has come: its parts, joined. Watch it with chapterTranslationUpdated.",
      complexity: 5,
      resolve: async ({ id }, _args, context) => (await translationTextLoader(context).load(id)) ?? "",
    }),
    renderedPrompt: t.string({
      nullable: true,
      description: "What the model is told of the first part, in full; those of all are in `parts`.",
      complexity: 5,
      resolve: async ({ id }, _args, context) => (await partsLoader(context).load(id))[0]?.renderedPrompt ?? null,
    }),
    parts: t.field({
      type: [PartType],
      description: "The stretches that a long chapter is cut into, in order; none until it begins.",
      resolve: ({ id }, _args, context) => partsLoader(context).load(id),
    }),
    progress: t.field({
      type: ProgressType,
      description: "How far it is.",
      resolve: async ({ id }, _args, context) =>
        (await translationSumsLoader(context).load(id)) ?? { total: 0, done: 0 },
    }),
    inputTokens: t.int({
      nullable: true,
      description: "Tokens of all prompts; null where the server did not count.",
      resolve: async ({ id }, _args, context) => (await translationSumsLoader(context).load(id))?.inputTokens ?? null,
    }),
    outputTokens: t.int({
      nullable: true,
      description: "Tokens of all answers; null where the server did not count.",
      resolve: async ({ id }, _args, context) => (await translationSumsLoader(context).load(id))?.outputTokens ?? null,
    }),
    elapsedMs: t.int({
      description: "Time that the model took, in ms.",
      resolve: async ({ id }, _args, context) => (await translationSumsLoader(context).load(id))?.elapsedMs ?? 0,
    }),
    error: t.field({
      type: TranslationErrorType,
      nullable: true,
      description: "Why it failed.",
      resolve: ({ error }) => error as TranslationError | null,
    }),
    createdBy: t.field({
      type: UserType,
      description: "Who asked for it, or imported it.",
      resolve: async ({ createdById }, _args, context) =>
        expectLoaded(await userLoader(context).load(createdById), "Who asked for the translation"),
    }),
    createdAt: t.field({
      type: "DateTime",
      description: "When it was asked for; of an imported one, when it was made.",
      resolve: ({ createdAt }) => createdAt,
    }),
    startedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When a worker first began it.",
      resolve: ({ startedAt }) => startedAt,
    }),
    finishedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it was over.",
      resolve: ({ finishedAt }) => finishedAt,
    }),
  }),
});

builder.queryField("chapterTranslation", (t) =>
  t.field({
    type: TranslationType,
    nullable: true,
    description: "One translation; null when there is none or the viewer may not see it.",
    args: { id: t.arg.id({ required: true, description: "Its id." }) },
    resolve: (_root, args, context) => {
      const id = decodeId("ChapterTranslation", args.id);
      return id === null ? null : translationLoader(context).load(id);
    },
  }),
);
