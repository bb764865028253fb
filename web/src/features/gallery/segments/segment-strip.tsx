"use client";

import { BoundaryPicker } from "#features/gallery/segments/boundary-picker.tsx";
import { SegmentFields, SegmentTile } from "#features/gallery/segments/segment-tile.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";

const SegmentStripFields = graphql(`
  fragment SegmentStrip on Take {
    id
    status
    segments {
      id
      index
      status
      ...Segment
      ...BoundaryPicker
    }
  }
`);

interface Props {
  take: FragmentType<typeof SegmentStripFields> & { name: string };
  onOpen: (id: string) => void;
}

/** The segments of a take in their order, as they fill in; one that waits for a frame asks for it. */
export function SegmentStrip({ take: source, onOpen }: Props) {
  const take = readFragment(SegmentStripFields, source);
  if (take.segments.length < 2 && take.segments.every(({ status }) => status === "DONE")) return null;
  const waiting = take.segments.find(({ status }) => status === "WAITING");
  const segments = readFragment(SegmentFields, take.segments);
  const done = take.segments.filter(({ status }) => status === "DONE").length;
  return (
    <div className="mb-3 flex flex-col gap-2">
      <p className="text-sm text-ink-3">{`${done} of ${plural(take.segments.length, "segment")} done`}</p>
      <ol aria-label={`Segments of ${source.name}`} className="flex gap-1.5 overflow-x-auto pb-1">
        {segments.map((segment) => (
          <SegmentTile
            key={segment.id}
            segment={segment}
            isReviewed={take.status === "REVIEW"}
            isLast={segment.index === take.segments.length - 1}
            takeId={take.id}
            onOpen={onOpen}
          />
        ))}
      </ol>
      {waiting && <BoundaryPicker key={waiting.id} segment={waiting} />}
    </div>
  );
}
