import { worker, workerEmit } from "workerpool";
import { UnreadableMediaError } from "#platform/media/inspect.ts";
import type { MediaProgress, MediaTask, MediaTasks, TaskAnswer } from "#platform/media/media-tasks.ts";
import { frames, poster } from "#platform/media/process/frames.ts";
import { join, stitch, trim } from "#platform/media/process/join.ts";
import { probe } from "#platform/media/process/probe.ts";
import { Refused } from "#platform/media/process/refused.ts";

type Work<Name extends MediaTask> = (
  ...args: Parameters<MediaTasks[Name]>
) => Promise<Awaited<ReturnType<MediaTasks[Name]>>>;

/** How often progress is told at most, in ms. */
const tellEveryMs = 250;

function teller(): (done: number) => void {
  let toldAt = 0;
  return (done) => {
    if (performance.now() - toldAt < tellEveryMs) return;
    toldAt = performance.now();
    workerEmit({ done } satisfies MediaProgress);
  };
}

const tasks: { [Name in MediaTask]: Work<Name> } = {
  probe,
  poster,
  frames,
  trim,
  join,
  stitch: (paths, to, tags) => stitch(paths, to, tags, teller()),
};

/** Takes tasks from the process that started this one, until it ends it or ends itself. */
export function serveMedia(): void {
  worker(
    Object.fromEntries(
      Object.entries(tasks).map(([name, work]) => [
        name,
        (...args: unknown[]) => answer(work as (...given: unknown[]) => Promise<unknown>, args),
      ]),
    ),
  );
}

async function answer(work: (...args: unknown[]) => Promise<unknown>, args: unknown[]): Promise<TaskAnswer<MediaTask>> {
  try {
    return { value: (await work(...args)) as never };
  } catch (error) {
    const { code, message, constructor } = error as NodeJS.ErrnoException;
    if (error instanceof Refused) return { problem: { code: error.code, message } };
    // The disk and the system say what is wrong by themselves; it is not the file's fault.
    if (code !== undefined && constructor !== Refused && /^E[A-Z]+$/.test(code)) throw error;
    const reason = error instanceof UnreadableMediaError ? message : `The file can't be read: ${message}`;
    return { problem: { code: "CORRUPT", message: reason } };
  }
}
