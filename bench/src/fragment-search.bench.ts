import { performance } from "node:perf_hooks";
import { startTestApp, type TestApp } from "@callsheet/server/test/test-app.ts";
import { percentile, printTable, round, startBenchPostgres } from "./support.ts";

/**
 * The picker's list of fragments through the whole API, at 100,000 of them against 1,000: the time must not grow with the
 * library. Usage: npm run bench -- fragment-search [rounds]
 */
const rounds = Number(process.argv[2] ?? 40);
const sizes = [1_000, 100_000];

const words =
  "window lantern market rain soft hard golden grain film lens dusk dawn portrait walking coat scarf copper silver river bridge smoke neon velvet marble garden forest winter summer wide narrow close".split(
    " ",
  );

/** What people do in the picker, from the rarest to the most common. */
const searches: [string, Record<string, unknown>][] = [
  ["nothing typed", {}],
  ["a rare word", { search: "number77" }],
  ["a common word", { search: "window" }],
  ["two words, half typed", { search: "win lan" }],
  ["one letter", { search: "w" }],
  ["a category", { category: "category 3" }],
  ["two tags", { tags: ["soft", "rain"] }],
  ["a word, a category and a tag", { search: "gol", category: "category 5", tags: ["film"] }],
];

const list = `query ($search: String, $category: String, $tags: [String!], $sceneTypeId: ID, $after: String) {
  fragments(search: $search, category: $category, tags: $tags, sceneTypeId: $sceneTypeId, first: 50, after: $after) {
    totalCount pageInfo { endCursor } nodes { id text description category tags usageCount } } }`;
const facets = `query ($search: String, $category: String, $tags: [String!]) {
  fragmentFacets(search: $search, category: $category, tags: $tags) { categories { name count } tags { name count } } }`;

const postgres = await startBenchPostgres();
const rows: Record<string, string | number>[] = [];
for (const size of sizes) {
  const app = await startTestApp({ config: { environment: "production" } });
  const sceneTypeId = await seed(app, size);
  for (const [name, variables] of searches) {
    const page = await measure(app, list, variables);
    const pinned = await measure(app, list, { ...variables, sceneTypeId });
    const counted = await measure(app, facets, variables);
    rows.push({
      fragments: size,
      search: name,
      "p50 ms": round(page.p50, 1),
      "p95 ms": round(page.p95, 1),
      "p95 with pins ms": round(pinned.p95, 1),
      "p95 of facets ms": round(counted.p95, 1),
      statements: pinned.statements,
    });
    console.error(JSON.stringify(rows.at(-1)));
  }
  await app[Symbol.asyncDispose]();
}
printTable(rows);
await postgres.stop();

async function measure(app: TestApp, operation: string, variables: Record<string, unknown>) {
  const figures: number[] = [];
  for (let n = 0; n < rounds + 5; n += 1) {
    app.takeStatements();
    const begin = performance.now();
    await app.execute(operation, variables);
    if (n >= 5) figures.push(performance.now() - begin);
  }
  return { p50: percentile(figures, 50), p95: percentile(figures, 95), statements: app.takeStatements().length };
}

/** Fragments of a dozen words with tags and uses as they come about: a few are used a lot, most never. */
async function seed(app: TestApp, size: number): Promise<string> {
  const { pool, prisma } = app.deps.db;
  await pool.query(
    `INSERT INTO fragment (id, text, description, category, tags, usage_count, updated_at)
     SELECT gen_random_uuid(),
       (SELECT string_agg(($2::text[])[1 + (n::bigint * k * 7919 + n / 31 + k * k) % 31], ' ') FROM generate_series(1, 12) AS k) || ' number' || n,
       CASE WHEN n % 3 = 0 THEN 'for scenes in the ' || ($2::text[])[1 + (n * 13) % 31] END,
       'category ' || n % 20,
       ARRAY[($2::text[])[1 + (n * 3) % 31], ($2::text[])[1 + (n * 17) % 31], ($2::text[])[1 + (n * 29 + 5) % 31]],
       CASE WHEN n % 10 = 0 THEN (1000000 / (n + 1000))::int ELSE 0 END, now()
     FROM generate_series(1, $1::int) AS n`,
    [size, words],
  );
  const graph = {
    "1": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "model.safetensors" } },
    "2": { class_type: "CLIPTextEncode", inputs: { text: "x", clip: ["1", 1] } },
  };
  await app.execute(
    `mutation ($source: String!) { importWorkflow(input: { name: "bench", source: $source }) { __typename } }`,
    { source: JSON.stringify(graph) },
  );
  const workflow = await prisma.workflow.findUniqueOrThrow({ where: { name: "bench" } });
  const sceneType = await prisma.sceneType.create({
    data: { name: "bench", workflowVersionId: workflow.currentVersionId as string },
  });
  await pool.query(
    `INSERT INTO fragment_pin (fragment_id, scene_type_id) SELECT id, $1 FROM fragment ORDER BY id LIMIT 100`,
    [sceneType.id],
  );
  await pool.query("VACUUM ANALYZE fragment");
  return Buffer.from(`SceneType:${sceneType.id}`).toString("base64");
}
