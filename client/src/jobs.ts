import type { CallsheetClient } from "./client.ts";
import { CallsheetError } from "./errors.ts";
import {
  type JobFieldsFragment,
  JobRunsDocument,
  JobUpdatedDocument,
  type RunFieldsFragment,
  SubmitJobDocument,
  type SubmitJobInput,
} from "./generated/operations.ts";

/** A job that is over, with all of its runs and what they made. */
export interface EndedJob extends JobFieldsFragment {
  runs: RunFieldsFragment[];
}

export interface WaitOptions {
  /** Hears of the job as it is now, and of every change. */
  onUpdate?: ((job: JobFieldsFragment) => void) | undefined;
  /** Ends the waiting, not the job. */
  signal?: AbortSignal | undefined;
}

type Asks = Pick<CallsheetClient, "mutate" | "execute" | "subscribe" | "pages">;

/** One job, which is queued: neither a dry run nor a job for each input. */
export type SubmitAndWaitInput = Omit<SubmitJobInput, "dryRun" | "splitByInput">;

/**
 * Submits a job and waits until it is over, however it ends: look at its `status`.
 * @throws MutationError when it is refused
 */
export async function submitAndWait(
  client: Asks,
  input: SubmitAndWaitInput,
  options: WaitOptions = {},
): Promise<EndedJob> {
  // With a key the submit may be repeated after a lost answer, and is still one job.
  const idempotencyKey = input.idempotencyKey ?? crypto.randomUUID();
  const { jobs } = await client.mutate(SubmitJobDocument, { input: { ...input, idempotencyKey } });
  const [job] = jobs;
  if (!job) throw new CallsheetError("The API queued no job.");
  return waitForJob(client, job.id, options);
}

/** Waits until a job is over. A connection that is lost meanwhile is opened again. */
export async function waitForJob(client: Asks, id: string, options: WaitOptions = {}): Promise<EndedJob> {
  const updates = client.subscribe(JobUpdatedDocument, { id }, { signal: options.signal });
  for await (const { jobUpdated } of updates) {
    options.onUpdate?.(jobUpdated);
    if (jobUpdated.finishedAt) break;
  }
  const runs: RunFieldsFragment[] = [];
  let job: JobFieldsFragment | undefined;
  const pages = client.pages(JobRunsDocument, { id, first: 200 }, (data) => {
    job = data.job ?? undefined;
    return data.job?.runs;
  });
  for await (const run of pages) runs.push(run);
  if (!job) throw new CallsheetError(`The job ${id} is gone.`);
  return { ...job, runs };
}
