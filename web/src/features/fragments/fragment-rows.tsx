"use client";

import { useEffect, useMemo } from "react";
import {
  FragmentRow,
  type FragmentRowFields,
  type FragmentValues,
  readFragmentRow,
} from "#features/fragments/fragment-row.tsx";
import type { Selection } from "#lib/hooks/use-selection.ts";
import type { FragmentType } from "#gql/fragment-masking.ts";

interface Props {
  fragments: readonly FragmentType<typeof FragmentRowFields>[];
  offset: number;
  selection: Selection<FragmentValues>;
  onOpen: (fragment: FragmentValues) => void;
}

/** One page of the table. */
export function FragmentRows({ fragments, offset, selection, onOpen }: Props) {
  const rows = useMemo(() => fragments.map((fragment) => readFragmentRow(fragment)), [fragments]);
  const { showPage } = selection;
  useEffect(() => {
    showPage(offset, rows);
    return () => showPage(offset, null);
  }, [offset, rows, showPage]);
  return rows.map((fragment) => (
    <FragmentRow
      key={fragment.id}
      fragment={fragment}
      isSelected={selection.has(fragment.id)}
      onSelect={(isSelected, isRange) => selection.set(fragment.id, isSelected, isRange)}
      onOpen={() => onOpen(fragment)}
    />
  ));
}
