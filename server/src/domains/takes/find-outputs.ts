import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { prefixQuery } from "#domains/fragments/logic/prefix-query.ts";
import { cursorId, type PageArgs, readPage, toConnection } from "#graphql/connection.ts";
import type { TakeStatus } from "#platform/db/generated/enums.ts";

export type OutputMedia = "IMAGE" | "VIDEO" | "AUDIO";

export interface OutputFilter {
  workflowId?: string | undefined;
  projectId?: string | undefined;
  /** Words, or beginnings of words, of the prompts or of the models' file names. */
  search?: string | null | undefined;
  seed?: bigint | string | null | undefined;
  media?: OutputMedia | null | undefined;
  sceneTypeId?: string | undefined;
  characterId?: string | undefined;
  takeStatus?: readonly TakeStatus[] | null | undefined;
  createdAfter?: Date | string | null | undefined;
  createdBefore?: Date | string | null | undefined;
}

/** Runs with a word that are taken by their ids; with more of them, going through the outputs in order is quicker. */
const fewRuns = 2_000;

/**
 * A page of the outputs that the viewer may see, newest first. The number of statements does not depend on how much there
 * is: runs with the words that are looked for, ids, their assets, and the count when it is asked for.
 */
export async function findOutputs({ db }: Pick<Deps, "db">, viewer: Viewer, filter: OutputFilter, args: PageArgs) {
  const page = readPage(args);
  const values: unknown[] = [];
  const param = (value: unknown): string => `$${values.push(value)}`;
  const words = filter.search == null ? null : prefixQuery(filter.search);
  const found = words === null ? null : await runsWith(db, words);
  const from = `FROM asset ${conditionsOf(viewer, filter, words, found, param)}`;
  const countValues = [...values];
  const cursor = cursorId(page);
  const behind = cursor === null ? "" : ` AND asset.id ${page.backward ? ">" : "<"} ${param(cursor)}::uuid`;
  const { rows } = await db.pool.query<{ id: string }>({
    text: `SELECT asset.id ${from}${behind} ORDER BY asset.id ${page.backward ? "ASC" : "DESC"} LIMIT ${param(page.take)}`,
    values,
  });
  const ids = (page.backward ? rows.toReversed() : rows).map(({ id }) => id);
  const assets = await db.prisma.asset.findMany({ where: { id: { in: ids } }, include: { blob: true } });
  const byId = new Map(assets.map((asset) => [asset.id, asset]));
  return toConnection(
    page,
    ids.flatMap((id) => byId.get(id) ?? []),
    ({ id }) => [id],
    async () => {
      const count = await db.pool.query<{ count: number }>(`SELECT count(*)::int AS count ${from}`, countValues);
      return count.rows[0]?.count ?? 0;
    },
  );
}

/** Ids of the runs whose prompts or models have the words, null when there are many: Postgres can't tell which it is. */
async function runsWith(db: Deps["db"], words: string): Promise<string[] | null> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT run_id AS id FROM run_graph WHERE search @@ to_tsquery('simple', $1) LIMIT $2`,
    [words, fewRuns + 1],
  );
  return rows.length > fewRuns ? null : rows.map(({ id }) => id);
}

/** Joins only what a filter needs. */
function conditionsOf(
  viewer: Viewer,
  filter: OutputFilter,
  words: string | null,
  found: readonly string[] | null,
  param: (value: unknown) => string,
): string {
  const joins = new Set<string>();
  const conditions = ["asset.kind = 'OUTPUT'"];
  const ofOutput = (): void => void joins.add("JOIN run_output ON run_output.asset_id = asset.id");
  const ofRun = (): void => {
    ofOutput();
    joins.add("JOIN run ON run.id = run_output.run_id");
  };
  if (viewer.projectIds !== "all") {
    conditions.push(
      `(asset.project_id = ANY(${param(viewer.projectIds)}::uuid[]) OR (asset.project_id IS NULL AND asset.created_by_id = ${param(viewer.userId)}))`,
    );
  }
  if (filter.projectId) conditions.push(`asset.project_id = ${param(filter.projectId)}`);
  if (filter.createdAfter) conditions.push(`asset.created_at >= ${param(filter.createdAfter)}`);
  if (filter.createdBefore) conditions.push(`asset.created_at < ${param(filter.createdBefore)}`);
  if (filter.media) {
    joins.add("JOIN blob ON blob.sha256 = asset.sha256");
    conditions.push(`blob.mime LIKE ${param(`${filter.media.toLowerCase()}/%`)}`);
  }
  if (filter.workflowId) {
    ofRun();
    joins.add("JOIN job ON job.id = run.job_id");
    joins.add("JOIN workflow_version ON workflow_version.id = job.workflow_version_id");
    conditions.push(`workflow_version.workflow_id = ${param(filter.workflowId)}`);
  }
  if (filter.seed != null) {
    ofRun();
    conditions.push(`run.seed = ${param(String(filter.seed))}::numeric`);
  }
  if (found !== null) {
    ofOutput();
    conditions.push(`run_output.run_id = ANY(${param(found)}::uuid[])`);
  } else if (words !== null) {
    ofOutput();
    joins.add("JOIN run_graph ON run_graph.run_id = run_output.run_id");
    conditions.push(`run_graph.search @@ to_tsquery('simple', ${param(words)})`);
  }
  const ofTake = [
    ...(filter.sceneTypeId ? [`take.scene_type_id = ${param(filter.sceneTypeId)}`] : []),
    ...(filter.characterId ? [`take.character_id = ${param(filter.characterId)}`] : []),
    ...(filter.takeStatus?.length ? [`take.status = ANY(${param(filter.takeStatus)}::"TakeStatus"[])`] : []),
  ].join(" AND ");
  if (ofTake !== "") {
    ofRun();
    conditions.push(`run.job_id IN (
      SELECT take.job_id FROM take WHERE ${ofTake}
      UNION ALL SELECT segment.job_id FROM take JOIN take_segment segment ON segment.take_id = take.id WHERE ${ofTake})`);
  }
  return `${[...joins].join(" ")} WHERE ${conditions.join(" AND ")}`;
}
