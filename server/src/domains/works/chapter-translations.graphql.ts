import { ChapterType } from "#domains/works/chapters.graphql.ts";
import { latestTranslationLoader } from "#domains/works/translations.loaders.ts";
import { TranslationType } from "#domains/works/translations.graphql.ts";
import { timePage, translationCountLoader, translationPageLoader } from "#domains/works/work-pages.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { readPage, toConnection } from "#graphql/connection.ts";
import { searchTerm } from "#lib/storable-text.ts";

const languageOf = (text: string | null | undefined): string | null => searchTerm(text) ?? null;

builder.objectFields(ChapterType, (t) => ({
  latestTranslation: t.field({
    type: TranslationType,
    nullable: true,
    description: "The newest translation, wherever it stands; null when there is none.",
    args: { targetLanguage: t.arg.string({ description: "Only into this language, whatever its case." }) },
    resolve: async ({ id }, { targetLanguage }, context) => {
      const kind = { targetLanguage: languageOf(targetLanguage), isDone: false };
      return (await latestTranslationLoader(context).load(id, kind))[0] ?? null;
    },
  }),
  finishedTranslation: t.field({
    type: TranslationType,
    nullable: true,
    description: "The newest translation that is whole: what scenes are written from; null when there is none.",
    args: { targetLanguage: t.arg.string({ description: "Only into this language, whatever its case." }) },
    resolve: async ({ id }, { targetLanguage }, context) => {
      const kind = { targetLanguage: languageOf(targetLanguage), isDone: true };
      return (await latestTranslationLoader(context).load(id, kind))[0] ?? null;
    },
  }),
  translations: t.connection(
    {
      type: TranslationType,
      description: "Its translations, the newest first.",
      args: { targetLanguage: t.arg.string({ description: "Only into this language, whatever its case." }) },
      resolve: async ({ id }, { targetLanguage, ...args }, context) => {
        const page = readPage(args);
        const filter = { targetLanguage: languageOf(targetLanguage) };
        const rows = await translationPageLoader(context).load(id, { ...timePage(page), ...filter });
        return toConnection(
          page,
          page.backward ? rows.toReversed() : rows,
          (row) => [row.id],
          async () => (await translationCountLoader(context).load(id, filter))[0]?.count ?? 0,
        );
      },
    },
    { name: "ChapterTranslationConnection", description: "A page of translations." },
    { name: "ChapterTranslationEdge", description: "A translation in a page." },
  ),
}));
