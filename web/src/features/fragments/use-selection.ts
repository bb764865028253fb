"use client";

import { useCallback, useRef, useState } from "react";
import type { FragmentValues } from "#features/fragments/fragment-row.tsx";

/** At most so many can be changed at once. */
const limit = 1000;

export interface Selection {
  /** Those selected that are on the page, as they are now. */
  selected: readonly FragmentValues[];
  /** Whether all, some or none of the rows on the page are selected. */
  state: "all" | "some" | "none";
  has: (id: string) => boolean;
  /** @param isRange from the row that was pressed last up to this one */
  set: (id: string, isSelected: boolean, isRange: boolean) => void;
  setAll: (isSelected: boolean) => void;
  /** Tells which rows a page shows; null when it goes. */
  showPage: (offset: number, rows: readonly FragmentValues[] | null) => void;
}

/** Which rows are selected. Rows that a filter takes off the page are no longer part of it. */
export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [pages, setPages] = useState<ReadonlyMap<number, readonly FragmentValues[]>>(new Map());
  const anchor = useRef<string | null>(null);
  const rows = [...pages.entries()].toSorted(([a], [b]) => a - b).flatMap(([, page]) => page);
  const selected = rows.filter((row) => ids.has(row.id)).slice(0, limit);
  const showPage = useCallback((offset: number, page: readonly FragmentValues[] | null) => {
    setPages((before) => {
      const after = new Map(before);
      if (page) after.set(offset, page);
      else after.delete(offset);
      return after;
    });
  }, []);
  const change = (changed: readonly string[], isSelected: boolean) => {
    const after = new Set(ids);
    for (const id of changed) {
      if (isSelected) after.add(id);
      else after.delete(id);
    }
    setIds(after);
  };
  return {
    selected,
    state: selected.length === 0 ? "none" : selected.length === rows.length ? "all" : "some",
    has: (id) => ids.has(id),
    set: (id, isSelected, isRange) => {
      const [from, to] = [anchor.current ?? id, id].map((each) => rows.findIndex((row) => row.id === each));
      anchor.current = id;
      if (!isRange || from === undefined || to === undefined || from < 0) change([id], isSelected);
      else
        change(
          rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((row) => row.id),
          isSelected,
        );
    },
    setAll: (isSelected) => setIds(new Set(isSelected ? rows.slice(0, limit).map((row) => row.id) : [])),
    showPage,
  };
}
