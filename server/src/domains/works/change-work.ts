import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { visibleOfWork, visibleWorks } from "#domains/works/visible-works.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { Chapter, Work } from "#platform/db/generated/client.ts";

/** For how long the import of a whole book may take, and those who write after it wait for their turn, in ms. */
export const patience = { timeout: 60_000, maxWait: 30_000 };

/**
 * Writes in a work, in one transaction: whoever else writes there waits until it ends, so that numbers of chapters are never
 * read in between.
 * @throws NotFoundError
 */
export async function changeWork<Result>(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  workId: string,
  path: string[],
  write: (tx: PrismaTx, work: Work) => Promise<Result>,
): Promise<Result> {
  return db.prisma.$transaction(async (tx) => {
    const [work] = await tx.work.updateManyAndReturn({
      where: { AND: [{ id: workId }, visibleWorks(viewer)] },
      data: { updatedAt: new Date() },
    });
    if (!work) throw new NotFoundError("The work", path);
    return write(tx, work);
  }, patience);
}

export type ListedChapter = Omit<Chapter, "text">;

/** Like changeWork, for a chapter's work; the chapter is as it is once nobody else writes. @throws NotFoundError */
export async function changeChapter<Result>(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  id: string,
  write: (tx: PrismaTx, chapter: ListedChapter, work: Work) => Promise<Result>,
): Promise<Result> {
  const where = { AND: [{ id }, visibleOfWork(viewer)] };
  const found = await deps.db.prisma.chapter.findFirst({ where, select: { workId: true } });
  if (!found) throw new NotFoundError("The chapter", ["id"]);
  return changeWork(deps, viewer, found.workId, ["id"], async (tx, work) => {
    const chapter = await tx.chapter.findUnique({ where: { id }, omit: { text: true } });
    if (!chapter) throw new NotFoundError("The chapter", ["id"]);
    return write(tx, chapter, work);
  });
}
