import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { changeChapter, changeWork, type ListedChapter } from "#domains/works/change-work.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { given } from "#lib/given.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { Work } from "#platform/db/generated/client.ts";

const maxChapters = 10_000;
/** Chapters that one call puts into another order. */
const maxReordered = 1_000;
/** Characters of a chapter's text. */
export const maxChapterText = 500_000;

const chapterFields = z.object({
  number: z.int().min(0, "a chapter has a number from 0 on").max(1_000_000, "at most 1,000,000").optional(),
  title: storableText(500).trim().optional(),
  text: storableText(maxChapterText).optional(),
  summary: storableText(20_000).optional(),
});

export interface ChapterInput {
  /** The next one unless said. */
  number?: number | undefined;
  title?: string | undefined;
  text?: string | undefined;
  summary?: string | undefined;
}

/** @throws NotFoundError (work), ValidationError, ConflictError (NUMBER_TAKEN) */
export async function createChapter(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  input: ChapterInput & { workId: string },
): Promise<ListedChapter> {
  const fields = parseInput(chapterFields, input);
  return changeWork(deps, viewer, input.workId, ["workId"], async (tx, { id: workId }) => {
    await requireRoomForChapters(tx, workId, 1);
    const number = fields.number ?? (await nextNumber(tx, workId));
    if (fields.number !== undefined) await requireFreeNumber(tx, workId, number);
    return tx.chapter.create({ data: { workId, ...stored(fields), number }, omit: { text: true } });
  });
}

/** Fields left out stay. @throws NotFoundError, ValidationError, ConflictError (NUMBER_TAKEN) */
export async function updateChapter(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  id: string,
  input: ChapterInput,
): Promise<ListedChapter> {
  const fields = parseInput(chapterFields, input);
  return changeChapter(deps, viewer, id, async (tx, { workId, number }) => {
    if (fields.number !== undefined && fields.number !== number) await requireFreeNumber(tx, workId, fields.number);
    return tx.chapter.update({ where: { id }, data: stored(fields), omit: { text: true } });
  });
}

/** With its translations; the other chapters keep their numbers. @throws NotFoundError */
export async function deleteChapter(deps: Pick<Deps, "db">, viewer: Viewer, id: string): Promise<Work> {
  return changeChapter(deps, viewer, id, async (tx, _chapter, work) => {
    await tx.chapter.delete({ where: { id } });
    return work;
  });
}

/**
 * Gives these chapters, in this order, the numbers that they have among them, from the lowest up: gaps and chapters that are
 * not named stay where they are.
 * @throws NotFoundError (work, a chapter by its position), ValidationError
 */
export async function reorderChapters(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  workId: string,
  chapterIds: readonly string[],
): Promise<Work> {
  if (chapterIds.length > maxReordered) throw ValidationError.at(["chapterIds"], `at most ${maxReordered} at once`);
  if (new Set(chapterIds).size !== chapterIds.length) throw ValidationError.at(["chapterIds"], "name each once");
  return changeWork(deps, viewer, workId, ["workId"], async (tx, work) => {
    const rows = await tx.chapter.findMany({
      where: { workId, id: { in: [...chapterIds] } },
      select: { id: true, number: true },
    });
    const known = new Set(rows.map(({ id }) => id));
    const missing = chapterIds.findIndex((id) => !known.has(id));
    if (missing >= 0) throw new NotFoundError("The chapter, among those of the work,", ["chapterIds", String(missing)]);
    await renumber(
      tx,
      chapterIds,
      rows.map(({ number }) => number).toSorted((a, b) => a - b),
    );
    return work;
  });
}

/** In two steps, for no number may be there twice at any moment. */
async function renumber(tx: PrismaTx, ids: readonly string[], numbers: readonly number[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE chapter SET number = -placed.number - 1
    FROM unnest(${[...ids]}::uuid[], ${[...numbers]}::int[]) AS placed(id, number)
    WHERE chapter.id = placed.id AND chapter.number <> placed.number`;
  await tx.$executeRaw`UPDATE chapter SET number = -number - 1 WHERE id = ANY(${[...ids]}::uuid[]) AND number < 0`;
}

/** @throws ValidationError */
export async function requireRoomForChapters(tx: PrismaTx, workId: string, more: number): Promise<void> {
  if ((await tx.chapter.count({ where: { workId } })) + more > maxChapters)
    throw ValidationError.at(["workId"], `a work has at most ${maxChapters} chapters`);
}

export async function nextNumber(tx: PrismaTx, workId: string): Promise<number> {
  const last = await tx.chapter.aggregate({ where: { workId }, _max: { number: true } });
  return (last._max.number ?? 0) + 1;
}

async function requireFreeNumber(tx: PrismaTx, workId: string, number: number): Promise<void> {
  const taken = await tx.chapter.findUnique({ where: { workId_number: { workId, number } }, select: { id: true } });
  if (taken) throw new ConflictError(`The work has a chapter ${number} already`, "NUMBER_TAKEN", ["number"]);
}

function stored(fields: z.output<typeof chapterFields>) {
  return { ...given(fields), ...(fields.text === undefined ? {} : { characterCount: fields.text.length }) };
}
