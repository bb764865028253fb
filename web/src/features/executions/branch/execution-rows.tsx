"use client";

import { executionHref } from "#features/executions/execution-hrefs.ts";
import { ExecutionStatusBadge, isUnderWay } from "#features/executions/execution-status.tsx";
import { ExecutionStepsFields } from "#features/executions/execution-steps.tsx";
import { useExecutionEvents } from "#features/executions/use-execution-events.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { formatSeconds, plural } from "#lib/format.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { Link } from "#ui/link.tsx";
import { Progress } from "#ui/progress.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const ExecutionRowFields = graphql(`
  fragment ExecutionRow on Execution {
    id
    execId
    variants
    createdAt
    durationSecs
    createdBy {
      id
      name
    }
    input {
      id
      ...PictureFields
    }
    film {
      id
      ...PictureFields
    }
    ...ExecutionSteps
  }
`);

interface Props {
  executions: readonly FragmentType<typeof ExecutionRowFields>[];
  /** One of them is other than it was read. */
  onChange: () => void;
}

/** Films of a branch, and how far those are that are being made. */
export function ExecutionRows({ executions: sources, onChange }: Props) {
  const executions = sources.map((source) => readFragment(ExecutionRowFields, source));
  useExecutionEvents(
    executions.map(({ id }) => id),
    onChange,
  );
  return (
    <ul aria-label="Films" className="flex flex-col">
      {executions.map((execution) => {
        const { id, execId, variants, createdAt, createdBy, durationSecs, input, film } = execution;
        const { status, progress } = readFragment(ExecutionStepsFields, execution);
        const sceneCount = Math.round(progress.images.total / Math.max(1, variants));
        return (
          <li key={id} className="border-b">
            <Link href={executionHref(id)} className="flex items-center gap-3 rounded-sm py-3 hover:bg-hover">
              <Thumbnail
                picture={{ ...toPicture(film ?? input), name: "" }}
                className="aspect-video w-32 shrink-0 max-sm:w-24"
              />
              <div className="flex min-w-0 grow flex-col gap-1">
                <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <span className="font-mono break-all">{execId}</span>
                  <ExecutionStatusBadge status={status} />
                </p>
                <p className="flex flex-wrap gap-x-3 text-ink-2">
                  <span>{`${plural(sceneCount, "scene")} × ${plural(variants, "image")}`}</span>
                  {film && durationSecs != null && <span>{formatSeconds(durationSecs)}</span>}
                  <TimeAgo at={createdAt} />
                  {createdBy && <span>{createdBy.name}</span>}
                </p>
                {isUnderWay(status) && <Progress label={`Progress of ${execId}`} value={progress.done} />}
              </div>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
