import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireScene } from "#domains/stories/continuity/find-scene.ts";
import type { RelevanceContext } from "#domains/stories/relevance/story-relevance.ts";
import { shotsOf } from "#domains/stories/scenes.service.ts";

/** What there is to know of a scene and its branch's locked assets. Four statements. @throws NotFoundError */
export async function relevanceContext(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  sceneId: string,
): Promise<RelevanceContext> {
  const scene = await requireScene({ db }, viewer, sceneId);
  const { branchId, number, title, scriptExcerpt } = scene;
  const [prior, assets, states] = await Promise.all([
    db.prisma.scene.findUnique({ where: { branchId_number: { branchId, number: number - 1 } } }),
    db.prisma.projectAsset.findMany({
      where: { branchId, isLocked: true },
      orderBy: [{ type: "asc" }, { name: "asc" }],
    }),
    db.pool.query<LastState>({
      name: "last-states",
      text: `SELECT DISTINCT ON (state.project_asset_id) state.project_asset_id AS "projectAssetId",
               scene.number AS "sceneNumber",
               CASE WHEN state.carry_forward THEN coalesce(state.description_override, asset.description)
                 ELSE asset.description END AS description,
               CASE WHEN state.carry_forward THEN state.status_tags ELSE '{}' END AS "statusTags"
             FROM scene JOIN scene_asset state ON state.scene_id = scene.id
             JOIN project_asset asset ON asset.id = state.project_asset_id
             WHERE scene.branch_id = $1 AND scene.number < $2
             ORDER BY state.project_asset_id, scene.number DESC`,
      values: [branchId, number],
    }),
  ]);
  const stateOf = new Map(states.rows.map(({ projectAssetId, ...state }) => [projectAssetId, state]));
  return {
    scene: { number, title, script: scriptExcerpt, shots: shotsOf(scene) },
    priorEndState: prior?.endStateSummary ?? null,
    assets: assets.map(({ id, type, name, description }) => ({
      id,
      type,
      name,
      description,
      lastState: stateOf.get(id) ?? null,
    })),
  };
}

interface LastState {
  projectAssetId: string;
  sceneNumber: number;
  description: string;
  statusTags: string[];
}
