"use client";

import { ChevronRight } from "lucide-react";
import { memo } from "react";
import { JobActions } from "#features/queue/job-actions.tsx";
import { JobCardRuns } from "#features/queue/job-card-runs.tsx";
import { OutcomeBar } from "#features/queue/outcome-bar.tsx";
import { describeCounts, hasEnded } from "#features/queue/job-status.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { JobCardFragment } from "#gql/graphql.ts";
import { sameOrigin } from "#lib/assets.ts";
import { cn } from "#lib/cn.ts";
import { formatPercent } from "#lib/format.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { Badge } from "#ui/badge.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { RowCheckbox } from "#ui/checkbox.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Link } from "#ui/link.tsx";
import { LiveImage } from "#ui/live-image.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

export const JobCardFields = graphql(`
  fragment JobCard on Job {
    id
    name
    status
    progress
    priority
    isPaused
    createdAt
    counts {
      total
      pending
      active
      canceling
      succeeded
      failed
      canceled
    }
    workflow {
      id
      name
    }
    latestOutputs(first: 4) {
      id
      ...PictureFields
    }
    rendering: runs(first: 1, status: [RUNNING]) {
      nodes {
        id
        previewUrl
      }
    }
    ...JobActions
  }
`);

export type JobCardValues = JobCardFragment;
export const readJobCard = (job: FragmentType<typeof JobCardFields>): JobCardValues => readFragment(JobCardFields, job);

interface JobCardProps {
  job: JobCardValues;
  isOpen: boolean;
  onToggle: (id: string) => void;
  isSelected: boolean;
  onSelect: (id: string, isSelected: boolean, isRange: boolean) => void;
}

/** One job in the queue: enough to see how it goes, and its runs when it is unfolded. */
export const JobCard = memo(function JobCard({ job, isOpen, onToggle, isSelected, onSelect }: JobCardProps) {
  const href = `/jobs/${encodeURIComponent(job.id)}`;
  const previewUrl = job.rendering.nodes[0]?.previewUrl;
  const pictures = job.latestOutputs.slice(0, previewUrl ? 3 : 4);
  return (
    <>
      <div className={cn("flex items-center gap-2 py-2.5 sm:gap-3", isSelected && "bg-hover")}>
        <RowCheckbox
          label={`Select ${job.name}`}
          checked={isSelected}
          onCheckedChange={(next, isRange) => onSelect(job.id, next, isRange)}
        />
        <IconButton
          label={isOpen ? `Fold ${job.name}` : `Unfold ${job.name}`}
          size="iconSm"
          aria-expanded={isOpen}
          icon={<ChevronRight className={cn("transition-transform", isOpen && "rotate-90")} />}
          onClick={() => onToggle(job.id)}
        />
        <div className="min-w-0 grow">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Link href={href} className="min-w-0 truncate text-lg font-medium hover:text-accent-ink">
              {job.name}
            </Link>
            <StatusBadge status={job.status} />
            {job.isPaused && job.status !== "PAUSED" && <StatusBadge status="PAUSED" />}
            {job.priority !== 0 && <Badge>{`Priority ${job.priority}`}</Badge>}
          </div>
          <div className="my-1.5 flex items-center gap-3">
            <OutcomeBar
              label={`Progress of ${job.name}`}
              counts={job.counts}
              progress={job.progress}
              className="max-w-2xl"
            />
            <span className="w-9 shrink-0 text-right text-sm text-ink-2">
              {!hasEnded(job.status) && formatPercent(job.progress)}
            </span>
          </div>
          <p className="flex flex-wrap gap-x-3 text-ink-2">
            <span>{describeCounts(job.counts)}</span>
            <span className="truncate text-ink-3">{job.workflow.name}</span>
            <span className="text-ink-3">
              <TimeAgo at={job.createdAt} />
            </span>
          </p>
        </div>
        <Link
          href={href}
          aria-label={`Pictures of ${job.name}`}
          tabIndex={-1}
          className={cn(
            "flex h-14 w-14 shrink-0 justify-end gap-1 overflow-hidden md:w-[236px]",
            !previewUrl && pictures.length === 0 && "max-md:hidden",
          )}
        >
          {previewUrl && (
            <LiveImage
              src={sameOrigin(previewUrl)}
              alt="Latest preview"
              className="size-14 shrink-0 rounded-sm bg-sunken object-cover outline-1 -outline-offset-1 outline-accent"
            />
          )}
          {pictures.map((output, index) => (
            <Thumbnail
              key={output.id}
              picture={toPicture(output)}
              className={cn("size-14 shrink-0", (previewUrl || index > 0) && "max-md:hidden")}
            />
          ))}
        </Link>
        <JobActions job={job} />
      </div>
      {isOpen && (
        <div className="pb-3 pl-8 sm:pl-10">
          <ErrorBoundary name="The runs">
            <JobCardRuns id={job.id} href={href} />
          </ErrorBoundary>
        </div>
      )}
    </>
  );
});
