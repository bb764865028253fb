import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireModel, type TranslateDeps } from "#domains/works/translate-chapter.service.ts";
import { visibleOfChapter } from "#domains/works/visible-works.ts";
import { ConflictError, NotFoundError } from "#lib/domain-error.ts";
import { type ChapterTranslation, Prisma } from "#platform/db/generated/client.ts";

const newestVersion = { versions: { orderBy: { number: "desc" as const }, take: 1, select: { model: true } } };

/** @throws NotFoundError */
async function requireTranslation({ db }: Pick<Deps, "db">, viewer: Viewer, id: string) {
  const translation = await db.prisma.chapterTranslation.findFirst({
    where: { AND: [{ id }, visibleOfChapter(viewer)] },
    include: { chapter: { select: { workId: true, work: { select: { prompt: { select: newestVersion } } } } } },
  });
  if (!translation) throw new NotFoundError("The translation", ["id"]);
  return translation;
}

/** Ends it; what is written stays. Once it is over this changes nothing. @throws NotFoundError */
export async function cancelTranslation(deps: TranslateDeps, viewer: Viewer, id: string): Promise<ChapterTranslation> {
  const { chapter } = await requireTranslation(deps, viewer, id);
  await deps.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.chapterTranslation.updateMany({
      where: { id, status: { in: ["PENDING", "RUNNING"] } },
      data: { status: "CANCELED", finishedAt: new Date() },
    });
    if (count === 0) return;
    const running = { translationId: id, status: "RUNNING" as const };
    await tx.translationPart.updateMany({ where: running, data: { status: "PENDING" } });
  });
  deps.bus.publish("translation.changed", { translationId: id, workId: chapter.workId });
  return requireTranslation(deps, viewer, id);
}

/**
 * Writes the parts that are missing, with the version that the others were written with. As long as none is written it begins
 * anew: with the newest version, and the chapter as it is then.
 * @throws NotFoundError, ConflictError (NOTHING_TO_RETRY), LlmUnavailableError at once
 */
export async function retryTranslation(deps: TranslateDeps, viewer: Viewer, id: string): Promise<ChapterTranslation> {
  const { chapter, status, modelSnapshot } = await requireTranslation(deps, viewer, id);
  if (status !== "FAILED" && status !== "CANCELED") throw nothingToRetry();
  const done = await deps.db.prisma.translationPart.count({ where: { translationId: id, status: "DONE" } });
  const model = done > 0 ? modelSnapshot : chapter.work.prompt?.versions[0]?.model;
  if (model) await requireModel(deps.llm, model);
  const again = await deps.db.prisma.$transaction(async (tx) => {
    const [row] = await tx.chapterTranslation.updateManyAndReturn({
      where: { id, status: { in: ["FAILED", "CANCELED"] } },
      data: { status: "PENDING", finishedAt: null, error: Prisma.DbNull, attempt: { increment: 1 } },
    });
    if (!row) throw nothingToRetry();
    if ((await tx.translationPart.count({ where: { translationId: id, status: "DONE" } })) > 0) {
      const open = { translationId: id, status: { not: "DONE" as const } };
      await tx.translationPart.updateMany({ where: open, data: { status: "PENDING", text: "" } });
      return row;
    }
    await tx.translationPart.deleteMany({ where: { translationId: id } });
    return tx.chapterTranslation.update({
      where: { id },
      data: {
        promptVersionId: null,
        modelSnapshot: null,
        templateSnapshot: null,
        parametersSnapshot: Prisma.DbNull,
        startedAt: null,
      },
    });
  });
  await deps.translationQueue.add({ translationId: id, attempt: again.attempt });
  deps.bus.publish("translation.changed", { translationId: id, workId: chapter.workId });
  return again;
}

function nothingToRetry(): ConflictError {
  return new ConflictError("It has not failed; it is under way, or whole", "NOTHING_TO_RETRY", ["id"]);
}
