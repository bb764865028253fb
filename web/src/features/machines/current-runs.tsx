import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { formatPercent, plural, sentence } from "#lib/format.ts";
import { Link } from "#ui/link.tsx";
import { Progress } from "#ui/progress.tsx";

const CurrentRunFields = graphql(`
  fragment CurrentRun on Run {
    id
    index
    status
    progress
    job {
      id
      name
    }
  }
`);

/** As many as fit beside the numbers. */
const shown = 4;

interface CurrentRunsProps {
  runs: readonly FragmentType<typeof CurrentRunFields>[];
  /** Runs in hand that the viewer may not see. */
  others: number;
}

/** What a machine works on now, with the way to it. */
export function CurrentRuns({ runs, others }: CurrentRunsProps) {
  const list = readFragment(CurrentRunFields, runs.slice(0, shown));
  const more = runs.length - list.length + Math.max(0, others);
  if (list.length === 0 && more === 0) return <p className="text-ink-3">Idle</p>;
  return (
    <ul className="flex flex-col gap-1.5">
      {list.map(({ id, index, status, progress, job }) => (
        <li key={id} className="flex flex-col gap-1">
          <div className="flex items-baseline gap-2">
            <Link href={`/jobs/${encodeURIComponent(job.id)}`} className="min-w-0 grow truncate hover:text-accent-ink">
              {job.name}
              <span className="text-ink-3">{`, run ${index + 1}`}</span>
            </Link>
            <span className="shrink-0 text-ink-2">
              {status === "RUNNING" ? formatPercent(progress) : sentence(status)}
            </span>
          </div>
          <Progress label={`Progress of ${job.name}, run ${index + 1}`} value={progress} />
        </li>
      ))}
      {more > 0 && <li className="text-ink-3">{`and ${plural(more, "more run")}`}</li>}
    </ul>
  );
}
