import { defaultFilter } from "cmdk";
import type { ReactNode } from "react";

/** Something that the palette offers. */
export interface PaletteEntry {
  /** Unique among all entries. */
  id: string;
  /** Heading that it stands under. */
  group: string;
  label: string;
  /** Said beside the label. */
  note?: string;
  icon: ReactNode;
  /** One of the product's own pages. */
  isPage?: boolean;
  run: () => void;
}

export interface PaletteGroup {
  heading: string;
  entries: PaletteEntry[];
}

/**
 * The entries that answer what was typed, best first within each group and groups by their best entry; all of them, as given,
 * while nothing is typed. A page whose name begins so comes before anything that people named alike.
 */
export function rankEntries(entries: readonly PaletteEntry[], search: string): PaletteGroup[] {
  const typed = search.trim().toLowerCase();
  const ranked = entries
    .map((entry) => ({ entry, rank: typed === "" ? 1 : rankOf(entry, typed) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((a, b) => b.rank - a.rank);
  const groups = new Map<string, PaletteGroup>();
  for (const { entry } of ranked) {
    const group = groups.get(entry.group);
    if (group) group.entries.push(entry);
    else groups.set(entry.group, { heading: entry.group, entries: [entry] });
  }
  return [...groups.values()];
}

function rankOf({ label, isPage }: PaletteEntry, typed: string): number {
  const isPageByName = isPage === true && label.toLowerCase().startsWith(typed);
  return defaultFilter(label, typed) + (isPageByName ? 1 : 0);
}
