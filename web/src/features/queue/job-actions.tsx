"use client";

import { Ban, CirclePause, CirclePlay, EllipsisVertical, ListOrdered, RotateCcw, Shuffle } from "lucide-react";
import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import { JobAccess } from "#features/queue/job-access.tsx";
import { PauseJob, ResumeJob, RetryJob } from "#features/queue/job-operations.ts";
import { CancelDialog, PriorityDialog } from "#features/queue/job-dialogs.ts";
import { WatchItem } from "#features/queue/watch-job.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { type Action, useAction } from "#lib/graphql/use-action.ts";
import { DropdownMenu, MenuItem, MenuSeparator } from "#ui/dropdown-menu.tsx";
import { IconButton } from "#ui/icon-button.tsx";

const JobActionsFields = graphql(`
  fragment JobActions on Job {
    id
    name
    priority
    isPaused
    counts {
      pending
      active
      failed
      canceled
    }
  }
`);

/** What can be done with a job now, as a menu. A refusal is said beside it. */
export function JobActions(props: { job: FragmentType<typeof JobActionsFields> }) {
  const job = readFragment(JobActionsFields, props.job);
  const retry = useAction(RetryJob);
  const pause = useAction(PauseJob);
  const resume = useAction(ResumeJob);
  const [dialog, setDialog] = useState<"cancel" | "priority" | null>(null);
  const { pending, active, failed, canceled } = job.counts;
  const isOpen = pending + active > 0;
  const again = failed + canceled;

  const retryAll = async (newSeeds: boolean) => {
    const payload = await retry.run({ input: { id: job.id, newSeeds } });
    if (payload) toast.success(`${plural(payload.retriedCount, "run")} queued again`);
  };
  return (
    <>
      <DropdownMenu
        trigger={
          <IconButton
            label={`Actions for ${job.name}`}
            isPending={retry.isPending || pause.isPending || resume.isPending}
            icon={<EllipsisVertical />}
          />
        }
      >
        <JobAccess jobId={job.id}>
          {job.isPaused ? (
            <MenuItem needs="CREATOR" icon={<CirclePlay />} onSelect={() => void resume.run({ input: { id: job.id } })}>
              Resume
            </MenuItem>
          ) : (
            <MenuItem
              needs="CREATOR"
              icon={<CirclePause />}
              disabled={!isOpen}
              onSelect={() => void pause.run({ input: { id: job.id } })}
            >
              Pause
            </MenuItem>
          )}
          <MenuItem
            needs="CREATOR"
            icon={<ListOrdered />}
            disabled={pending === 0}
            onSelect={() => setDialog("priority")}
          >
            Priority…
          </MenuItem>
          <WatchItem jobId={job.id} isOver={!isOpen} />
          <MenuItem needs="CREATOR" icon={<RotateCcw />} disabled={again === 0} onSelect={() => void retryAll(false)}>
            {again > 0 ? `Retry ${plural(again, "run")}` : "Retry"}
          </MenuItem>
          <MenuItem needs="CREATOR" icon={<Shuffle />} disabled={again === 0} onSelect={() => void retryAll(true)}>
            Retry with new seeds
          </MenuItem>
          <MenuSeparator />
          <MenuItem
            needs="CREATOR"
            icon={<Ban />}
            isDangerous={isOpen}
            disabled={!isOpen}
            onSelect={() => setDialog("cancel")}
          >
            Cancel…
          </MenuItem>
        </JobAccess>
      </DropdownMenu>
      <Refusal action={retry} />
      <Refusal action={pause} />
      <Refusal action={resume} />
      {dialog === "cancel" && <CancelDialog jobs={[job]} onClose={() => setDialog(null)} />}
      {dialog === "priority" && <PriorityDialog jobs={[job]} onClose={() => setDialog(null)} />}
    </>
  );
}

function Refusal({ action }: { action: Pick<Action<object, never>, "failure"> }) {
  return (
    action.failure && (
      <span role="alert" className="text-sm text-bad">
        {action.failure.message}
      </span>
    )
  );
}
