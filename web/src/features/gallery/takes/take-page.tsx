"use client";

import { useEffect, useMemo } from "react";
import { readTake, type TakeRow, type TakeSource } from "#features/gallery/takes/read-take.ts";
import { TakeCard } from "#features/gallery/takes/take-card.tsx";
import type { Selection } from "#lib/hooks/use-selection.ts";
import { ProjectAccess } from "#ui/project-access.tsx";

interface Props {
  takes: readonly TakeSource[];
  offset: number;
  selection: Selection<TakeRow>;
  /** Tells which takes this page shows; null when it goes. */
  onPage: (offset: number, takes: readonly TakeRow[] | null) => void;
  /** Opens one of its files in the large view. */
  onOpen: (id: string) => void;
}

/** One page of the list of takes. */
export function TakePage({ takes, offset, selection, onPage, onOpen }: Props) {
  const rows = useMemo(() => takes.map(readTake), [takes]);
  useEffect(() => {
    onPage(offset, rows);
    return () => onPage(offset, null);
  }, [offset, rows, onPage]);
  return (
    <ul className="divide-y">
      {rows.map((take) => (
        <ProjectAccess key={take.id} role={take.character.project.viewerRole}>
          <TakeCard
            take={take}
            isSelected={selection.has(take.id)}
            onSelect={(isSelected, isRange) => selection.set(take.id, isSelected, isRange)}
            onOpen={onOpen}
          />
        </ProjectAccess>
      ))}
    </ul>
  );
}
