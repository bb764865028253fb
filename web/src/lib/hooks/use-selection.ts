"use client";

import { useCallback, useEffect, useRef, useState } from "react";

/** At most so many can be changed at once. */
const limit = 1000;

export interface Selection<Row extends { id: string }> {
  /** Those selected that are on the page, as they are now. */
  selected: readonly Row[];
  /** Whether all, some or none of the rows on the page are selected. */
  state: "all" | "some" | "none";
  has: (id: string) => boolean;
  /** @param isRange from the row that was pressed last up to this one */
  set: (id: string, isSelected: boolean, isRange: boolean) => void;
  setAll: (isSelected: boolean) => void;
  /** Tells which rows a page shows; null when it goes. */
  showPage: (offset: number, rows: readonly Row[] | null) => void;
}

/** Which rows are selected. Rows that a filter takes off the page are no longer part of it. */
export function useSelection<Row extends { id: string }>(): Selection<Row> {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [pages, setPages] = useState<ReadonlyMap<number, readonly Row[]>>(new Map());
  const anchor = useRef<string | null>(null);
  const rows = [...pages.entries()].toSorted(([a], [b]) => a - b).flatMap(([, page]) => page);
  const selected = rows.filter((row) => ids.has(row.id)).slice(0, limit);
  const showPage = useCallback((offset: number, page: readonly Row[] | null) => {
    setPages((before) => {
      const after = new Map(before);
      if (page) after.set(offset, page);
      else after.delete(offset);
      return after;
    });
  }, []);
  const latest = useRef(rows);
  useEffect(() => {
    latest.current = rows;
  });
  const set = useCallback((id: string, isSelected: boolean, isRange: boolean) => {
    const shown = latest.current.map((row) => row.id);
    const [from, to] = [shown.indexOf(anchor.current ?? id), shown.indexOf(id)];
    anchor.current = id;
    const changed =
      isRange && from !== -1 && to !== -1 ? shown.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
    setIds((before) => {
      const after = new Set(before);
      for (const each of changed) {
        if (isSelected) after.add(each);
        else after.delete(each);
      }
      return after;
    });
  }, []);
  return {
    selected,
    state: selected.length === 0 ? "none" : selected.length === rows.length ? "all" : "some",
    has: (id) => ids.has(id),
    set,
    setAll: (isSelected) => setIds(new Set(isSelected ? rows.slice(0, limit).map((row) => row.id) : [])),
    showPage,
  };
}
