"use client";

import { Ban, CirclePause, CirclePlay, ListOrdered, RotateCcw, X } from "lucide-react";
import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import { PauseJob, ResumeJob, RetryJob } from "#features/queue/job-operations.ts";
import type { JobCardValues } from "#features/queue/job-card.tsx";
import { sumCounts } from "#features/queue/job-status.ts";
import { CancelDialog, PriorityDialog } from "#features/queue/job-dialogs.ts";
import { useForeignJobs } from "#features/queue/use-foreign-jobs.ts";
import { plural } from "#lib/format.ts";
import { useEachAction } from "#lib/graphql/use-each-action.ts";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { ProjectAccess, sayWhatStays } from "#ui/project-access.tsx";

interface Props {
  selected: readonly JobCardValues[];
  /** Null when all that are loaded are selected. */
  onSelectAll: (() => void) | null;
  onClear: () => void;
}

/** What can be done with the selected jobs at once. Each button acts on those of them that it can act on. */
export function BulkBar({ selected, onSelectAll, onClear }: Props) {
  const [dialog, setDialog] = useState<"cancel" | "priority" | null>(null);
  const close = () => setDialog(null);
  const retry = useEachAction(RetryJob);
  const pause = useEachAction(PauseJob);
  const resume = useEachAction(ResumeJob);
  const foreign = useForeignJobs(selected);
  const own = selected.filter(({ id }) => !foreign.has(id));
  const stays = selected.length - own.length;
  const open = own.filter(({ counts }) => counts.pending + counts.active > 0);
  const pending = own.filter(({ counts }) => counts.pending > 0);
  const paused = own.filter(({ isPaused }) => isPaused);
  const failed = own.filter(({ counts }) => counts.failed + counts.canceled > 0);
  const runs = sumCounts(
    failed.map(({ counts }) => counts),
    ["failed", "canceled"],
  );
  const failure = retry.failure ?? pause.failure ?? resume.failure;
  const retryAll = async () => {
    const payloads = await retry.run(failed.map(({ id }) => ({ input: { id, newSeeds: false } })));
    const again = payloads.reduce((sum, { retriedCount }) => sum + retriedCount, 0);
    if (payloads.length > 0) toast.success(`${plural(again, "run")} queued again`);
  };
  return (
    <div
      role="toolbar"
      aria-label="Selected jobs"
      className="sticky bottom-8 z-10 -mx-3 flex flex-wrap items-center gap-2 border-t bg-bg px-3 py-2 max-md:bottom-14 sm:-mx-6 sm:px-6"
    >
      <div role="status" className="min-w-0 grow basis-60 max-sm:basis-full">
        <p className="text-accent-ink">{`${plural(selected.length, "job")} selected`}</p>
        {stays > 0 && own.length > 0 && <p className="text-sm text-ink-2">{sayWhatStays(stays)}</p>}
      </div>
      {onSelectAll && (
        <Button variant="quiet" onClick={onSelectAll}>
          Select all that are loaded
        </Button>
      )}
      {failure && (
        <p role="alert" className="text-bad max-sm:basis-full">
          {failure.message}
        </p>
      )}
      <ProjectAccess role={own.length === 0 ? "VIEWER" : null}>
        <Button
          needs="CREATOR"
          disabled={failed.length === 0}
          isPending={retry.isPending}
          onClick={() => void retryAll()}
        >
          <RotateCcw aria-hidden />
          {failed.length > 0 ? `Retry ${plural(runs.failed + runs.canceled, "run")}` : "Retry"}
        </Button>
        {paused.length > 0 ? (
          <Button
            needs="CREATOR"
            isPending={resume.isPending}
            onClick={() => void resume.run(paused.map(({ id }) => ({ input: { id } })))}
          >
            <CirclePlay aria-hidden />
            Resume
          </Button>
        ) : (
          <Button
            needs="CREATOR"
            disabled={open.length === 0}
            isPending={pause.isPending}
            onClick={() => void pause.run(open.map(({ id }) => ({ input: { id } })))}
          >
            <CirclePause aria-hidden />
            Pause
          </Button>
        )}
        <Button needs="CREATOR" disabled={pending.length === 0} onClick={() => setDialog("priority")}>
          <ListOrdered aria-hidden />
          Priority…
        </Button>
        <Button needs="CREATOR" disabled={open.length === 0} onClick={() => setDialog("cancel")}>
          <Ban aria-hidden />
          Cancel…
        </Button>
      </ProjectAccess>
      <IconButton label="Select none" icon={<X />} onClick={onClear} />
      {dialog === "cancel" && <CancelDialog jobs={open} onClose={close} />}
      {dialog === "priority" && <PriorityDialog jobs={pending} onClose={close} />}
    </div>
  );
}
