import type { ChainLink } from "#domains/stories/logic/inheritance.ts";
import { defineLoader } from "#graphql/loader.ts";

/**
 * All states of project assets, by their ids, as chains are followed through: by project asset, which a chain never leaves.
 */
export const chainLinksLoader = defineLoader<ReadonlyMap<string, ChainLink>>(async ({ deps }, projectAssetIds) => {
  const { rows } = await deps.db.pool.query<ChainLink & { projectAssetId: string }>({
    name: "inheritance-links",
    text: `SELECT state.id, state.project_asset_id AS "projectAssetId", scene.number AS "sceneNumber",
             state.inherited_from_id AS "inheritedFromId"
           FROM scene_asset state JOIN scene ON scene.id = state.scene_id WHERE state.project_asset_id = ANY($1::uuid[])`,
    values: [projectAssetIds],
  });
  const links = new Map<string, Map<string, ChainLink>>(projectAssetIds.map((id) => [id, new Map()]));
  for (const row of rows) links.get(row.projectAssetId)?.set(row.id, row);
  return links;
});
