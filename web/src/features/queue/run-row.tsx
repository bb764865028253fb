"use client";

import { ChevronRight } from "lucide-react";
import { memo, useState } from "react";
import { describeNode } from "#features/queue/job-status.ts";
import { RunDetail } from "#features/queue/run-detail.tsx";
import { RunErrorView } from "#features/queue/run-error.tsx";
import { RunLiveFields } from "#features/queue/run-line.tsx";
import { RunRetry } from "#features/queue/run-retry.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { cn } from "#lib/cn.ts";
import { sameOrigin } from "#lib/assets.ts";
import { formatPercent, formatSeconds } from "#lib/format.ts";
import { Elapsed } from "#ui/elapsed.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { LazyRow } from "#ui/lazy-row.tsx";
import { LiveImage } from "#ui/live-image.tsx";
import { Progress } from "#ui/progress.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";

const RunRowFields = graphql(`
  fragment RunRow on Run {
    id
    index
    seed
    executionSecs
    error {
      ...RunErrorView
    }
    ...RunLive
  }
`);

interface RunRowProps {
  run: FragmentType<typeof RunRowFields>;
  jobId: string;
  hasPreview?: boolean;
}

/** A run: how it goes while it runs, why it failed, and everything else when unfolded. */
export const RunRow = memo(function RunRow({ run: source, jobId, hasPreview = false }: RunRowProps) {
  const run = readFragment(RunRowFields, source);
  const live = readFragment(RunLiveFields, run);
  const [isOpen, setIsOpen] = useState(false);
  const name = `run ${run.index + 1}`;
  const isRunning = live.status === "RUNNING";
  const canRetry = live.status === "FAILED" || live.status === "CANCELED";
  return (
    <LazyRow estimate={41} startsNear={hasPreview} className="border-b py-2">
      <div className="flex items-start gap-2">
        <IconButton
          label={isOpen ? `Fold ${name}` : `Unfold ${name}`}
          size="iconSm"
          aria-expanded={isOpen}
          icon={<ChevronRight className={cn("transition-transform", isOpen && "rotate-90")} />}
          onClick={() => setIsOpen(!isOpen)}
        />
        <div className="min-w-0 grow">
          <div className="flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1">
            <span className="w-14 font-medium">{`Run ${run.index + 1}`}</span>
            <StatusBadge status={live.status} />
            {live.machine && <span className="truncate text-ink-2">{live.machine.name}</span>}
            {live.attempt > 1 && <span className="text-ink-2">{`attempt ${live.attempt}`}</span>}
            <span className="ml-auto flex gap-3 text-sm text-ink-3">
              {run.executionSecs != null ? (
                <span>{formatSeconds(run.executionSecs)}</span>
              ) : (
                isRunning && live.startedAt && <Elapsed from={live.startedAt} to={live.finishedAt} />
              )}
              {run.seed != null && <span>{`seed ${run.seed}`}</span>}
            </span>
          </div>
          {isRunning && (
            <div className="mt-1.5 flex items-center gap-3">
              <Progress label={`Progress of ${name}`} value={live.progress} className="max-w-md" />
              <span className="w-9 shrink-0 text-right text-sm">{formatPercent(live.progress)}</span>
              <span className="min-w-0 truncate text-ink-2">{describeNode(live.currentNode)}</span>
            </div>
          )}
          {run.error && <RunErrorView error={run.error} />}
        </div>
        {hasPreview && isRunning && live.previewUrl && (
          <LiveImage
            src={sameOrigin(live.previewUrl)}
            alt={`Preview of ${name}`}
            className="size-28 rounded-sm bg-sunken object-contain"
          />
        )}
        {canRetry && <RunRetry jobId={jobId} runId={run.id} name={name} />}
      </div>
      {isOpen && (
        <div className="pt-3 pb-1 pl-8">
          <RunDetail id={run.id} />
        </div>
      )}
    </LazyRow>
  );
});
