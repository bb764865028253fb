import { describeNode } from "#features/queue/job-status.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { formatPercent } from "#lib/format.ts";
import { Progress } from "#ui/progress.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";

/** What changes while a run is on a machine. */
export const RunLiveFields = graphql(`
  fragment RunLive on Run {
    id
    status
    attempt
    progress
    currentNode
    previewUrl
    startedAt
    finishedAt
    machine {
      id
      name
    }
  }
`);

const RunLineFields = graphql(`
  fragment RunLine on Run {
    id
    index
    seed
    error {
      message
    }
    ...RunLive
  }
`);

/** A run in one line. */
export function RunLine(props: { run: FragmentType<typeof RunLineFields> }) {
  const run = readFragment(RunLineFields, props.run);
  const live = readFragment(RunLiveFields, run);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
      <span className="w-14 shrink-0 text-ink-2">{`Run ${run.index + 1}`}</span>
      <StatusBadge status={live.status} />
      {live.status === "RUNNING" && (
        <span className="flex min-w-40 grow items-center gap-2 sm:max-w-72">
          <Progress label={`Progress of run ${run.index + 1}`} value={live.progress} />
          <span className="w-9 text-right text-sm">{formatPercent(live.progress)}</span>
        </span>
      )}
      {live.status === "RUNNING" && live.currentNode && (
        <span className="truncate text-ink-2">{describeNode(live.currentNode)}</span>
      )}
      {run.error && (
        <span className="min-w-0 truncate text-bad" title={run.error.message}>
          {run.error.message}
        </span>
      )}
      <span className="ml-auto text-sm text-ink-3">{run.seed != null && `seed ${run.seed}`}</span>
    </li>
  );
}
