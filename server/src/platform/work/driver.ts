import { within } from "#lib/within.ts";
import type { Log } from "#platform/log/log.ts";
import { detached } from "#platform/work/scope.ts";

/**
 * Brings things forward that go on by themselves, step by step: one turn for each at a time, a few side by side. What fails
 * for a passing reason (the database or the disk away, media work that was stopped) is tried again after a pause.
 */
export interface Driver extends AsyncDisposable {
  /** Something happened to it: it is looked at now, and again when it is being looked at already. */
  wake(id: string): void;
  /**
   * Looks for things that nobody has been told of, now and every so often: those of processes that died. What was touched
   * within the time after which another worker takes over counts as in somebody's hands.
   */
  watch(): Promise<void>;
}

export interface DriverOptions {
  /** What is brought forward, for the log: "a take". */
  what: string;
  log: Log;
  /** Turns that one process takes at the same time. */
  maxTurns: number;
  /** After how long without a touch somebody else goes on with it, in ms. */
  restMs: number;
  /** Does all that can be done for it now. Can be called at any time, twice, late, or after a crash between two steps. */
  advance: (id: string) => Promise<void>;
  /** Ids of those that should go on, and that nobody has touched for so long. */
  findForgotten: (untouchedForMs: number) => Promise<string[]>;
}

const retryMs = { first: 1_000, most: 60_000 };
/** How long closing waits for turns under way, in ms. */
const closeMs = 5_000;

export function createDriver({ what, log, maxTurns, restMs, advance, findForgotten }: DriverOptions): Driver {
  const waiting = new Set<string>();
  const turning = new Map<string, Promise<void>>();
  const failures = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();
  let lookTimer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const later = (id: string): void => {
    const count = failures.get(id) ?? 0;
    failures.set(id, count + 1);
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        driver.wake(id);
      },
      Math.min(retryMs.first * 2 ** count, retryMs.most),
    );
    timer.unref();
    timers.add(timer);
  };
  const turn = async (id: string): Promise<void> => {
    try {
      await advance(id);
      failures.delete(id);
    } catch (error) {
      log.error({ err: error, id }, `${what} could not go on; it is tried again`);
      if (!isClosed) later(id);
    } finally {
      turning.delete(id);
      begin();
    }
  };
  const begin = (): void => {
    for (const id of waiting) {
      if (isClosed || turning.size >= maxTurns) return;
      if (turning.has(id)) continue;
      waiting.delete(id);
      turning.set(
        id,
        detached(() => turn(id)),
      );
    }
  };
  const look = async (untouchedForMs: number): Promise<void> => {
    try {
      for (const id of await findForgotten(untouchedForMs)) driver.wake(id);
    } catch (error) {
      log.error({ err: error }, `looking for what to go on with: ${what}`);
    }
    if (isClosed) return;
    lookTimer = setTimeout(() => void look(restMs), restMs);
    lookTimer.unref();
  };
  const driver: Driver = {
    wake: (id) => {
      waiting.add(id);
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
