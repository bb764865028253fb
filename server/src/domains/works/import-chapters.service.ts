import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { changeWork } from "#domains/works/change-work.ts";
import { maxChapterText, nextNumber, requireRoomForChapters } from "#domains/works/chapters.service.ts";
import { numberChapters, splitBook } from "#domains/works/logic/split-book.ts";
import { ConflictError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { Work } from "#platform/db/generated/client.ts";

/** Characters of a text that is cut into chapters. */
const maxBook = 5_000_000;
const bookFields = z.object({ text: storableText(maxBook) });

/**
 * Cuts a text at its headings and adds what it finds as chapters, all or none.
 * @throws NotFoundError (work), ValidationError, ConflictError (NUMBER_TAKEN)
 */
export async function importChapters(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  input: { workId: string; text: string },
): Promise<{ work: Work; imported: number }> {
  const { text: book } = parseInput(bookFields, input);
  const chapters = splitBook(book);
  if (chapters.length === 0) throw ValidationError.at(["text"], "there is nothing in the text");
  const long = chapters.find(({ text }) => text.length > maxChapterText);
  if (long) {
    const name = long.title || `chapter ${long.number ?? 1}`;
    const message = `"${name}" has ${long.text.length} characters, more than the ${maxChapterText} of a chapter; headings look like Chapter 12: The pier, 第3話, or # The pier`;
    throw ValidationError.at(["text"], message);
  }
  return changeWork(deps, viewer, input.workId, ["workId"], async (tx, work) => {
    await requireRoomForChapters(tx, work.id, chapters.length);
    const numbers = numberChapters(chapters, await nextNumber(tx, work.id));
    const taken = await tx.chapter.findMany({
      where: { workId: work.id, number: { in: numbers } },
      select: { number: true },
      orderBy: { number: "asc" },
      take: 10,
    });
    if (taken.length > 0) {
      const those = taken.map(({ number }) => number).join(", ");
      throw new ConflictError(`The work has chapters of these numbers already: ${those}`, "NUMBER_TAKEN", ["text"]);
    }
    await tx.chapter.createMany({
      data: chapters.map(({ title, text }, index) => ({
        workId: work.id,
        number: numbers[index] ?? 0,
        title,
        text,
        characterCount: text.length,
      })),
    });
    return { work, imported: chapters.length };
  });
}
