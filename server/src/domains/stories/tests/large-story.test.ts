import { encodeId } from "#graphql/ids.ts";
import { forkBranch } from "#domains/stories/fork-branch.service.ts";
import { makeStoryStudio, type StoryStudio } from "#test/story-studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { limits: { maxCost: 1e9 } } });
});
afterAll(() => app[Symbol.asyncDispose]());

/** A branch of so many scenes, each with a state of each of so many assets, that follow from each other. */
async function grow(studio: StoryStudio, scenes: number, assets: number): Promise<void> {
  const { pool } = app.deps.db;
  const { branchId } = studio;
  await pool.query(
    `INSERT INTO project_asset (id, branch_id, type, name, description, is_locked, updated_at)
     SELECT gen_random_uuid(), $1, (ARRAY['CHARACTER', 'LOCATION', 'PROP'])[1 + n % 3]::"ProjectAssetType", 'Asset ' || n, 'plain', true, now()
     FROM generate_series(1, $2) n`,
    [branchId, assets],
  );
  await pool.query(
    `INSERT INTO scene (id, branch_id, number, title, script_excerpt, updated_at)
     SELECT gen_random_uuid(), $1, n, 'Scene ' || n, repeat('Asset ' || n || ' goes. ', 50), now() FROM generate_series(1, $2) n`,
    [branchId, scenes],
  );
  await pool.query(
    `INSERT INTO scene_asset (id, scene_id, project_asset_id, status_tags, updated_at)
     SELECT gen_random_uuid(), s.id, a.id, ARRAY['muddy'], now() FROM scene s JOIN project_asset a USING (branch_id) WHERE s.branch_id = $1`,
    [branchId],
  );
  await pool.query(
    `UPDATE scene_asset child SET inherited_from_id = source.id, inherited_from_number = before.number
     FROM scene own, scene before, scene_asset source
     WHERE own.id = child.scene_id AND own.branch_id = $1 AND before.branch_id = $1 AND before.number = own.number - 1
       AND source.scene_id = before.id AND source.project_asset_id = child.project_asset_id`,
    [branchId],
  );
  await pool.query(
    `INSERT INTO scene_asset_change (id, scene_asset_id, field, origin, before, after)
     SELECT gen_random_uuid(), i.id, 'TAGS', 'PERSON', '[]', '["muddy"]' FROM scene_asset i JOIN scene s ON s.id = i.scene_id WHERE s.branch_id = $1`,
    [branchId],
  );
  await pool.query(
    `INSERT INTO prompt_collection (id, scene_id, prompts, available_names, updated_at)
     SELECT gen_random_uuid(), id, '[{"name": "hero", "value": "tall", "category": null, "description": null, "tags": []}]',
       ARRAY['hero', 'name ' || number], now()
     FROM scene WHERE branch_id = $1`,
    [branchId],
  );
}

const state = `id effectiveDescription reviewStatus modificationCount image { id } projectAsset { name image { id } } inheritedFrom { id }
  inheritanceChain { scene { number } } changes(first: 3) { totalCount nodes { field user { name } } }`;
const questions: Record<string, string> = {
  "a scene": `query ($scene: ID!) { scene(id: $scene) { title branch { name isActive } assets { ${state} } } }`,
  "the diff": `query ($scene: ID!) { continuityDiff(sceneId: $scene) { prior { title } entries { projectAsset { name } prior { ${state} } current { ${state} } imageAfter { id } } } }`,
  "the context": `query ($scene: ID!) { sceneContext(sceneId: $scene) { scene { title } assets { name image { url } sceneAsset { ${state} } } } }`,
  readiness: `query ($scene: ID!) { sceneReadiness(sceneId: $scene) { missing { message sceneAsset { projectAsset { name } } } } }`,
  warnings: `query ($branch: ID!) { continuityWarnings(branchId: $branch) { kind scene { title } projectAsset { name } sceneAsset { ${state} } } }`,
  "the search": `query ($branch: ID!) { sceneAssets(branchId: $branch, tags: ["muddy"], search: "a") { totalCount nodes { ${state} } } }`,
  "the prompts": `query ($branch: ID!) { branch(id: $branch) { promptCollection { names } scenes(first: 200) { nodes { promptNames metadata { poseName loras { name } }
    promptCollection { names prompts { value } scene { title } } } } } }`,
  "the names of prompts": `query ($branch: ID!) { promptNames(branchId: $branch) { totalCount nodes { name sceneCount missingIn { title branch { name } } } } }`,
  "the tags": `query ($branch: ID!) { statusTagCounts(branchId: $branch) { tag count } }`,
  "a branch": `query ($branch: ID!) { branch(id: $branch) { assets(first: 200) { totalCount nodes { name libraryAsset { name } } }
    scenes(first: 200) { totalCount nodes { number shotCount namedAssets { name } previous { title } next { title } assets { ${state} } } } } }`,
};

test("a large branch is read in as many statements as a small one", async () => {
  const counts = async (scenes: number, assets: number): Promise<Record<string, number>> => {
    const studio = await makeStoryStudio(app, `${scenes} scenes`);
    await grow(studio, scenes, assets);
    const last = await app.deps.db.prisma.scene.findFirstOrThrow({
      where: { branchId: studio.branchId, number: scenes },
    });
    const found: Record<string, number> = {};
    for (const [name, question] of Object.entries(questions)) {
      app.takeStatements();
      await app.execute(
        question,
        question.includes("$scene") ? { scene: encodeId("Scene", last.id) } : { branch: studio.ids.branch },
        { viewer: studio.creator },
      );
      found[name] = app.takeStatements().length;
    }
    return found;
  };
  const small = await counts(3, 2);
  expect(await counts(40, 20)).toEqual(small);
  expect(Math.max(...Object.values(small))).toBeLessThanOrEqual(20);
});

test("a fork of a long film has all of it", async () => {
  const studio = await makeStoryStudio(app, "A long film");
  await grow(studio, 300, 20);
  app.takeStatements();
  const fork = await forkBranch(app.deps, studio.creator, { branchId: studio.branchId, name: "Night" });
  expect(app.takeStatements().length).toBeLessThan(20);
  const count = async (branchId: string) => {
    const { rows } = await app.deps.db.pool.query<Record<string, number>>(
      `SELECT count(DISTINCT s.id)::int AS scenes, count(DISTINCT i.id)::int AS states, count(DISTINCT i.project_asset_id)::int AS assets,
         count(DISTINCT c.id)::int AS changes, count(DISTINCT i.inherited_from_id)::int AS sources,
         bool_and(source_scene.branch_id = $1) AS "isOwn"
       FROM scene s JOIN scene_asset i ON i.scene_id = s.id JOIN scene_asset_change c ON c.scene_asset_id = i.id
       LEFT JOIN scene_asset source ON source.id = i.inherited_from_id LEFT JOIN scene source_scene ON source_scene.id = source.scene_id
       WHERE s.branch_id = $1`,
      [branchId],
    );
    return rows[0];
  };
  const copied = await count(fork.id);
  expect(copied).toEqual(await count(studio.branchId));
  expect(copied).toEqual({ scenes: 300, states: 6_000, assets: 20, changes: 6_000, sources: 5_980, isOwn: true });
});
