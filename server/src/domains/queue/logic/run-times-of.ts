type Moment = Date | string | null;

interface Moments {
  createdAt: Date | string;
  startedAt: Moment;
  submittedAt: Moment;
  executedAt: Moment;
  executedUntil: Moment;
  finishedAt: Moment;
}

/**
 * Where the time of a run's latest attempt went, in seconds; null for what is not over. Runs that failed on the machine, or
 * that are older than the end of execution is noted, count as executed until they were over.
 */
export function timesOf(run: Moments): { wait: number | null; execution: number | null; transfer: number | null } {
  const { createdAt, startedAt, submittedAt, executedAt, executedUntil, finishedAt } = run;
  const queued = span(createdAt, startedAt);
  const onMachine = span(submittedAt, executedAt);
  const upload = span(startedAt, submittedAt);
  const download = span(executedUntil, finishedAt);
  return {
    wait: queued === null || onMachine === null ? null : queued + onMachine,
    execution: span(executedAt, executedUntil ?? finishedAt),
    transfer: upload === null || download === null ? null : upload + download,
  };
}

/** States are written as news of them comes in, so that a moment may be noted a little late: never below 0. */
function span(from: Moment, to: Moment): number | null {
  return from === null || to === null ? null : Math.max(0, (new Date(to).getTime() - new Date(from).getTime()) / 1000);
}
