"use client";

import { useState } from "react";
import { useSubscription } from "urql";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { formatSpan } from "#lib/format.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { Lightbox } from "#ui/lightbox.tsx";
import { Link } from "#ui/link.tsx";
import { Progress } from "#ui/progress.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const DryRunJobFields = graphql(`
  fragment DryRunJob on Job {
    id
    name
    status
    progress
    startedAt
    finishedAt
    latestOutputs(first: 4) {
      id
      ...PictureFields
    }
  }
`);

const DryRunResultFields = graphql(`
  fragment DryRunResult on WorkflowDryRun {
    status
    createdAt
    finishedAt
    message
    machineName
    job {
      id
      ...DryRunJob
    }
  }
`);

const DryRunEvents = graphql(`
  subscription DryRunEvents($id: ID!) {
    jobUpdated(id: $id) {
      id
      ...DryRunJob
    }
  }
`);

interface Props {
  dryRun: FragmentType<typeof DryRunResultFields>;
}

const statusOf = { RUNNING: "RUNNING", PASSED: "SUCCEEDED", FAILED: "FAILED" } as const;
const words = { RUNNING: "Dry run under way", PASSED: "The dry run passed", FAILED: "The dry run failed" } as const;

/** A dry run while it runs, and what became of it. */
export function DryRunResult({ dryRun: source }: Props) {
  const dryRun = readFragment(DryRunResultFields, source);
  const job = readFragment(DryRunJobFields, dryRun.job);
  const isRunning = dryRun.status === "RUNNING";
  const [opened, setOpened] = useState<number | null>(null);
  useSubscription(
    { query: DryRunEvents, variables: { id: job?.id ?? "" }, pause: !job || !isRunning },
    (_previous, event) => event,
  );
  const pictures = (job?.latestOutputs ?? []).map(toPicture);
  return (
    <div role="status" className="flex flex-col gap-2 border-t pt-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StatusBadge status={isRunning ? (job?.status ?? "RUNNING") : statusOf[dryRun.status]} />
        <span className="font-medium">{words[dryRun.status]}</span>
        <span className="text-ink-3">
          {[dryRun.machineName, formatSpan(job?.startedAt, dryRun.finishedAt)].filter(Boolean).join(" · ")}
        </span>
        <span className="text-ink-3">
          <TimeAgo at={dryRun.finishedAt ?? dryRun.createdAt} />
        </span>
        {job && (
          <Link href={`/jobs/${encodeURIComponent(job.id)}`} className="ml-auto text-accent-ink hover:underline">
            Job details
          </Link>
        )}
      </p>
      {isRunning && job && <Progress label="Progress of the dry run" value={job.progress} />}
      {dryRun.message && <p className="break-words text-bad">{dryRun.message}</p>}
      {pictures.length > 0 && (
        <ul aria-label="Results of the dry run" className="flex flex-wrap gap-2">
          {pictures.map((picture, index) => (
            <li key={picture.id}>
              <button type="button" aria-label={`Open ${picture.name}`} onClick={() => setOpened(index)}>
                <Thumbnail picture={picture} className="size-28" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {opened !== null && <Lightbox pictures={pictures} index={opened} onIndexChange={setOpened} />}
    </div>
  );
}
