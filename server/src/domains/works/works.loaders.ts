import type { ListedChapter } from "#domains/works/change-work.ts";
import { visibleOfPrompt, visibleOfWork, visibleWorks } from "#domains/works/visible-works.ts";
import { byId, defineListLoader, defineLoader } from "#graphql/loader.ts";
import type { PromptVersion, Work, WorkPrompt } from "#platform/db/generated/client.ts";

export const workLoader = defineLoader<Work>(async ({ deps, viewer }, ids) =>
  byId(await deps.db.prisma.work.findMany({ where: { AND: [{ id: { in: [...ids] } }, visibleWorks(viewer)] } })),
);

export const chapterLoader = defineLoader<ListedChapter>(async ({ deps, viewer }, ids) =>
  byId(
    await deps.db.prisma.chapter.findMany({
      where: { AND: [{ id: { in: [...ids] } }, visibleOfWork(viewer)] },
      omit: { text: true },
    }),
  ),
);

/** Of chapters that the viewer may see: whoever has the chapter has its text. */
export const chapterTextLoader = defineLoader<string>(async ({ deps }, ids) => {
  const rows = await deps.db.prisma.chapter.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, text: true },
  });
  return new Map(rows.map(({ id, text }) => [id, text]));
});

/** The chapters before and after chapters, in the order of their numbers. */
export const chapterNeighboursLoader = defineListLoader<ListedChapter & { of: string }>(
  async ({ deps }, chapterIds) => {
    const { rows } = await deps.db.pool.query<{ of: string; id: string }>({
      name: "chapter-neighbours",
      text: `SELECT own.id AS of, beside.id FROM chapter own CROSS JOIN LATERAL (
               (SELECT id FROM chapter WHERE work_id = own.work_id AND number < own.number ORDER BY number DESC LIMIT 1)
               UNION ALL
               (SELECT id FROM chapter WHERE work_id = own.work_id AND number > own.number ORDER BY number LIMIT 1)
             ) beside WHERE own.id = ANY($1::uuid[])`,
      values: [chapterIds],
    });
    const where = { id: { in: rows.map(({ id }) => id) } };
    const chapters = byId(await deps.db.prisma.chapter.findMany({ where, omit: { text: true } }));
    return rows.flatMap(({ of, id }) => {
      const chapter = chapters.get(id);
      return chapter ? [{ ...chapter, of }] : [];
    });
  },
  ({ of }) => of,
);

export const workPromptLoader = defineLoader<WorkPrompt>(async ({ deps, viewer }, ids) =>
  byId(await deps.db.prisma.workPrompt.findMany({ where: { AND: [{ id: { in: [...ids] } }, visibleOfWork(viewer)] } })),
);

/** Of works that the viewer may see: whoever has the work has its prompt. */
export const promptOfWorkLoader = defineLoader<WorkPrompt>(async ({ deps }, workIds) => {
  const rows = await deps.db.prisma.workPrompt.findMany({ where: { workId: { in: [...workIds] } } });
  return new Map(rows.map((prompt) => [prompt.workId, prompt]));
});

export const promptVersionLoader = defineLoader<PromptVersion>(async ({ deps, viewer }, ids) =>
  byId(
    await deps.db.prisma.promptVersion.findMany({
      where: { AND: [{ id: { in: [...ids] } }, visibleOfPrompt(viewer)] },
    }),
  ),
);

/** The newest version of prompts, by prompt. */
export const latestVersionLoader = defineLoader<PromptVersion>(async ({ deps }, promptIds) => {
  const { rows } = await deps.db.pool.query<{ id: string }>({
    name: "latest-prompt-versions",
    text: `SELECT v.id FROM work_prompt p JOIN prompt_version v ON v.prompt_id = p.id AND v.number = p.last_number
           WHERE p.id = ANY($1::uuid[])`,
    values: [promptIds],
  });
  const versions = await deps.db.prisma.promptVersion.findMany({ where: { id: { in: rows.map(({ id }) => id) } } });
  return new Map(versions.map((version) => [version.promptId, version]));
});
