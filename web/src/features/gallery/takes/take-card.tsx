"use client";

import { TriangleAlert } from "lucide-react";
import type { KeyboardEvent } from "react";
import { SegmentStrip } from "#features/gallery/segments/segment-strip.tsx";
import { TakeStars, TakeVerdict } from "#features/gallery/take-verdict.tsx";
import { TakeActions } from "#features/gallery/takes/take-actions.tsx";
import type { TakeRow } from "#features/gallery/takes/read-take.ts";
import { useReview } from "#features/gallery/use-review.ts";
import { sentence } from "#lib/format.ts";
import { RowCheckbox } from "#ui/checkbox.tsx";
import { CopyButton } from "#ui/copy-button.tsx";
import { Disclosure } from "#ui/disclosure.tsx";
import { Link } from "#ui/link.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

interface Props {
  take: TakeRow;
  isSelected: boolean;
  onSelect: (isSelected: boolean, isRange: boolean) => void;
  onOpen: (id: string) => void;
}

/** A take: who, in what, what came out, its segments, and the prompts that made it. */
export function TakeCard({ take, isSelected, onSelect, onOpen }: Props) {
  const link = "hover:text-accent-ink";
  const review = useReview();
  /** With the keys of the review; up and down to the next take, X selects, Enter opens. */
  const onKeyDown = (event: KeyboardEvent<HTMLLIElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const { currentTarget: item } = event;
    const acts: Record<string, () => void> = {
      ...review.keysFor(take),
      x: () => onSelect(!isSelected, event.shiftKey),
      Enter: () => {
        const first = take.results[0] ?? take.pictures[0];
        if (first) onOpen(first.id);
      },
      ArrowDown: () => focusNext(item, 1),
      ArrowUp: () => focusNext(item, -1),
    };
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <li
      tabIndex={0}
      data-take={take.id}
      aria-label={`Take of ${take.name}`}
      aria-keyshortcuts="A R U X 1 2 3 4 5 Enter"
      onKeyDown={onKeyDown}
      className="scroll-my-4 py-4"
    >
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <RowCheckbox label={`Select the take of ${take.name}`} checked={isSelected} onCheckedChange={onSelect} />
        <h2 className="text-lg font-medium">
          <Link
            href={`/characters/${encodeURIComponent(take.character.id)}?scene=${encodeURIComponent(take.sceneType.id)}`}
            className={link}
          >
            {take.character.name}
          </Link>
          <span className="text-ink-3">{" in "}</span>
          <Link href={`/scene-types/${encodeURIComponent(take.sceneType.id)}`} className={link}>
            {take.sceneType.name}
          </Link>
        </h2>
        <StatusBadge status={take.status} />
        <TakeStars take={take} review={review} />
        <span className="text-ink-3">
          <TimeAgo at={take.createdAt} />
        </span>
        {take.seed != null && <span className="text-ink-3">{`seed ${take.seed}`}</span>}
        <span className="ml-auto flex flex-wrap items-center gap-x-3 gap-y-1">
          <TakeVerdict take={take} review={review} />
          <TakeActions take={take} />
          <Link
            href={
              take.comparison
                ? `/comparisons/${encodeURIComponent(take.comparison.id)}`
                : `/comparisons/new?scene=${encodeURIComponent(take.sceneType.id)}&character=${encodeURIComponent(take.character.id)}`
            }
            className="text-accent-ink hover:underline"
          >
            {take.comparison ? "Open comparison" : "Compare wordings"}
          </Link>
          {take.job && (
            <Link href={`/jobs/${encodeURIComponent(take.job.id)}`} className="text-accent-ink hover:underline">
              Open job
            </Link>
          )}
        </span>
      </div>
      {take.reviewNote && <p className="mb-1 max-w-3xl whitespace-pre-wrap text-ink-2">{take.reviewNote}</p>}
      {take.warnings.map((warning) => (
        <p key={warning} className="flex items-center gap-1.5 text-warn">
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          {warning}
        </p>
      ))}
      <SegmentStrip take={take} onOpen={onOpen} />
      {take.results.length > 0 ? (
        <ul
          aria-label={`Outputs of ${take.name}`}
          className="grid grid-cols-[repeat(auto-fill,minmax(min(180px,45%),1fr))] gap-1.5"
        >
          {take.results.map((picture) => (
            <li key={picture.id}>
              <button
                type="button"
                data-output={picture.id}
                onClick={() => onOpen(picture.id)}
                className="block w-full rounded-sm transition-opacity hover:opacity-85"
              >
                <Thumbnail picture={picture} className="aspect-square w-full" />
              </button>
            </li>
          ))}
        </ul>
      ) : (
        take.segments.length < 2 && <p className="text-ink-2">No output yet.</p>
      )}
      {take.prompts.length > 0 && (
        <Disclosure title="Prompts" className="mt-1">
          <dl className="flex max-w-3xl flex-col gap-2 pl-5">
            {take.prompts.map((prompt) => (
              <div key={`${prompt.nodeId}.${prompt.inputName}`}>
                <dt className="flex items-center gap-2 text-ink-3">
                  {prompt.slotLabel}
                  <span className="text-sm">{sentence(prompt.source)}</span>
                  <CopyButton text={prompt.text} label={`Copy ${prompt.slotLabel}`} />
                </dt>
                <dd className="whitespace-pre-wrap">{prompt.text}</dd>
              </div>
            ))}
          </dl>
        </Disclosure>
      )}
    </li>
  );
}

/** The next take, be it on another page of the list. */
function focusNext(item: HTMLElement, by: 1 | -1): void {
  const takes = [...document.querySelectorAll<HTMLElement>("main [data-take]")];
  takes[takes.indexOf(item) + by]?.focus();
}
