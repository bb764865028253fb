import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { pool as openPool, Promise as PoolPromise, type Pool } from "workerpool";
import { MediaError } from "#platform/media/media-error.ts";
import type { MediaProgress, MediaTask, MediaTasks, TaskAnswer, WrittenClip } from "#platform/media/media-tasks.ts";

/**
 * Work on pictures and clips, done in processes of its own: the event loop stays free, and a file that brings the decoder
 * down takes no one with it. Each task rejects with a MediaError for damaged and exotic files, when too much waits, or
 * when it takes too long.
 */
export type Media = {
  [Name in Exclude<MediaTask, "stitch">]: (
    ...args: Parameters<MediaTasks[Name]>
  ) => Promise<ReturnType<MediaTasks[Name]>>;
} & {
  /** @param onProgress is told how much is done, 0 to 1 */
  stitch(...args: [...Parameters<MediaTasks["stitch"]>, onProgress?: (done: number) => void]): Promise<WrittenClip>;
} & AsyncDisposable;

export interface MediaOptions {
  /** Processes at most; they start when they are needed. */
  maxProcesses?: number;
  /** Tasks that may wait for a process; more are refused with BUSY. */
  maxWaiting?: number;
  /** How long a task may take once it has begun, in ms. */
  timeoutMs?: number;
}

const defaults = { maxProcesses: 2, maxWaiting: 500, timeoutMs: 10 * 60_000 };
/** Encoding a film again takes as long as it has clips: what each of them adds to the time limit, in ms. */
const msPerClip = 60_000;

/** Beside the bundle that this is part of; from source, as tests run it, the one that they build first. */
function processFile(): string {
  const beside = fileURLToPath(new URL("./media-process.js", import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL("../../../dist/test/media-process.js", import.meta.url));
}

/** Opens the pool; nothing is started before the first task. */
export function openMedia(options: MediaOptions = {}): Media {
  const { maxProcesses, maxWaiting, timeoutMs } = { ...defaults, ...options };
  const pool = openPool(processFile(), {
    workerType: "process",
    maxWorkers: maxProcesses,
    maxQueueSize: maxWaiting,
    // Its output is the decoder's chatter; nothing of ours goes there.
    forkOpts: { stdio: ["ignore", "ignore", "ignore", "ipc"], execArgv: [], serialization: "advanced" },
  });
  const runWith = async <Name extends MediaTask>(
    name: Name,
    args: Parameters<MediaTasks[Name]>,
    ofFilm?: { ms: number; onProgress: ((done: number) => void) | undefined },
  ): Promise<ReturnType<MediaTasks[Name]>> => {
    const answer = (await begin(pool, name, args, timeoutMs + (ofFilm?.ms ?? 0), ofFilm?.onProgress).catch(
      (error: unknown) => {
        throw asMediaError(error, name);
      },
    )) as TaskAnswer<Name>;
    if ("problem" in answer) throw new MediaError(answer.problem.code, answer.problem.message);
    return answer.value;
  };
  const run =
    <Name extends MediaTask>(name: Name) =>
    (...args: Parameters<MediaTasks[Name]>) =>
      runWith(name, args);
  return {
    probe: run("probe"),
    poster: run("poster"),
    frames: run("frames"),
    trim: run("trim"),
    join: run("join"),
    stitch: (paths, to, tags, onProgress) =>
      runWith("stitch", [paths, to, tags], { ms: paths.length * msPerClip, onProgress }),
    [Symbol.asyncDispose]: async () => {
      await pool.terminate(true);
    },
  };
}

async function begin(
  pool: Pool,
  name: MediaTask,
  args: unknown[],
  timeoutMs: number,
  onProgress?: (done: number) => void,
): Promise<unknown> {
  const on = ({ done }: MediaProgress): void => onProgress?.(done);
  return pool.exec(name, args, { on }).timeout(timeoutMs);
}

function asMediaError(error: unknown, task: MediaTask): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof PoolPromise.TimeoutError) {
    return new MediaError("TIMEOUT", `Media work (${task}) took too long and was stopped`);
  }
  if (/Max queue size/.test(error.message)) {
    return new MediaError("BUSY", "Too much media work is waiting; try again in a moment");
  }
  if (/terminated/i.test(error.message)) {
    return new MediaError("CRASHED", `Media work (${task}) ended unexpectedly; the file may be damaged`);
  }
  return error;
}
