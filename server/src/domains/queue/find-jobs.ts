import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import type { JobRow } from "#domains/queue/queue.loaders.ts";
import { jobColumns } from "#domains/queue/queue.loaders.ts";
import { notACursor, type Page, type PageArgs, readPage, toConnection } from "#graphql/connection.ts";
import { isUuid } from "#graphql/ids.ts";
import { escapeLike, searchTerm } from "#lib/storable-text.ts";
import { isoTimestamps } from "#platform/db/iso-timestamps.ts";
import type { JobStatus } from "#platform/db/generated/enums.ts";

export interface JobFilter {
  status?: readonly JobStatus[] | null | undefined;
  search?: string | null | undefined;
  projectId?: string | undefined;
  ids?: readonly string[] | undefined;
  /** Parts of something larger, or only what stands alone. */
  isPart?: boolean | undefined;
  sort: "NEWEST" | "ACTIONABLE";
}

/**
 * A page of the jobs that the viewer may see, by key: (id) for the newest, (actionableRank, id) for what needs a person.
 * Raw, because operators keep this list open all day.
 */
export async function findJobs({ db }: Pick<Deps, "db">, viewer: Viewer, filter: JobFilter, args: PageArgs) {
  const page = readPage(args);
  const values: unknown[] = [];
  const param = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ["true"];
  if (viewer.projectIds !== "all") {
    conditions.push(
      `(job.project_id = ANY(${param(viewer.projectIds)}::uuid[]) OR (job.project_id IS NULL AND job.created_by_id = ${param(viewer.userId)}))`,
    );
  }
  if (filter.status?.length) conditions.push(`job.status = ANY(${param(filter.status)}::"JobStatus"[])`);
  const term = searchTerm(filter.search);
  if (term !== undefined) conditions.push(`job.name ILIKE ${param(`%${escapeLike(term)}%`)}`);
  if (filter.projectId) conditions.push(`job.project_id = ${param(filter.projectId)}`);
  if (filter.isPart !== undefined) conditions.push(`job.parent_id IS ${filter.isPart ? "NOT NULL" : "NULL"}`);
  if (filter.ids) conditions.push(`job.id = ANY(${param(filter.ids)}::uuid[])`);
  const where = conditions.join(" AND ");
  const countValues = [...values];
  const ranked = filter.sort === "ACTIONABLE";
  const behind = page.cursor ? ` AND ${cursorCondition(page, page.cursor, ranked, param)}` : "";
  const [rank, id] = page.backward ? ["DESC", "ASC"] : ["ASC", "DESC"];
  const { rows } = await db.pool.query<JobRow>({
    text: `SELECT ${jobColumns} FROM job WHERE ${where}${behind} ORDER BY ${ranked ? `job.actionable_rank ${rank}, ` : ""}job.id ${id} LIMIT ${param(page.take)}`,
    values,
    types: isoTimestamps,
  });
  return toConnection(
    page,
    page.backward ? rows.toReversed() : rows,
    (job) => (ranked ? [String(job.actionableRank), job.id] : [job.id]),
    async () => {
      const count = await db.pool.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM job WHERE ${where}`,
        countValues,
      );
      return count.rows[0]?.count ?? 0;
    },
  );
}

function cursorCondition(page: Page, cursor: string[], ranked: boolean, param: (value: unknown) => string): string {
  const [rank = "", id] = ranked ? cursor : ["0", cursor[0]];
  if (!/^-?\d{1,4}$/.test(rank) || !isUuid(id)) throw notACursor(page);
  const { backward } = page;
  const idBehind = `job.id ${backward ? ">" : "<"} ${param(id)}::uuid`;
  if (!ranked) return idBehind;
  const at = param(Number(rank));
  return `(job.actionable_rank ${backward ? "<" : ">"} ${at} OR (job.actionable_rank = ${at} AND ${idBehind}))`;
}
