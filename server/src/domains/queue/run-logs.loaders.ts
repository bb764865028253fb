import type { RunEvent } from "#domains/queue/run-log.ts";
import { defineLoader, definePageLoader } from "#graphql/loader.ts";
import type { RunLogLevel } from "#platform/db/generated/enums.ts";

export interface RunLogRow {
  runId: string;
  /** Grows with each line. */
  id: string;
  at: Date;
  attempt: number;
  level: RunLogLevel;
  event: RunEvent;
  message: string;
}

/** Columns of a RunLogRow, for raw statements on an alias named `line`. */
export const runLogColumns = `line.run_id AS "runId", line.id::text AS id, line.at, line.attempt, line.level, line.event, line.message`;

interface RunLogPage {
  take: number;
  backward: boolean;
  /** The line to start behind. */
  cursor: string | null;
}

/** Pages of log lines by run, oldest first, or in reverse for backward ones. */
export const runLogPageLoader = definePageLoader<RunLogPage, RunLogRow>(
  async ({ deps }, { take, backward, cursor }, runIds) => {
    const { rows } = await deps.db.pool.query<RunLogRow>({
      name: backward ? "run-log-page-back" : "run-log-page",
      text: `SELECT page.* FROM unnest($1::uuid[]) AS r(id)
             CROSS JOIN LATERAL (
               SELECT ${runLogColumns} FROM run_log line
               WHERE line.run_id = r.id AND ($3::bigint IS NULL OR line.id ${backward ? "<" : ">"} $3)
               ORDER BY line.id ${backward ? "DESC" : ""} LIMIT $2
             ) page`,
      values: [runIds, take, cursor],
    });
    return rows;
  },
  (line) => line.runId,
);

export const runLogCountLoader = defineLoader<number>(async ({ deps }, runIds) => {
  const rows = await deps.db.prisma.runLog.groupBy({
    by: ["runId"],
    where: { runId: { in: [...runIds] } },
    _count: true,
  });
  return new Map(rows.map((row) => [row.runId, row._count]));
});
