"use client";

import { StatusTags } from "#features/stories/status-tags.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { WordDiff } from "#ui/word-diff.tsx";

export const DiffStatesFields = graphql(`
  fragment DiffStates on ContinuityDiffEntry {
    kind
    descriptionBefore
    descriptionAfter
    changes
    carriedTags
    droppedTags
    addedTags
  }
`);

/** Text and tags of an asset before and after. */
export function DiffStates(props: { entry: FragmentType<typeof DiffStatesFields> }) {
  const entry = readFragment(DiffStatesFields, props.entry);
  const { kind, descriptionBefore: before, descriptionAfter: after, changes } = entry;
  const notes = [
    kind === "NEW" && "Not in the scene before.",
    kind === "LEFT_OUT" && "Left out of this scene.",
    changes.includes("IMAGE") && "Another picture.",
  ].filter(Boolean);
  return (
    <div className="max-w-prose text-ink-2">
      {notes.length > 0 && <p>{notes.join(" ")}</p>}
      {before != null && after != null && before !== after && <WordDiff before={before} after={after} />}
      <div className="flex flex-wrap gap-1">
        <StatusTags tags={entry.carriedTags} />
        <StatusTags tags={entry.addedTags.map((tag) => `+ ${tag}`)} />
        <StatusTags tags={entry.droppedTags} isGone />
      </div>
    </div>
  );
}
