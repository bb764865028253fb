import type { Deps } from "#app/deps.ts";
import { type AdvanceDeps, advanceTake } from "#domains/takes/segments/advance-take.ts";
import { within } from "#lib/within.ts";

/**
 * Brings takes forward: one turn for each at a time, a few takes side by side. What fails for a passing reason (the
 * database or the disk away, media work that was stopped) is tried again after a pause.
 */
export interface TakeDriver extends AsyncDisposable {
  /** Something happened to a take: it is looked at now, and again when it is being looked at already. */
  wake(takeId: string): void;
  /**
   * Looks for takes that nobody has been told of, now and every so often: those of processes that died. What was touched
   * within the time after which another worker takes over counts as in somebody's hands.
   */
  watch(): Promise<void>;
}

/** Takes that one process brings forward at the same time; the work itself is done in media processes and on machines. */
const maxTurns = 4;
const retryMs = { first: 1_000, most: 60_000 };
/** How long closing waits for turns under way, in ms. */
const closeMs = 5_000;

export function createTakeDriver(deps: AdvanceDeps & Pick<Deps, "log">): TakeDriver {
  const { log, config } = deps;
  const restMs = config.worker.lockDurationMs;
  const waiting = new Set<string>();
  const turning = new Map<string, Promise<void>>();
  const failures = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();
  let lookTimer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const later = (takeId: string): void => {
    const count = failures.get(takeId) ?? 0;
    failures.set(takeId, count + 1);
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        driver.wake(takeId);
      },
      Math.min(retryMs.first * 2 ** count, retryMs.most),
    );
    timer.unref();
    timers.add(timer);
  };
  const turn = async (takeId: string): Promise<void> => {
    try {
      await advanceTake(deps, takeId);
      failures.delete(takeId);
    } catch (error) {
      log.error({ err: error, takeId }, "a take could not go on; it is tried again");
      if (!isClosed) later(takeId);
    } finally {
      turning.delete(takeId);
      begin();
    }
  };
  const begin = (): void => {
    for (const takeId of waiting) {
      if (isClosed || turning.size >= maxTurns) return;
      if (turning.has(takeId)) continue;
      waiting.delete(takeId);
      turning.set(takeId, turn(takeId));
    }
  };
  const look = async (untouchedForMs: number): Promise<void> => {
    try {
      for (const takeId of await findForgotten(deps, untouchedForMs)) driver.wake(takeId);
    } catch (error) {
      log.error({ err: error }, "looking for takes to go on with");
    }
    if (isClosed) return;
    lookTimer = setTimeout(() => void look(restMs), restMs);
    lookTimer.unref();
  };
  const driver: TakeDriver = {
    wake: (takeId) => {
      waiting.add(takeId);
      begin();
    },
    watch: () => look(0),
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
      clearTimeout(lookTimer);
      for (const timer of timers) clearTimeout(timer);
      await within(closeMs, Promise.all(turning.values()));
    },
  };
  return driver;
}

/** Takes under way for which no job runs and no person is waited for, and canceled ones whose job has not been told. */
async function findForgotten({ db }: Pick<Deps, "db">, untouchedForMs: number): Promise<string[]> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT t.id FROM take t LEFT JOIN job j ON j.id = t.job_id
     WHERE (t.status IN ('PENDING', 'GENERATING') AND (j.id IS NULL OR j.finished_at IS NOT NULL)
         OR t.status = 'CANCELED' AND t.canceled_at IS NOT NULL AND j.finished_at IS NULL AND j.id IS NOT NULL)
       AND t.updated_at <= now() - $1 * interval '1 millisecond'
       AND (j.finished_at IS NULL OR j.finished_at <= now() - $1 * interval '1 millisecond')
       AND NOT EXISTS (SELECT 1 FROM take_segment s WHERE s.take_id = t.id AND s.status = 'WAITING')
     ORDER BY t.id LIMIT 500`,
    [untouchedForMs],
  );
  return rows.map(({ id }) => id);
}
