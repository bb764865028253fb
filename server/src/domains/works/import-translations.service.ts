import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { changeWork } from "#domains/works/change-work.ts";
import { maxChapterText } from "#domains/works/chapters.service.ts";
import { type LegacyPrompt, legacyPrompt, snapshotOf } from "#domains/works/legacy-prompt.ts";
import { languageField } from "#domains/works/works.service.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { Work } from "#platform/db/generated/client.ts";

export interface ImportedTranslation {
  chapterNumber: number;
  text: string;
  /** That of the import unless said. */
  targetLanguage?: string | undefined;
  /** When it was made; now unless said. */
  createdAt?: Date | undefined;
}

/** Translations of one call. */
const maxTranslations = 1_000;

const importFields = z.object({
  targetLanguage: languageField.optional(),
  legacyPrompt: legacyPrompt.optional(),
  translations: z
    .array(
      z.object({
        chapterNumber: z.int(),
        text: storableText(maxChapterText).trim().min(1, "a translation needs a text"),
        targetLanguage: languageField.optional(),
        createdAt: z.date().optional(),
      }),
    )
    .min(1, "give at least one translation")
    .max(maxTranslations, `at most ${maxTranslations} translations at once`),
});
type Row = z.output<typeof importFields>["translations"][number];

/**
 * Adds translations that were made elsewhere, all or none. What was imported before, to the letter, is not added again.
 * @throws NotFoundError (work, chapter by position), ValidationError
 */
export async function importTranslations(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  input: {
    workId: string;
    targetLanguage?: string | undefined;
    legacyPrompt?: LegacyPrompt | undefined;
    translations: readonly ImportedTranslation[];
  },
): Promise<{ work: Work; imported: number; skipped: number }> {
  const fields = parseInput(importFields, input);
  const now = new Date();
  for (const [index, { createdAt }] of fields.translations.entries())
    if (createdAt && (createdAt > now || createdAt.getTime() < 0))
      throw ValidationError.at(["translations", String(index), "createdAt"], "a moment from 1970 on that has been");
  return changeWork(deps, viewer, input.workId, ["workId"], async (tx, work) => {
    const chapters = await chaptersOf(tx, work.id, fields.translations);
    const known = await knownTexts(tx, work.id);
    const fresh = fields.translations.flatMap((row) => {
      const chapterId = chapters.get(row.chapterNumber) ?? "";
      const targetLanguage = row.targetLanguage ?? fields.targetLanguage ?? work.targetLanguage;
      const mark = markOf({ chapterId, targetLanguage, text: row.text });
      if (known.has(mark)) return [];
      known.add(mark);
      const createdAt = row.createdAt ?? now;
      // Ids tell the order: what is older than our own translations shall not look newer.
      return [{ ...row, id: uuidv7({ msecs: createdAt.getTime() }), chapterId, targetLanguage, createdAt }];
    });
    const snapshot = snapshotOf(fields.legacyPrompt);
    await tx.chapterTranslation.createMany({
      data: fresh.map(({ id, chapterId, targetLanguage, createdAt }) => ({
        ...snapshot,
        id,
        chapterId,
        targetLanguage,
        createdAt,
        finishedAt: createdAt,
        status: "SUCCEEDED" as const,
        isImported: true,
        createdById: viewer.userId,
      })),
    });
    await tx.translationPart.createMany({
      data: fresh.map(({ id, text }) => ({
        translationId: id,
        index: 0,
        // What it was made of is not known: the chapter may have changed since.
        sourceText: "",
        text,
        status: "DONE" as const,
      })),
    });
    return { work, imported: fresh.length, skipped: fields.translations.length - fresh.length };
  });
}

/**
 * Says what imported translations were made with that do not tell yet.
 * @returns how many were filled @throws NotFoundError, ValidationError
 */
export async function backfillTranslations(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  input: { workId: string; legacyPrompt: LegacyPrompt },
): Promise<{ work: Work; filled: number }> {
  const fields = parseInput(z.object({ legacyPrompt }), input);
  return changeWork(deps, viewer, input.workId, ["workId"], async (tx, work) => {
    const { count } = await tx.chapterTranslation.updateMany({
      where: {
        chapter: { workId: work.id },
        isImported: true,
        legacyPromptName: null,
        modelSnapshot: null,
        templateSnapshot: null,
      },
      data: snapshotOf(fields.legacyPrompt),
    });
    return { work, filled: count };
  });
}

/** @returns ids by number @throws NotFoundError for the first that there is none of */
async function chaptersOf(tx: PrismaTx, workId: string, rows: readonly Row[]): Promise<Map<number, string>> {
  const chapters = await tx.chapter.findMany({
    where: { workId, number: { in: [...new Set(rows.map(({ chapterNumber }) => chapterNumber))] } },
    select: { id: true, number: true },
  });
  const ids = new Map(chapters.map(({ id, number }) => [number, id]));
  const missing = rows.findIndex(({ chapterNumber }) => !ids.has(chapterNumber));
  if (missing >= 0)
    throw new NotFoundError(`Chapter ${rows[missing]?.chapterNumber} of the work`, [
      "translations",
      String(missing),
      "chapterNumber",
    ]);
  return ids;
}

const markOf = (row: { chapterId: string; targetLanguage: string; text: string }): string =>
  `${row.chapterId} ${row.targetLanguage.toLowerCase()} ${row.text}`;

/** What was imported before. */
async function knownTexts(tx: PrismaTx, workId: string): Promise<Set<string>> {
  const rows = await tx.chapterTranslation.findMany({
    where: { chapter: { workId }, isImported: true },
    select: { chapterId: true, targetLanguage: true, parts: { select: { text: true } } },
  });
  return new Set(rows.map(({ parts, ...row }) => markOf({ ...row, text: parts[0]?.text ?? "" })));
}
