import type { PageKind } from "#domains/stories/branch-pages.loaders.ts";
import { visibleOfScene } from "#domains/stories/visible-stories.ts";
import { byId, defineListLoader, defineLoader, definePageLoader } from "#graphql/loader.ts";
import type { SceneAssetPicture } from "#platform/db/generated/client.ts";

export const pictureLoader = defineLoader<SceneAssetPicture>(async ({ deps, viewer }, ids) =>
  byId(
    await deps.db.prisma.sceneAssetPicture.findMany({
      where: { AND: [{ id: { in: [...ids] } }, { sceneAsset: visibleOfScene(viewer) }] },
    }),
  ),
);

/** The picture that was asked for last, by state of an asset. */
export const latestPictureLoader = defineLoader<SceneAssetPicture>(async ({ deps }, sceneAssetIds) => {
  const { rows } = await deps.db.pool.query<{ id: string }>({
    name: "scene-asset-picture-latest",
    text: `SELECT latest.id FROM unnest($1::uuid[]) AS a(id)
           CROSS JOIN LATERAL (
             SELECT id FROM scene_asset_picture WHERE scene_asset_id = a.id ORDER BY created_at DESC, id DESC LIMIT 1
           ) latest`,
    values: [sceneAssetIds],
  });
  const where = { id: { in: rows.map(({ id }) => id) } };
  const found = await deps.db.prisma.sceneAssetPicture.findMany({ where });
  return new Map(found.map((picture) => [picture.sceneAssetId, picture]));
});

/** Pages of finished pictures by state of an asset, newest first, or oldest first for backward ones. */
export const picturePageLoader = definePageLoader<PageKind, SceneAssetPicture>(
  async ({ deps }, { take, backward, key }, sceneAssetIds) => {
    const [id = null, createdAt = null] = key ?? [];
    const direction = backward ? "" : "DESC";
    const { rows } = await deps.db.pool.query<{ id: string }>({
      name: backward ? "scene-asset-picture-page-back" : "scene-asset-picture-page",
      text: `SELECT page.id FROM unnest($1::uuid[]) AS a(id)
             CROSS JOIN LATERAL (
               SELECT id FROM scene_asset_picture
               WHERE scene_asset_id = a.id AND status = 'DONE'
                 AND ($3::uuid IS NULL OR (created_at, id) ${backward ? ">" : "<"} ($4::timestamptz, $3))
               ORDER BY created_at ${direction}, id ${direction} LIMIT $2
             ) page`,
      values: [sceneAssetIds, take, id, createdAt],
    });
    const where = { id: { in: rows.map((row) => row.id) } };
    const found = byId(await deps.db.prisma.sceneAssetPicture.findMany({ where }));
    return rows.flatMap((row) => found.get(row.id) ?? []);
  },
  ({ sceneAssetId }) => sceneAssetId,
);

export const pictureCountLoader = defineLoader<number>(async ({ deps }, sceneAssetIds) => {
  const rows = await deps.db.prisma.sceneAssetPicture.groupBy({
    by: ["sceneAssetId"],
    where: { sceneAssetId: { in: [...sceneAssetIds] }, status: "DONE" },
    _count: true,
  });
  return new Map(rows.map((row) => [row.sceneAssetId, row._count]));
});

/** The pictures of each scene's last round: of every state the one that was asked for last. */
export const lastRoundLoader = defineListLoader<SceneAssetPicture>(
  async ({ deps }, sceneIds) => {
    const { rows } = await deps.db.pool.query<{ id: string }>({
      name: "scene-asset-picture-round",
      text: `SELECT picture.id FROM unnest($1::uuid[]) AS s(id)
             CROSS JOIN LATERAL (
               SELECT round_id FROM scene_asset_picture WHERE scene_id = s.id ORDER BY created_at DESC, id DESC LIMIT 1
             ) last
             CROSS JOIN LATERAL (
               SELECT DISTINCT ON (scene_asset_id) id FROM scene_asset_picture
               WHERE scene_id = s.id AND round_id = last.round_id ORDER BY scene_asset_id, created_at DESC, id DESC
             ) picture`,
      values: [sceneIds],
    });
    const where = { id: { in: rows.map(({ id }) => id) } };
    return deps.db.prisma.sceneAssetPicture.findMany({ where, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  },
  ({ sceneId }) => sceneId,
);
