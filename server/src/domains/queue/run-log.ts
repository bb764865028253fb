import type { Deps } from "#app/deps.ts";
import { toStorable } from "#lib/storable-text.ts";
import { detached } from "#platform/work/scope.ts";
import type { RunLogLevel } from "#platform/db/generated/enums.ts";

/** What can happen to a run, and how much it matters. */
const levels = {
  TAKEN: "INFO",
  TAKEN_OVER: "WARNING",
  ACCEPTED: "INFO",
  STARTED: "INFO",
  EXECUTED: "INFO",
  SUCCEEDED: "INFO",
  FAILED: "ERROR",
  RETRIED: "WARNING",
  MOVED: "WARNING",
  LET_GO: "INFO",
  MACHINE_UNREACHABLE: "WARNING",
  STORAGE_UNREACHABLE: "WARNING",
  MACHINE_BACK: "INFO",
  CANCEL_ASKED: "INFO",
  CANCELED: "INFO",
  RETRY_ASKED: "INFO",
} as const satisfies Record<string, RunLogLevel>;
export type RunEvent = keyof typeof levels;
export const runEvents = Object.keys(levels) as RunEvent[];

interface LoggedRun {
  id: string;
  jobId: string;
  /** The run's own at the time of writing, unless said. */
  attempt?: number;
  comfyPromptId?: string | null;
  /** Of the request that it comes from. What a machine's socket tells is noted in no request's scope. */
  requestId?: string | null;
}

/** The lines that people read about each run. Adding one costs the caller nothing: they are written in batches. */
export interface RunLog extends AsyncDisposable {
  add(run: LoggedRun, event: RunEvent, message: string): void;
  /** Resolves when all that was added is written, or could not be. */
  flush(): Promise<void>;
}

/** How long lines are gathered, in ms. */
const gatherMs = 250;
/** The same when they could not be written. */
const againMs = 2_000;
/** Lines kept of each run: the newest. */
const keptPerRun = 5_000;
/** Lines that wait in memory while the database is away; older ones are dropped. */
const keptInMemory = 10_000;
const longestMessage = 2_000;
/** Ids that one event tells of: Postgres takes 8,000 bytes. */
const idsPerEvent = 100;

interface Line {
  runId: string;
  at: string;
  attempt: number | null;
  level: RunLogLevel;
  event: RunEvent;
  message: string;
}

/** Also tells the process's own log, with the ids by which both can be put together. */
export function createRunLog({ db, bus, log }: Pick<Deps, "db" | "bus" | "log">): RunLog {
  let waiting: Line[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const later = (inMs = gatherMs): void => {
    timer ??= detached(() => setTimeout(() => void flush(), inMs).unref());
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    return writing;
  };
  const write = async (): Promise<void> => {
    const lines = waiting;
    if (lines.length === 0) return;
    waiting = [];
    try {
      await store(lines);
    } catch (error) {
      log.warn({ err: error, lines: lines.length }, "log lines of runs are written later");
      waiting = [...lines, ...waiting].slice(-keptInMemory);
      later(againMs);
      return;
    }
    const runIds = [...new Set(lines.map((line) => line.runId))];
    for (let at = 0; at < runIds.length; at += idsPerEvent)
      bus.publish("runs.logged", { runIds: runIds.slice(at, at + idsPerEvent) });
  };
  /** One statement, whatever their number. Runs that are no more are left out; of the others the oldest lines go. */
  const store = async (lines: readonly Line[]): Promise<void> => {
    await db.relaxedPool.query({
      name: "run-log",
      text: `
        WITH given AS (
          SELECT line.*, item.ordinality FROM json_array_elements($1::json) WITH ORDINALITY AS item(value, ordinality)
          CROSS JOIN LATERAL json_to_record(item.value)
            AS line("runId" uuid, at timestamptz, attempt int, level "RunLogLevel", event text, message text)
        ), old AS (
          DELETE FROM run_log USING (
            SELECT run_id, (SELECT id FROM run_log l WHERE l.run_id = r.run_id ORDER BY id DESC OFFSET $2 LIMIT 1) AS last
            FROM (SELECT DISTINCT "runId" AS run_id FROM given) r
          ) AS full_log
          WHERE run_log.run_id = full_log.run_id AND run_log.id <= full_log.last
        )
        INSERT INTO run_log (run_id, at, attempt, level, event, message)
        SELECT run.id, given.at, coalesce(given.attempt, run.attempt), given.level, given.event, given.message
        FROM given JOIN run ON run.id = given."runId"
        -- A line locks its run: in order of id, like every transition.
        ORDER BY run.id, given.ordinality`,
      values: [JSON.stringify(lines), keptPerRun - 1],
    });
  };

  return {
    add: (run, event, message) => {
      const level = levels[event];
      const { id: runId, jobId, attempt, comfyPromptId: promptId, requestId } = run;
      const ids = { ...(requestId ? { requestId } : {}), runId, jobId, attempt, promptId, event };
      if (level === "INFO") log.debug(ids, message);
      else log.warn(ids, message);
      waiting.push({
        runId: run.id,
        at: new Date().toISOString(),
        attempt: run.attempt ?? null,
        level,
        event,
        message: toStorable(message.slice(0, longestMessage)) as string,
      });
      if (waiting.length > keptInMemory) waiting.shift();
      later();
    },
    flush,
    [Symbol.asyncDispose]: async () => {
      await flush();
      clearTimeout(timer);
    },
  };
}
