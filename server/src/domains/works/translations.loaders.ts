import { visibleOfChapter } from "#domains/works/visible-works.ts";
import { byId, defineListLoader, defineLoader, definePageLoader } from "#graphql/loader.ts";
import type { ChapterTranslation, TranslationPart } from "#platform/db/generated/client.ts";

export const translationLoader = defineLoader<ChapterTranslation>(async ({ deps, viewer }, ids) =>
  byId(
    await deps.db.prisma.chapterTranslation.findMany({
      where: { AND: [{ id: { in: [...ids] } }, visibleOfChapter(viewer)] },
    }),
  ),
);

export interface LatestKind {
  targetLanguage: string | null;
  /** Only such as are done. */
  isDone: boolean;
}

/** The newest translation of chapters; those without one are left out. */
export const latestTranslationLoader = definePageLoader<LatestKind, ChapterTranslation>(
  async ({ deps }, { targetLanguage, isDone }, chapterIds) => {
    const { rows } = await deps.db.pool.query<{ id: string }>({
      name: "latest-translations",
      text: `SELECT newest.id FROM unnest($1::uuid[]) AS c(id)
             CROSS JOIN LATERAL (
               SELECT id FROM chapter_translation
               WHERE chapter_id = c.id AND ($2::text IS NULL OR lower(target_language) = lower($2))
                 AND (NOT $3::bool OR status = 'SUCCEEDED')
               ORDER BY id DESC LIMIT 1
             ) newest`,
      values: [chapterIds, targetLanguage, isDone],
    });
    return deps.db.prisma.chapterTranslation.findMany({ where: { id: { in: rows.map(({ id }) => id) } } });
  },
  ({ chapterId }) => chapterId,
);

/** The parts of translations that the viewer may see: whoever has the translation has them. */
export const partsLoader = defineListLoader<TranslationPart>(
  ({ deps }, translationIds) =>
    deps.db.prisma.translationPart.findMany({
      where: { translationId: { in: [...translationIds] } },
      orderBy: { index: "asc" },
    }),
  ({ translationId }) => translationId,
);

/** What translations say so far: their parts, joined. */
export const translationTextLoader = defineLoader<string>(async ({ deps }, ids) => {
  const { rows } = await deps.db.pool.query<{ id: string; text: string }>({
    name: "translation-texts",
    text: textsOfTranslations,
    values: [ids],
  });
  return new Map(rows.map(({ id, text }) => [id, text]));
});

/** What stands behind a part is told once something follows it. */
export const textsOfTranslations = `
  SELECT translation_id AS id, rtrim(string_agg(text || CASE WHEN status = 'DONE' THEN glue ELSE '' END, '' ORDER BY index), E' \\n\\r\\t') AS text
  FROM translation_part WHERE translation_id = ANY($1::uuid[]) GROUP BY 1`;

export interface TranslationSums {
  id: string;
  total: number;
  done: number;
  /** Null where the server did not count. */
  inputTokens: number | null;
  outputTokens: number | null;
  elapsedMs: number;
}

/** How far translations are, and what they took; those that have not begun are left out. */
export const translationSumsLoader = defineLoader<TranslationSums>(async ({ deps }, ids) => {
  const { rows } = await deps.db.pool.query<TranslationSums>({
    name: "translation-sums",
    text: `SELECT translation_id AS id, count(*)::int AS total, count(*) FILTER (WHERE status = 'DONE')::int AS done,
             sum(input_tokens)::int AS "inputTokens", sum(output_tokens)::int AS "outputTokens",
             sum(elapsed_ms)::int AS "elapsedMs"
           FROM translation_part WHERE translation_id = ANY($1::uuid[]) GROUP BY 1`,
    values: [ids],
  });
  return byId(rows);
});
