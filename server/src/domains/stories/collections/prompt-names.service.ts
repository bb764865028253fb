import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { requireBranch } from "#domains/stories/continuity/find-scene.ts";
import { cursorPart, type Page } from "#graphql/connection.ts";
import { isStorable } from "#lib/storable-text.ts";

/** How many of the scenes without a name are listed. */
export const maxMissingScenes = 100;

/** A name that some scene of a branch or project knows. */
export interface PromptNameUse {
  name: string;
  sceneCount: number;
  missingCount: number;
  /** The first scenes without it: branch by branch, in story order. */
  missingSceneIds: string[];
}

export type NameScope = { branchId: string } | { projectId: string };

/** The scenes of a scope, and which names each of them knows: its collection's and its branch's, with their backups. */
const known = `
  scenes AS (
    SELECT s.id, s.branch_id, s.number FROM scene s JOIN branch b ON b.id = s.branch_id
    WHERE b.id = $1::uuid OR b.project_id = $2::uuid
  ), known AS (
    SELECT s.id, n.name FROM scenes s
    JOIN prompt_collection c ON c.scene_id = s.id CROSS JOIN LATERAL unnest(c.available_names) AS n(name)
    UNION
    SELECT s.id, n.name FROM scenes s
    JOIN prompt_collection c ON c.branch_id = s.branch_id CROSS JOIN LATERAL unnest(c.available_names) AS n(name)
  )`;

const valuesOf = (scope: NameScope): (string | null)[] =>
  "branchId" in scope ? [scope.branchId, null] : [null, scope.projectId];

/** @throws NotFoundError, ValidationError for a cursor that is none */
export async function pageOfPromptNames(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  scope: NameScope,
  page: Page,
): Promise<PromptNameUse[]> {
  await requireScope(deps, viewer, scope);
  const after = cursorPart(page, isStorable);
  const { rows } = await deps.db.pool.query<PromptNameUse>(
    `WITH ${known}, page AS (
       SELECT name, count(*)::int AS count FROM known
       WHERE $4::text IS NULL OR name COLLATE "C" ${page.backward ? "<" : ">"} $4
       GROUP BY name ORDER BY name COLLATE "C" ${page.backward ? "DESC" : ""} LIMIT $3
     ), missing AS (
       SELECT page.name, s.id, row_number() OVER (PARTITION BY page.name ORDER BY s.branch_id, s.number) AS place
       FROM page CROSS JOIN scenes s LEFT JOIN known k ON k.name = page.name AND k.id = s.id WHERE k.id IS NULL
     ), listed AS (
       SELECT name, array_agg(id::text ORDER BY place) AS ids FROM missing WHERE place <= ${maxMissingScenes} GROUP BY name
     )
     SELECT page.name, page.count AS "sceneCount", (SELECT count(*)::int FROM scenes) - page.count AS "missingCount",
       coalesce(listed.ids, '{}') AS "missingSceneIds"
     FROM page LEFT JOIN listed USING (name) ORDER BY page.name COLLATE "C" ${page.backward ? "DESC" : ""}`,
    [...valuesOf(scope), page.take, after],
  );
  return page.backward ? rows.toReversed() : rows;
}

/** How many names there are in all. */
export async function countPromptNames({ db }: Pick<Deps, "db">, scope: NameScope): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>(
    `WITH ${known} SELECT count(DISTINCT name)::int AS count FROM known`,
    valuesOf(scope),
  );
  return rows[0]?.count ?? 0;
}

async function requireScope(deps: Pick<Deps, "db">, viewer: Viewer, scope: NameScope): Promise<void> {
  if ("branchId" in scope) await requireBranch(deps, viewer, scope.branchId);
  else await requireExistingProject(deps, viewer, scope.projectId);
}
