import { v7 as uuidv7 } from "uuid";
import type { Deps } from "#app/deps.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { ProjectStory } from "#platform/db/generated/client.ts";

/** What the first branch of every project is called. */
const mainBranchName = "main";

/**
 * Where the stories of projects stand. A project that has none yet is given one, with its main branch, in which it is to
 * be told; should several do that at once, the first one's stays.
 */
export async function storiesOf({ db }: Pick<Deps, "db">, projectIds: readonly string[]): Promise<ProjectStory[]> {
  const read = () => db.prisma.projectStory.findMany({ where: { projectId: { in: [...projectIds] } } });
  const known = await read();
  const knownIds = new Set(known.map(({ projectId }) => projectId));
  const missing = [...new Set(projectIds)].filter((id) => !knownIds.has(id));
  if (missing.length === 0) return known;
  await db.pool.query(
    `WITH made AS (
       INSERT INTO branch (id, project_id, name)
       SELECT new.id, project.id, $3 FROM unnest($1::uuid[], $2::uuid[]) AS new(id, project_id)
       JOIN project ON project.id = new.project_id
       ON CONFLICT (project_id, name) DO NOTHING RETURNING id, project_id
     )
     INSERT INTO project_story (project_id, main_branch_id, active_branch_id) SELECT project_id, id, id FROM made`,
    [missing.map(() => uuidv7()), missing, mainBranchName],
  );
  return read();
}

/** The same for one project that is there. */
export async function storyOf(deps: Pick<Deps, "db">, projectId: string): Promise<ProjectStory> {
  const [story] = await storiesOf(deps, [projectId]);
  if (!story) throw new Error("a project has a story as long as it is there");
  return story;
}

/** Whoever else adds, activates or deletes a branch of the project, or changes a style of it, waits until `tx` ends. */
export async function lockStory(tx: PrismaTx, projectId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM project_story WHERE project_id = ${projectId}::uuid FOR UPDATE`;
}
