import { idInput } from "#domains/stories/deleted.graphql.ts";
import { translateChapter } from "#domains/works/translate-chapter.service.ts";
import { TranslationType } from "#domains/works/translations.graphql.ts";
import { cancelTranslation, retryTranslation } from "#domains/works/translations.service.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

const TranslationPayload = payloadOf(
  "ChapterTranslationPayload",
  "chapterTranslation",
  TranslationType,
  "The translation as it is now.",
);

mutation("translateChapter", {
  description:
    "Has a language model translate a chapter, with the newest version of the work's prompt at the moment when it begins; watch it with chapterTranslationUpdated. Without a prompt (PROMPT_MISSING) or a language model (LLM_UNAVAILABLE) the answer says at once what to do.",
  input: builder.inputType("TranslateChapterInput", {
    description: "Which chapter, and into which language.",
    fields: (t) => ({
      chapterId: t.id({ required: true, description: "The chapter." }),
      targetLanguage: t.string({ description: "The language as prompts name it; the work's own unless said." }),
      idempotencyKey: t.string({ description: "A repeat with the same key answers the first translation." }),
    }),
  }),
  payload: TranslationPayload,
  resolve: async (input, { deps, viewer }) => ({
    chapterTranslation: await translateChapter(deps, viewer, {
      chapterId: requireId("Chapter", input.chapterId, ["chapterId"]),
      targetLanguage: input.targetLanguage ?? undefined,
      idempotencyKey: input.idempotencyKey ?? undefined,
    }),
  }),
});

mutation("cancelTranslation", {
  description: "Ends a translation; what is written stays. Does nothing once it is over.",
  input: idInput("CancelTranslationInput", "translation"),
  payload: TranslationPayload,
  resolve: async ({ id }, { deps, viewer }) => ({
    chapterTranslation: await cancelTranslation(deps, viewer, requireId("ChapterTranslation", id)),
  }),
});

mutation("retryTranslation", {
  description:
    "Goes on with a translation that failed or was canceled: parts that are written stay, the others are written with the same version. If none is written yet, it begins anew with the newest version.",
  input: idInput("RetryTranslationInput", "translation"),
  payload: TranslationPayload,
  resolve: async ({ id }, { deps, viewer }) => ({
    chapterTranslation: await retryTranslation(deps, viewer, requireId("ChapterTranslation", id)),
  }),
});
