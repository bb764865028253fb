import type { Viewer } from "#domains/accounts/viewer.ts";
import { visibleOfBranch } from "#domains/stories/visible-stories.ts";
import type { Context } from "#graphql/context.ts";
import { createSharedLooks } from "#graphql/shared-looks.ts";
import { watchThings } from "#graphql/watch.ts";
import type { Execution } from "#platform/db/generated/client.ts";

export interface ExecutionEvent {
  executionId: string;
  /** Null when it is gone. */
  execution: Execution | null;
  jobIds: string[];
  /** Changes with the runs of its jobs. */
  mark: string;
}

type WatchDeps = Context["deps"];

const looks = createSharedLooks<ExecutionEvent>(async ({ db }, viewer, executionId) => {
  const execution = await db.prisma.execution.findFirst({
    where: { AND: [{ id: executionId }, visibleOfBranch(viewer)] },
  });
  const jobs = execution ? await jobsOf(db, execution.jobId) : { jobIds: [], mark: "" };
  return { executionId, execution, ...jobs };
});

/** Executions as they change: of their own, or because a job of theirs does. */
export function watchExecutions(deps: WatchDeps, viewer: Viewer, ids: readonly string[]) {
  const jobs = new Map<string, string>();
  return watchThings(
    ids,
    (changed) => {
      const tell = (executionId: string): void => {
        looks.forget(deps.bus, executionId);
        changed(executionId);
      };
      const stops = [
        deps.bus.subscribe("execution.changed", ({ executionId }) => tell(executionId)),
        deps.bus.subscribe("job.changed", ({ jobId }) => {
          const executionId = jobs.get(jobId);
          if (executionId !== undefined) tell(executionId);
        }),
      ];
      return () => stops.forEach((stop) => stop());
    },
    async (id) => {
      const event = await looks.look(deps, viewer, id);
      // A new job comes with a change of the execution itself, so this is in time.
      for (const jobId of event?.jobIds ?? []) jobs.set(jobId, id);
      return event ?? undefined;
    },
    ({ execution, mark }) => (execution ? `${execution.status} ${execution.updatedAt.toISOString()} ${mark}` : "gone"),
  );
}

/** The jobs that it has had so far, and what changes when one of them does. */
async function jobsOf({ pool }: WatchDeps["db"], parentId: string): Promise<{ jobIds: string[]; mark: string }> {
  const { rows } = await pool.query<{ jobIds: string[]; mark: string }>({
    name: "jobs-of-parent",
    text: `SELECT coalesce(array_agg(id::text), '{}') AS "jobIds",
             concat_ws(' ', count(*), sum(pending), sum(active), sum(canceling), sum(succeeded), sum(failed), sum(canceled)) AS mark
           FROM job WHERE parent_id = $1`,
    values: [parentId],
  });
  return rows[0] ?? { jobIds: [], mark: "" };
}
