import { backfillTranslations, importTranslations } from "#domains/works/import-translations.service.ts";
import { WorkType } from "#domains/works/works.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { mutation } from "#graphql/mutation.ts";
import type { Work } from "#platform/db/generated/client.ts";

const LegacyPromptInput = builder.inputType("LegacyPromptInput", {
  description:
    "What translations from elsewhere were made with, as far as it is known: at least one of the first three.",
  fields: (t) => ({
    name: t.string({ description: "What the prompt was called." }),
    model: t.string({ description: "Which language model was asked." }),
    template: t.string({ description: "What it was told; kept as it is, whatever variables it names." }),
    parameters: t.field({ type: "JSON", description: "What it was called with, as an object." }),
  }),
});

/** Fields that were left out and such that are null are the same to a record. */
const legacyOf = (given: typeof LegacyPromptInput.$inferInput) => ({
  name: given.name ?? undefined,
  model: given.model ?? undefined,
  template: given.template ?? undefined,
  parameters: given.parameters ?? undefined,
});

mutation("importTranslations", {
  description:
    "Adds translations of a work's chapters that were made elsewhere, all or none. They have no version of a prompt, but a record of what they were made with. What was imported before, to the letter, is skipped.",
  input: builder.inputType("ImportTranslationsInput", {
    description: "Translations, and what they were made with.",
    fields: (t) => ({
      workId: t.id({ required: true, description: "The work." }),
      targetLanguage: t.string({ description: "The language that they are in; the work's own target unless said." }),
      legacyPrompt: t.field({
        type: LegacyPromptInput,
        description: "What all of them were made with; backfillTranslations can say it later.",
      }),
      translations: t.field({
        type: [
          builder.inputType("ImportedTranslationInput", {
            description: "A translation of one chapter.",
            fields: (each) => ({
              chapterNumber: each.int({ required: true, description: "The number of a chapter of the work." }),
              text: each.string({ required: true, description: "The translation; up to 500,000 characters." }),
              targetLanguage: each.string({ description: "The language that it is in, when it is not that of all." }),
              createdAt: each.field({ type: "DateTime", description: "When it was made; now unless said." }),
            }),
          }),
        ],
        required: true,
        description: "1 to 1,000.",
      }),
    }),
  }),
  payload: builder.objectRef<{ work: Work; imported: number; skipped: number }>("ImportTranslationsPayload").implement({
    description: "Answer of a mutation: what was imported.",
    fields: (t) => ({
      work: t.field({ type: WorkType, description: "The work.", resolve: ({ work }) => work }),
      imported: t.exposeInt("imported", { description: "How many were added." }),
      skipped: t.exposeInt("skipped", { description: "How many were there already." }),
    }),
  }),
  resolve: (input, { deps, viewer }) =>
    importTranslations(deps, viewer, {
      workId: requireId("Work", input.workId, ["workId"]),
      targetLanguage: input.targetLanguage ?? undefined,
      legacyPrompt: input.legacyPrompt ? legacyOf(input.legacyPrompt) : undefined,
      translations: input.translations.map(({ chapterNumber, text, targetLanguage, createdAt }) => ({
        chapterNumber,
        text,
        targetLanguage: targetLanguage ?? undefined,
        createdAt: createdAt ?? undefined,
      })),
    }),
});

mutation("backfillTranslations", {
  description: "Says of imported translations what they were made with, where that is not known yet.",
  input: builder.inputType("BackfillTranslationsInput", {
    description: "Which work, and what its imported translations were made with.",
    fields: (t) => ({
      workId: t.id({ required: true, description: "The work." }),
      legacyPrompt: t.field({ type: LegacyPromptInput, required: true, description: "What they were made with." }),
    }),
  }),
  payload: builder.objectRef<{ work: Work; filled: number }>("BackfillTranslationsPayload").implement({
    description: "Answer of a mutation: what was filled in.",
    fields: (t) => ({
      work: t.field({ type: WorkType, description: "The work.", resolve: ({ work }) => work }),
      filled: t.exposeInt("filled", { description: "How many translations did not tell before." }),
    }),
  }),
  resolve: ({ workId, legacyPrompt }, { deps, viewer }) =>
    backfillTranslations(deps, viewer, {
      workId: requireId("Work", workId, ["workId"]),
      legacyPrompt: legacyOf(legacyPrompt),
    }),
});
