"use client";

import { type KeyboardEvent, useId, useRef, useState } from "react";
import { PickBoundaryFrame } from "#features/gallery/takes/take-operations.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { cn } from "#lib/cn.ts";
import { plural } from "#lib/format.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { useRefused } from "#ui/access.ts";
import { Button } from "#ui/button.tsx";
import { Kbd } from "#ui/kbd.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";
import { toast } from "#ui/toast.tsx";

const BoundaryPickerFields = graphql(`
  fragment BoundaryPicker on TakeSegment {
    id
    index
    candidates {
      frame
      secs
      asset {
        id
        ...PictureFields
      }
    }
  }
`);

/** The frames of a clip's last second: arrow keys choose one, Enter ends the clip there and lets the take go on. */
export function BoundaryPicker(props: { segment: FragmentType<typeof BoundaryPickerFields> }) {
  const { id, index, candidates } = readFragment(BoundaryPickerFields, props.segment);
  const prefix = useId();
  const list = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(candidates.length - 1);
  const { run, isPending, failure } = useAction(PickBoundaryFrame);
  const refusal = useRefused("CREATOR");
  const chosen = candidates[Math.min(at, candidates.length - 1)];
  if (!chosen) return null;
  const picture = toPicture(chosen.asset);
  const dropped = (candidates.at(-1)?.frame ?? chosen.frame) - chosen.frame;
  const pick = () => {
    if (refusal !== null) toast.message(refusal);
    else if (!isPending) void run({ input: { segmentId: id, frame: chosen.frame } });
  };
  const choose = (next: number) => {
    const to = Math.min(Math.max(next, 0), candidates.length - 1);
    setAt(to);
    list.current?.children[to]?.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const acts: Record<string, () => void> = {
      ArrowRight: () => choose(at + 1),
      ArrowLeft: () => choose(at - 1),
      Home: () => choose(0),
      End: () => choose(candidates.length - 1),
      Enter: pick,
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <section aria-label={`Where segment ${index + 1} ends`} className="flex flex-col gap-2 rounded-md border p-3">
      <p>{`Segment ${index + 1} is rendered. Choose the frame at which it ends; the next one starts from it.`}</p>
      <img
        src={picture.url}
        alt={`Frame ${chosen.frame + 1}`}
        className="max-h-[40dvh] w-full rounded-sm bg-sunken object-contain"
      />
      <div
        ref={list}
        role="listbox"
        tabIndex={0}
        aria-label={`Frames of the last second of segment ${index + 1}`}
        aria-activedescendant={`${prefix}-${chosen.frame}`}
        aria-orientation="horizontal"
        onKeyDown={onKeyDown}
        className="flex gap-1 overflow-x-auto p-1"
      >
        {candidates.map(({ frame, secs, asset }, place) => (
          // The list has the focus and the keys.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={frame}
            id={`${prefix}-${frame}`}
            role="option"
            aria-selected={place === at}
            aria-label={`Frame ${frame + 1}, ${secs.toFixed(2)} s`}
            onClick={() => choose(place)}
            className={cn(
              "shrink-0 cursor-pointer rounded-sm outline-offset-1",
              place === at && "outline-2 outline-accent",
            )}
          >
            <Thumbnail picture={{ ...toPicture(asset), name: "" }} className="h-12 w-20" />
          </div>
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <p role="status" className="grow text-ink-2">
          {`Frame ${chosen.frame + 1}, ${chosen.secs.toFixed(2)} s. ${dropped === 0 ? "Nothing is cut off." : `${plural(dropped, "frame")} after it ${dropped === 1 ? "is" : "are"} cut off.`}`}
        </p>
        <Button needs="CREATOR" variant="primary" isPending={isPending} onClick={pick}>
          End here
          <Kbd>↵</Kbd>
        </Button>
      </div>
      {failure && (
        <p role="alert" className="text-bad">
          {failure.message}
        </p>
      )}
    </section>
  );
}
