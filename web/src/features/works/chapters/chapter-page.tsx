"use client";

import { useState } from "react";
import { ChapterCard, ChapterCardFields } from "#features/works/chapters/chapter-card.tsx";
import { ReorderChapters } from "#features/works/chapters/chapter-operations.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { SortableItem, SortableList, withMoved } from "#ui/sortable.tsx";

interface Props {
  workId: string;
  chapters: readonly FragmentType<typeof ChapterCardFields>[];
  /** Only some are shown: their order is not to be changed. */
  isSearch: boolean;
}

/** A page of the list; chapters of it change their places, and with them their numbers. */
export function ChapterPage({ workId, chapters, isSearch }: Props) {
  /** The order as it was just dragged, until the server has it. */
  const [dragged, setDragged] = useState<string[] | null>(null);
  const { run, failure } = useAction(ReorderChapters);
  const all = readFragment(ChapterCardFields, chapters);
  const ids = all.map(({ id }) => id);
  const shown = (dragged ?? ids).flatMap((id) => all.find((chapter) => chapter.id === id) ?? []);
  const nameOf = (id: string) => {
    const chapter = all.find((each) => each.id === id);
    return chapter ? `chapter ${chapter.number}` : "the chapter";
  };
  const move = async (from: number, to: number) => {
    const chapterIds = withMoved(ids, from, to);
    setDragged(chapterIds);
    await run({ input: { workId, chapterIds } });
    setDragged(null);
  };
  return (
    <>
      <SortableList
        needs="CREATOR"
        label="Chapters"
        ids={shown.map(({ id }) => id)}
        nameOf={nameOf}
        isDisabled={isSearch}
        onMove={(from, to) => void move(from, to)}
        className="divide-y"
      >
        {shown.map((chapter) => (
          <SortableItem
            key={chapter.id}
            id={chapter.id}
            name={nameOf(chapter.id)}
            isDisabled={isSearch}
            className="flex items-start gap-2 py-2"
          >
            <ChapterCard chapter={chapter} />
          </SortableItem>
        ))}
      </SortableList>
      <FailureNotice failure={failure} />
    </>
  );
}
