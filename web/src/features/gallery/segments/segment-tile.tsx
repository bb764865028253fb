"use client";

import { EllipsisVertical, ExternalLink, Play, RotateCcw, Shuffle, StepForward } from "lucide-react";
import { useRouter } from "next/navigation";
import { useSubscription } from "urql";
import { RemakeSegment, ResumeTake } from "#features/gallery/takes/take-operations.ts";
import { graphql } from "#gql/gql.ts";
import type { SegmentFragment } from "#gql/graphql.ts";
import { formatSeconds, sentence } from "#lib/format.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { DropdownMenu, MenuItem } from "#ui/dropdown-menu.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Progress } from "#ui/progress.tsx";
import { StatusIcon } from "#ui/status-badge.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";
import { Tooltip } from "#ui/tooltip.tsx";

export const SegmentFields = graphql(`
  fragment Segment on TakeSegment {
    id
    index
    status
    clipPosition
    seed
    durationSecs
    staleReason
    prompts {
      nodeId
      inputName
      slotLabel
      text
    }
    outputAsset {
      id
      ...PictureFields
    }
    job {
      id
      progress
    }
  }
`);

const SegmentJobEvents = graphql(`
  subscription SegmentJobEvents($id: ID!) {
    jobUpdated(id: $id) {
      id
      progress
    }
  }
`);

interface Props {
  segment: SegmentFragment;
  takeId: string;
  /** Whether its take is rendered and undecided: then it can be made anew. */
  isReviewed: boolean;
  isLast: boolean;
  onOpen: (id: string) => void;
}

/** A segment: a frame of its clip once that is there, how far it is until then; its prompts when it is pointed at. */
export function SegmentTile({ segment, takeId, isReviewed, isLast, onOpen }: Props) {
  const router = useRouter();
  const remake = useAction(RemakeSegment);
  const resume = useAction(ResumeTake);
  const { id, index, status, durationSecs, prompts, outputAsset, job, staleReason } = segment;
  const name = `Segment ${index + 1}`;
  const look = status === "DONE" ? "SUCCEEDED" : status === "WAITING" ? "PAUSED" : status;
  const anew = (more: { seed?: string; withFollowing?: boolean }) =>
    void remake.run({ input: { segmentId: id, withFollowing: false, ...more } });
  const failure = remake.failure ?? resume.failure;
  const canRetry = status === "FAILED" || status === "CANCELED";
  const words = status === "WAITING" ? "Pick a frame" : sentence(status);
  return (
    <li className="flex w-32 shrink-0 flex-col gap-1">
      <Tooltip
        content={[
          ...prompts.map(({ slotLabel, text }) => `${slotLabel}: ${text}`),
          `Seed ${segment.seed}, ${sentence(segment.clipPosition).toLowerCase()}`,
        ].join(" · ")}
      >
        <button
          type="button"
          aria-label={`${name}, ${words}${outputAsset ? ", open its clip" : ""}`}
          aria-disabled={!outputAsset}
          onClick={() => outputAsset && onOpen(outputAsset.id)}
          className="relative block aspect-video w-full overflow-hidden rounded-sm bg-sunken"
        >
          {outputAsset ? (
            <Thumbnail picture={toPicture(outputAsset)} className="size-full" />
          ) : (
            <span className="grid size-full place-items-center text-ink-3">
              <StatusIcon status={look} className="size-5" />
            </span>
          )}
        </button>
      </Tooltip>
      <div className="flex min-h-6 items-center gap-1 text-sm">
        <StatusIcon status={look} className="size-3.5 shrink-0 text-ink-3" />
        <span className="min-w-0 grow truncate">
          {`${index + 1}. ${status === "DONE" && durationSecs != null ? formatSeconds(durationSecs) : words}`}
        </span>
        {(isReviewed || canRetry || job) && (
          <DropdownMenu
            trigger={
              <IconButton
                label={`Actions for segment ${index + 1}`}
                size="iconSm"
                isPending={remake.isPending || resume.isPending}
                icon={<EllipsisVertical />}
              />
            }
          >
            {canRetry && (
              <MenuItem needs="CREATOR" icon={<Play />} onSelect={() => void resume.run({ input: { takeId } })}>
                Try again from here
              </MenuItem>
            )}
            <MenuItem needs="CREATOR" icon={<RotateCcw />} disabled={!isReviewed} onSelect={() => anew({})}>
              Make anew
            </MenuItem>
            <MenuItem
              needs="CREATOR"
              icon={<Shuffle />}
              disabled={!isReviewed}
              onSelect={() => anew({ seed: newSeed() })}
            >
              Make anew with another seed
            </MenuItem>
            {!isLast && (
              <MenuItem
                needs="CREATOR"
                icon={<StepForward />}
                disabled={!isReviewed}
                onSelect={() => anew({ withFollowing: true })}
              >
                Make it and all after it anew
              </MenuItem>
            )}
            {job && (
              <MenuItem icon={<ExternalLink />} onSelect={() => router.push(`/jobs/${encodeURIComponent(job.id)}`)}>
                Open its job
              </MenuItem>
            )}
          </DropdownMenu>
        )}
      </div>
      {status === "GENERATING" && job && <SegmentProgress jobId={job.id} progress={job.progress} name={name} />}
      {staleReason && <p className="text-sm text-warn">{staleReason}</p>}
      {failure && (
        <p role="alert" className="text-sm text-bad">
          {failure.message}
        </p>
      )}
    </li>
  );
}

/** What the events tell is written into the cache, from which the progress is read. */
function SegmentProgress({ jobId, progress, name }: { jobId: string; progress: number; name: string }) {
  useSubscription({ query: SegmentJobEvents, variables: { id: jobId } }, (_previous, event) => event);
  return <Progress label={`Progress of ${name}`} value={progress} />;
}

/** Any whole number that is exact in JSON. */
function newSeed(): string {
  return String(Math.floor(Math.random() * Number.MAX_SAFE_INTEGER));
}
