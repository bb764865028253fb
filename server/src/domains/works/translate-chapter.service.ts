import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { promptMissing } from "#domains/works/translation-error.ts";
import { languageField } from "#domains/works/works.service.ts";
import { visibleOfWork } from "#domains/works/visible-works.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import { isUniqueViolation } from "#platform/db/conflicts.ts";
import type { ChapterTranslation } from "#platform/db/generated/client.ts";
import { LlmUnavailableError } from "#platform/llm/errors.ts";

export type TranslateDeps = Pick<Deps, "db" | "bus" | "llm" | "translationQueue">;

export interface TranslateChapter {
  chapterId: string;
  /** The work's own unless said. */
  targetLanguage?: string | undefined;
  idempotencyKey?: string | undefined;
}

const given = z.object({
  targetLanguage: languageField.optional(),
  idempotencyKey: storableText(200).min(1).optional(),
});

/**
 * Has a chapter translated with the newest version of its work's prompt at the moment when a worker begins. A repeat with the
 * same key answers the first translation.
 * @throws NotFoundError, ValidationError, ConflictError (PROMPT_MISSING, IDEMPOTENCY_KEY_REUSED), LlmUnavailableError at once
 */
export async function translateChapter(
  deps: TranslateDeps,
  viewer: Viewer,
  input: TranslateChapter,
): Promise<ChapterTranslation> {
  const { idempotencyKey, targetLanguage: wanted } = parseInput(given, input);
  const chapter = await deps.db.prisma.chapter.findFirst({
    where: { AND: [{ id: input.chapterId }, visibleOfWork(viewer)] },
    select: {
      id: true,
      characterCount: true,
      work: { select: { targetLanguage: true, prompt: { select: { id: true, lastNumber: true } } } },
    },
  });
  if (!chapter) throw new NotFoundError("The chapter", ["chapterId"]);
  const { work } = chapter;
  const payload = { chapterId: chapter.id, targetLanguage: wanted ?? work.targetLanguage };
  const asked = { chapterId: chapter.id, targetLanguage: wanted };
  const earlier = await findEarlier(deps, viewer, idempotencyKey, asked);
  if (earlier) return earlier;
  if (chapter.characterCount === 0)
    throw ValidationError.at(["chapterId"], "the chapter has no text yet", "CHAPTER_EMPTY");
  if (!work.prompt)
    throw new ConflictError(`${promptMissing.message}. ${promptMissing.hint}`, promptMissing.code, ["chapterId"]);
  await requireLatestModel(deps, work.prompt);
  try {
    const translation = await deps.db.prisma.chapterTranslation.create({
      data: { ...payload, createdById: viewer.userId, idempotencyKey: idempotencyKey ?? null },
    });
    await deps.translationQueue.add({ translationId: translation.id, attempt: 1 });
    return translation;
  } catch (error) {
    const first = isUniqueViolation(error) ? await findEarlier(deps, viewer, idempotencyKey, asked) : null;
    if (first) return first;
    throw error;
  }
}

/** Told at once, before anything is stored: who waits for a model that is not there waits in vain. @throws LlmUnavailableError */
async function requireLatestModel(
  { db, llm }: Pick<Deps, "db" | "llm">,
  { id: promptId, lastNumber: number }: { id: string; lastNumber: number },
): Promise<void> {
  const version = await db.prisma.promptVersion.findUniqueOrThrow({
    where: { promptId_number: { promptId, number } },
    select: { model: true },
  });
  await requireModel(llm, version.model);
}

/** @throws LlmUnavailableError */
export async function requireModel(llm: Deps["llm"], model: string): Promise<void> {
  const { isReachable, models, hint } = await llm.status();
  if (!isReachable) throw new LlmUnavailableError("No language model can be asked", hint);
  if (models.includes(model)) return;
  const others = models.length > 0 ? `: ${models.slice(0, 10).join(", ")}` : "";
  throw new LlmUnavailableError(
    `The language model server does not offer ${model}`,
    `Load ${model} there, or append a version of the prompt that names another one${others}.`,
  );
}

async function findEarlier(
  { db }: Pick<Deps, "db">,
  { userId }: Viewer,
  idempotencyKey: string | undefined,
  { chapterId, targetLanguage }: { chapterId: string; targetLanguage: string | undefined },
): Promise<ChapterTranslation | null> {
  if (idempotencyKey === undefined) return null;
  const where = { createdById_idempotencyKey: { createdById: userId, idempotencyKey } };
  const earlier = await db.prisma.chapterTranslation.findUnique({ where });
  if (!earlier) return null;
  const isSame =
    earlier.chapterId === chapterId && earlier.targetLanguage === (targetLanguage ?? earlier.targetLanguage);
  if (isSame) return earlier;
  throw new ConflictError("This idempotency key was used for another translation", "IDEMPOTENCY_KEY_REUSED", [
    "idempotencyKey",
  ]);
}
