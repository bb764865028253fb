"use client";

import { useEffect } from "react";
import { type Selection, useSelection } from "#lib/hooks/use-selection.ts";

/** The selection of a list that is all on the page. */
export function useSelectionOf<Row extends { id: string }>(rows: readonly Row[]): Selection<Row> {
  const selection = useSelection<Row>();
  const { showPage } = selection;
  // The rows are read anew with each answer; what counts is which they are and what they say.
  const text = JSON.stringify(rows);
  useEffect(() => {
    showPage(0, JSON.parse(text) as Row[]);
  }, [text, showPage]);
  return selection;
}
