import type pg from "pg";
import { mayBecome } from "#domains/queue/logic/run-status.ts";
import type { RunStatus } from "#platform/db/generated/enums.ts";

/** Which counter of the job a status counts in. */
const counterOf: Record<RunStatus, string> = {
  PENDING: "pending",
  CLAIMED: "active",
  SUBMITTED: "active",
  RUNNING: "active",
  COLLECTING: "active",
  CANCELING: "canceling",
  SUCCEEDED: "succeeded",
  FAILED: "failed",
  CANCELED: "canceled",
};

export interface MovedRun {
  id: string;
  jobId: string;
  /** After the change. */
  attempt: number;
  /** True when this was the job's last open run. */
  jobEnded: boolean;
  /** Whether runs of any job wait for a machine; only told when the change asks for it. */
  othersWait?: boolean;
}

export interface Transition {
  /** Runs to move; with `jobId` instead, all of the job's that are in a `from` state. */
  runIds?: readonly string[];
  jobId?: string;
  from: readonly RunStatus[];
  to: RunStatus;
  /** Only this attempt: guards against a worker that lost the run while it was busy. */
  comfyPromptId?: string;
  /** More columns to set, by SQL name; a value `{ sql }` is taken as an expression in which each `?` stands for one of `values`. */
  set?: Record<string, unknown>;
  /**
   * Writes that belong to the move, as further parts of the same statement (`, name AS (INSERT …)`). They see `moved` and
   * must do nothing when it is empty.
   */
  also?: (param: (value: unknown) => string) => string;
  /** Wait for the disk, also where the connection does not: for this and for all that was committed before. */
  isDurable?: boolean;
  /** Tell whether runs wait: whoever frees a place may spare itself a look for work when none do. */
  asksOthers?: boolean;
}

interface Expression {
  sql: string;
  values?: readonly unknown[];
}

type Queryable = Pick<pg.Pool, "query">;

/**
 * Moves runs by compare-and-set and keeps their jobs' counters in the same statement. Runs in other states are left
 * alone; the answer tells which were moved. Rows are locked in order of id, so that storms can't deadlock.
 */
export async function transition(db: Queryable, change: Transition): Promise<MovedRun[]> {
  for (const from of change.from) {
    if (!mayBecome(from, change.to)) throw new Error(`A run can't go from ${from} to ${change.to}`);
  }
  const values: unknown[] = [change.from, change.to];
  const param = (value: unknown): string => `$${values.push(value)}`;
  const which = [
    ...(change.runIds ? [`id = ANY(${param(change.runIds)}::uuid[])`] : []),
    ...(change.jobId ? [`job_id = ${param(change.jobId)}`] : []),
    ...(change.comfyPromptId ? [`comfy_prompt_id = ${param(change.comfyPromptId)}`] : []),
  ].join(" AND ");
  const assignments = Object.entries(change.set ?? {}).map(([column, value]) => {
    if (!isExpression(value)) return `${column} = ${param(value)}`;
    const inputs = [...(value.values ?? [])];
    return `${column} = ${value.sql.replaceAll("?", () => param(inputs.shift()))}`;
  });
  const counters = [...new Set([...change.from, change.to].map((status) => counterOf[status]))];
  const movesCounters = change.from.some((from) => counterOf[from] !== counterOf[change.to]);
  const deltas = counters.map((counter) => {
    const statuses = change.from.filter((status) => counterOf[status] === counter).map((status) => `'${status}'`);
    const leaving = statuses.length > 0 ? `count(*) FILTER (WHERE old IN (${statuses.join(", ")}))` : "0";
    return `${counterOf[change.to] === counter ? "count(*)" : "0"} - ${leaving} AS ${counter}`;
  });
  const [durably, onceSet] = change.isDurable
    ? ["durably AS MATERIALIZED (SELECT set_config('synchronous_commit', 'on', true)), ", ", durably"]
    : ["", ""];
  const moved = `
    WITH ${durably}chosen AS (
      SELECT id, status AS old FROM run${onceSet} WHERE ${which} AND status = ANY($1::"RunStatus"[]) ORDER BY id FOR UPDATE OF run
    ), moved AS (
      UPDATE run SET ${['status = $2::"RunStatus"', ...assignments].join(", ")}
      FROM chosen WHERE run.id = chosen.id
      RETURNING run.id, run.job_id, run.attempt, chosen.old
    )`;
  const also = change.also?.(param) ?? "";
  const others = change.asksOthers ? ', EXISTS (SELECT 1 FROM job WHERE pending > 0) AS "othersWait"' : "";
  // Statements about several jobs lock them in one order, too.
  const jobs =
    change.jobId || change.runIds?.length === 1
      ? ""
      : "JOIN (SELECT id FROM job WHERE id IN (SELECT job_id FROM moved) ORDER BY id FOR UPDATE) AS locked ON locked.id = delta.job_id";
  const sql = movesCounters
    ? `${moved}${also}, changed AS (
      UPDATE job SET ${counters.map((counter) => `${counter} = job.${counter} + delta.${counter}`).join(", ")},
        started_at = CASE WHEN $2 = 'CLAIMED' THEN coalesce(job.started_at, now()) ELSE job.started_at END,
        finished_at = CASE WHEN ${openAfter()} = 0 THEN now() END
      FROM (SELECT job_id, ${deltas.join(", ")} FROM moved GROUP BY job_id) AS delta ${jobs}
      WHERE job.id = delta.job_id
      RETURNING job.id, job.finished_at IS NOT NULL AS ended
    )
    SELECT moved.id, moved.job_id AS "jobId", moved.attempt, changed.ended AS "jobEnded"${others} FROM moved JOIN changed ON changed.id = moved.job_id`
    : `${moved}${also} SELECT id, job_id AS "jobId", attempt, false AS "jobEnded"${others} FROM moved`;
  const { rows } = await db.query<MovedRun>({ text: sql, values, name: nameOf(sql) });
  return rows;

  function openAfter(): string {
    return ["pending", "active", "canceling"]
      .map((counter) => (counters.includes(counter) ? `job.${counter} + delta.${counter}` : `job.${counter}`))
      .join(" + ");
  }
}

function isExpression(value: unknown): value is Expression {
  return typeof value === "object" && value !== null && "sql" in value;
}

const names = new Map<string, string>();

/** A short name for each statement text, so that Postgres keeps its plan. */
function nameOf(sql: string): string {
  let name = names.get(sql);
  if (!name) names.set(sql, (name = `transition-${names.size}`));
  return name;
}
