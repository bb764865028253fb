import { v7 as uuidv7 } from "uuid";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { patience } from "#domains/works/change-work.ts";
import { defaultPrompt } from "#domains/works/logic/default-prompt.ts";
import { visibleWorks } from "#domains/works/visible-works.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import { usualModels } from "#platform/llm/llm.ts";

export interface SeededPrompts {
  /** Works that have the usual prompt now, and had none. */
  seeded: number;
  /** Works that had a prompt already. */
  unchanged: number;
}

/** Works that are given prompts in one transaction. */
const batch = 500;

/**
 * Gives every work without a prompt the usual one, of those that the viewer sees; running it again changes nothing.
 * @param workId only this one @throws NotFoundError
 */
export async function seedDefaultPrompts(
  deps: Pick<Deps, "db" | "config">,
  viewer: Viewer,
  workId?: string,
): Promise<SeededPrompts> {
  const where = { AND: [visibleWorks(viewer), workId === undefined ? {} : { id: workId }] };
  const total = await deps.db.prisma.work.count({ where });
  if (workId !== undefined && total === 0) throw new NotFoundError("The work", ["workId"]);
  const without = await deps.db.prisma.work.findMany({
    where: { AND: [where, { prompt: null }] },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  let seeded = 0;
  for (let start = 0; start < without.length; start += batch)
    seeded += await seed(
      deps,
      viewer,
      without.slice(start, start + batch).map(({ id }) => id),
    );
  return { seeded, unchanged: total - seeded };
}

/** @returns how many had none: somebody may have been faster */
async function seed(
  { db, config }: Pick<Deps, "db" | "config">,
  { userId }: Viewer,
  workIds: readonly string[],
): Promise<number> {
  const { name, template, parameters, metadata } = defaultPrompt;
  const model = config.llm?.models.translation ?? usualModels.translation;
  return db.prisma.$transaction(async (tx) => {
    // Those that were deleted meanwhile are left out, and none is deleted before this ends.
    const present = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM work WHERE id = ANY(${[...workIds]}::uuid[]) FOR KEY SHARE`;
    const prompts = await tx.workPrompt.createManyAndReturn({
      data: present.map(({ id }) => ({ id: uuidv7(), workId: id, name, lastNumber: 1 })),
      skipDuplicates: true,
      select: { id: true },
    });
    const version = { number: 1, model, template, parameters, metadata, createdById: userId };
    await tx.promptVersion.createMany({ data: prompts.map(({ id }) => ({ ...version, promptId: id })) });
    return prompts.length;
  }, patience);
}
