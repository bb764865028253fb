import type { Deps } from "#app/deps.ts";
import type { DrivenTake } from "#domains/takes/segments/load-take.ts";
import type { Tags } from "#platform/media/media-tasks.ts";

/**
 * Texts for a file that is put together here: the first clip's graph as ComfyUI reads it, and which take it is. What
 * machines make themselves they are given with the prompt.
 */
export async function recipeTags({ db }: Pick<Deps, "db">, take: DrivenTake): Promise<Tags> {
  const first = take.segments[0]?.jobId;
  const run = first
    ? await db.prisma.run.findFirst({ where: { jobId: first }, orderBy: { index: "asc" }, include: { graph: true } })
    : null;
  const record = { takeId: take.id, jobIds: take.segments.flatMap(({ jobId }) => jobId ?? []) };
  return { ...(run?.graph ? { prompt: run.graph.json } : {}), callsheet: JSON.stringify(record) };
}
