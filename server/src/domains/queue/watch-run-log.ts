import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireJob } from "#domains/queue/jobs.service.ts";
import { type RunLogRow, runLogColumns } from "#domains/queue/run-logs.loaders.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import { coalesce } from "#platform/events/coalesce.ts";
import { mapIterator } from "#platform/events/map-iterator.ts";

/** At most four batches a second for one subscriber. */
const everyMs = 250;
/** Events are hints that can be lost; whoever watches looks by himself now and then. */
const lookAgainMs = 10_000;
const atFirst = 100;
const atOnce = 500;

/**
 * The newest lines of a run's log, then each batch of new ones; every look asks again whether the viewer may.
 * @throws NotFoundError
 */
export async function watchRunLog(deps: Pick<Deps, "db" | "bus">, viewer: Viewer, runId: string) {
  const jobId = await requireRunsJob(deps, viewer, runId);
  let seen: string | null = null;
  const changes = coalesce((changed) => {
    const stop = deps.bus.subscribe("runs.logged", ({ runIds }) => {
      if (runIds.includes(runId)) changed(runId);
    });
    const timer = setInterval(() => changed(runId), lookAgainMs).unref();
    changed(runId);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, everyMs);
  return mapIterator(changes, async () => {
    const isFirst = seen === null;
    await requireJob(deps, viewer, jobId);
    const { rows } = await deps.db.pool.query<RunLogRow>({
      name: isFirst ? "run-log-newest" : "run-log-news",
      text: isFirst
        ? `SELECT * FROM (SELECT ${runLogColumns} FROM run_log line WHERE line.run_id = $1 ORDER BY line.id DESC LIMIT $2) newest ORDER BY id::bigint`
        : `SELECT ${runLogColumns} FROM run_log line WHERE line.run_id = $1 AND line.id > $3 ORDER BY line.id LIMIT $2`,
      values: isFirst ? [runId, atFirst] : [runId, atOnce, seen],
    });
    seen = rows.at(-1)?.id ?? seen ?? "0";
    return isFirst || rows.length > 0 ? rows : undefined;
  });
}

/** The job of a run that the viewer may see. */
async function requireRunsJob({ db }: Pick<Deps, "db">, viewer: Viewer, runId: string): Promise<string> {
  const run = await db.prisma.run.findUnique({ where: { id: runId }, select: { jobId: true } });
  if (!run) throw new NotFoundError("The run", ["id"]);
  await requireJob({ db }, viewer, run.jobId).catch((error: unknown) => {
    throw error instanceof NotFoundError ? new NotFoundError("The run", ["id"]) : error;
  });
  return run.jobId;
}
