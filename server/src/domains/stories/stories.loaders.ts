import type { AssetRow } from "#domains/assets/assets.graphql.ts";
import { type ChangeSummary, editedFields } from "#domains/stories/logic/review-status.ts";
import { storiesOf } from "#domains/stories/story.service.ts";
import { visibleOfBranch, visibleOfProject, visibleOfScene } from "#domains/stories/visible-stories.ts";
import { byId, defineListLoader, defineLoader } from "#graphql/loader.ts";
import type {
  Branch,
  LibraryAsset,
  ProjectAsset,
  ProjectStory,
  Scene,
  SceneAsset,
  SceneAssetChange,
  VisualStyle,
  VisualStyleImage,
} from "#platform/db/generated/client.ts";
import type { SceneAssetField } from "#platform/db/generated/enums.ts";

/** Of projects that the viewer may see: whoever has the project has its story. */
export const storyLoader = defineLoader<ProjectStory>(
  async ({ deps }, projectIds) => new Map((await storiesOf(deps, projectIds)).map((story) => [story.projectId, story])),
);

export const branchLoader = defineLoader<Branch>(async ({ deps, viewer }, ids) =>
  byId(await deps.db.prisma.branch.findMany({ where: { AND: [{ id: { in: [...ids] } }, visibleOfProject(viewer)] } })),
);

export const branchesOfProjectLoader = defineListLoader<Branch>(
  ({ deps }, projectIds) =>
    deps.db.prisma.branch.findMany({ where: { projectId: { in: [...projectIds] } }, orderBy: { id: "asc" } }),
  ({ projectId }) => projectId,
);

export const sceneLoader = defineLoader<Scene>(async ({ deps, viewer }, ids) =>
  byId(await deps.db.prisma.scene.findMany({ where: { AND: [{ id: { in: [...ids] } }, visibleOfBranch(viewer)] } })),
);

/** The scenes before and after scenes. */
export const neighboursLoader = defineListLoader<Scene & { of: string }>(
  async ({ deps }, sceneIds) => {
    const { rows } = await deps.db.pool.query<{ of: string; id: string }>({
      name: "scene-neighbours",
      text: `SELECT own.id AS of, beside.id FROM scene own
             JOIN scene beside ON beside.branch_id = own.branch_id AND beside.number IN (own.number - 1, own.number + 1)
             WHERE own.id = ANY($1::uuid[])`,
      values: [sceneIds],
    });
    const scenes = byId(await deps.db.prisma.scene.findMany({ where: { id: { in: rows.map(({ id }) => id) } } }));
    return rows.flatMap(({ of, id }) => {
      const scene = scenes.get(id);
      return scene ? [{ ...scene, of }] : [];
    });
  },
  ({ of }) => of,
);

export const projectAssetLoader = defineLoader<ProjectAsset>(async ({ deps, viewer }, ids) =>
  byId(
    await deps.db.prisma.projectAsset.findMany({ where: { AND: [{ id: { in: [...ids] } }, visibleOfBranch(viewer)] } }),
  ),
);

/** All project assets of branches, by type and name. */
export const assetsOfBranchLoader = defineListLoader<ProjectAsset>(
  ({ deps }, branchIds) =>
    deps.db.prisma.projectAsset.findMany({
      where: { branchId: { in: [...branchIds] } },
      orderBy: [{ type: "asc" }, { name: "asc" }],
    }),
  ({ branchId }) => branchId,
);

export const sceneAssetLoader = defineLoader<SceneAsset>(async ({ deps, viewer }, ids) =>
  byId(
    await deps.db.prisma.sceneAsset.findMany({ where: { AND: [{ id: { in: [...ids] } }, visibleOfScene(viewer)] } }),
  ),
);

/** Instances of scenes, in the order in which they were added. */
export const assetsOfSceneLoader = defineListLoader<SceneAsset>(
  ({ deps }, sceneIds) =>
    deps.db.prisma.sceneAsset.findMany({ where: { sceneId: { in: [...sceneIds] } }, orderBy: { id: "asc" } }),
  ({ sceneId }) => sceneId,
);

export const changeLoader = defineLoader<SceneAssetChange>(async ({ deps, viewer }, ids) =>
  byId(
    await deps.db.prisma.sceneAssetChange.findMany({
      where: { AND: [{ id: { in: [...ids] } }, { sceneAsset: visibleOfScene(viewer) }] },
    }),
  ),
);

/** What the record of changes says of instances; those without changes are left out. */
export const changeSummaryLoader = defineLoader<ChangeSummary>(async ({ deps }, ids) => {
  const { rows } = await deps.db.pool.query<{
    id: string;
    count: number;
    lastField: SceneAssetField;
    isEdited: boolean;
  }>({
    name: "scene-asset-changes",
    text: `SELECT scene_asset_id AS id, count(*)::int AS count,
             (array_agg(field ORDER BY created_at DESC, id DESC))[1] AS "lastField",
             bool_or(origin = 'PERSON' AND field = ANY($2::"SceneAssetField"[])) AS "isEdited"
           FROM scene_asset_change WHERE scene_asset_id = ANY($1::uuid[]) GROUP BY 1`,
    values: [ids, editedFields],
  });
  return byId(rows);
});

export const visualStyleLoader = defineLoader<VisualStyle>(async ({ deps, viewer }, ids) =>
  byId(
    await deps.db.prisma.visualStyle.findMany({ where: { AND: [{ id: { in: [...ids] } }, visibleOfProject(viewer)] } }),
  ),
);

export const stylesOfProjectLoader = defineListLoader<VisualStyle>(
  ({ deps }, projectIds) =>
    deps.db.prisma.visualStyle.findMany({ where: { projectId: { in: [...projectIds] } }, orderBy: { name: "asc" } }),
  ({ projectId }) => projectId,
);

export const styleImagesLoader = defineListLoader<VisualStyleImage>(
  ({ deps }, styleIds) =>
    deps.db.prisma.visualStyleImage.findMany({
      where: { styleId: { in: [...styleIds] } },
      orderBy: { sortOrder: "asc" },
    }),
  ({ styleId }) => styleId,
);

export const libraryAssetLoader = defineLoader<LibraryAsset>(async ({ deps, viewer }, ids) =>
  viewer ? byId(await deps.db.prisma.libraryAsset.findMany({ where: { id: { in: [...ids] } } })) : new Map(),
);

/** In how many projects library assets are used; those in none are left out. */
export const libraryUseLoader = defineLoader<{ id: string; projectCount: number }>(async ({ deps }, ids) => {
  const { rows } = await deps.db.pool.query<{ id: string; projectCount: number }>({
    name: "library-asset-projects",
    text: `SELECT a.library_asset_id AS id, count(DISTINCT b.project_id)::int AS "projectCount"
           FROM project_asset a JOIN branch b ON b.id = a.branch_id
           WHERE a.library_asset_id = ANY($1::uuid[]) GROUP BY 1`,
    values: [ids],
  });
  return byId(rows);
});

/** Pictures of the studio's library, which everybody sees though they belong to no project. */
export const libraryImageLoader = defineLoader<AssetRow>(async ({ deps }, libraryAssetIds) => {
  const rows = await deps.db.prisma.libraryAsset.findMany({
    where: { id: { in: [...libraryAssetIds] } },
    select: { id: true, image: { include: { blob: true } } },
  });
  return new Map(rows.flatMap(({ id, image }) => (image ? [[id, image] as const] : [])));
});
