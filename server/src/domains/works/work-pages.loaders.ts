import type { ListedChapter } from "#domains/works/change-work.ts";
import { cursorId, cursorPart, type Page } from "#graphql/connection.ts";
import { definePageLoader } from "#graphql/loader.ts";
import type { ChapterTranslation, PromptVersion } from "#platform/db/generated/client.ts";

interface PageKind {
  take: number;
  backward: boolean;
  /** The sort key to start behind: a number, or an id. */
  key: string | null;
}

/** For what is sorted by its number. @throws ValidationError */
export function numberPage(page: Page): PageKind {
  return { take: page.take, backward: page.backward, key: cursorPart(page, (key) => /^\d{1,9}$/.test(key)) };
}

/** For what is sorted by id. @throws ValidationError */
export function timePage(page: Page): PageKind {
  return { take: page.take, backward: page.backward, key: cursorId(page) };
}

/** Rows in the order of their ids, as a statement gave them. */
function inOrder<Row extends { id: string }>(ids: readonly { id: string }[], rows: readonly Row[]): Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap(({ id }) => byId.get(id) ?? []);
}

export interface ChapterFilter {
  /** With LIKE's wildcards escaped. */
  search: string | null;
}

const fitsChapter = (parameter: string): string => `
  (${parameter}::text IS NULL OR number::text = ${parameter} OR title ILIKE '%' || ${parameter} || '%'
   OR summary ILIKE '%' || ${parameter} || '%' OR text ILIKE '%' || ${parameter} || '%')`;

/** Pages of chapters by work, in the order of their numbers, or in reverse for backward ones. */
export const chapterPageLoader = definePageLoader<PageKind & ChapterFilter, ListedChapter>(
  async ({ deps }, { take, backward, key, search }, workIds) => {
    const { rows } = await deps.db.pool.query<{ id: string }>({
      name: backward ? "chapter-page-back" : "chapter-page",
      text: `SELECT page.id FROM unnest($1::uuid[]) AS w(id)
             CROSS JOIN LATERAL (
               SELECT id FROM chapter
               WHERE work_id = w.id AND ($3::int IS NULL OR number ${backward ? "<" : ">"} $3) AND ${fitsChapter("$4")}
               ORDER BY number ${backward ? "DESC" : ""} LIMIT $2
             ) page`,
      values: [workIds, take, key, search],
    });
    const where = { id: { in: rows.map(({ id }) => id) } };
    return inOrder(rows, await deps.db.prisma.chapter.findMany({ where, omit: { text: true } }));
  },
  ({ workId }) => workId,
);

/** How many chapters each work has that fit a filter; works without one are left out. */
export const chapterCountLoader = definePageLoader<ChapterFilter, { workId: string; count: number }>(
  async ({ deps }, { search }, workIds) => {
    const { rows } = await deps.db.pool.query<{ workId: string; count: number }>({
      name: "chapter-count",
      text: `SELECT work_id AS "workId", count(*)::int AS count FROM chapter
             WHERE work_id = ANY($1::uuid[]) AND ${fitsChapter("$2")} GROUP BY 1`,
      values: [workIds, search],
    });
    return rows;
  },
  ({ workId }) => workId,
);

/** Pages of versions by prompt, the newest first, or the oldest first for backward ones. */
export const versionPageLoader = definePageLoader<PageKind, PromptVersion>(
  async ({ deps }, { take, backward, key }, promptIds) => {
    const { rows } = await deps.db.pool.query<{ id: string }>({
      name: backward ? "prompt-version-page-back" : "prompt-version-page",
      text: `SELECT page.id FROM unnest($1::uuid[]) AS p(id)
             CROSS JOIN LATERAL (
               SELECT id FROM prompt_version
               WHERE prompt_id = p.id AND ($3::int IS NULL OR number ${backward ? ">" : "<"} $3)
               ORDER BY number ${backward ? "" : "DESC"} LIMIT $2
             ) page`,
      values: [promptIds, take, key],
    });
    const where = { id: { in: rows.map(({ id }) => id) } };
    return inOrder(rows, await deps.db.prisma.promptVersion.findMany({ where }));
  },
  ({ promptId }) => promptId,
);

export interface TranslationFilter {
  targetLanguage: string | null;
}

/** Pages of translations by chapter, the newest first, or the oldest first for backward ones. */
export const translationPageLoader = definePageLoader<PageKind & TranslationFilter, ChapterTranslation>(
  async ({ deps }, { take, backward, key, targetLanguage }, chapterIds) => {
    const { rows } = await deps.db.pool.query<{ id: string }>({
      name: backward ? "translation-page-back" : "translation-page",
      text: `SELECT page.id FROM unnest($1::uuid[]) AS c(id)
             CROSS JOIN LATERAL (
               SELECT id FROM chapter_translation
               WHERE chapter_id = c.id AND ($3::uuid IS NULL OR id ${backward ? ">" : "<"} $3)
                 AND ($4::text IS NULL OR lower(target_language) = lower($4))
               ORDER BY id ${backward ? "" : "DESC"} LIMIT $2
             ) page`,
      values: [chapterIds, take, key, targetLanguage],
    });
    const where = { id: { in: rows.map(({ id }) => id) } };
    return inOrder(rows, await deps.db.prisma.chapterTranslation.findMany({ where }));
  },
  ({ chapterId }) => chapterId,
);

/** How many translations each chapter has; chapters without one are left out. */
export const translationCountLoader = definePageLoader<TranslationFilter, { chapterId: string; count: number }>(
  async ({ deps }, { targetLanguage }, chapterIds) => {
    const { rows } = await deps.db.pool.query<{ chapterId: string; count: number }>({
      name: "translation-count",
      text: `SELECT chapter_id AS "chapterId", count(*)::int AS count FROM chapter_translation
             WHERE chapter_id = ANY($1::uuid[]) AND ($2::text IS NULL OR lower(target_language) = lower($2)) GROUP BY 1`,
      values: [chapterIds, targetLanguage],
    });
    return rows;
  },
  ({ chapterId }) => chapterId,
);
