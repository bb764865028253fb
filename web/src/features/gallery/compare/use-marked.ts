"use client";

import { useState } from "react";

export interface Marked {
  /** At most two, in the order in which they were marked. */
  ids: readonly string[];
  /** Marks one, or takes the mark away. A third takes the place of the first. */
  toggle: (id: string) => void;
  clear: () => void;
}

/** The outputs that are to be compared. */
export function useMarked(): Marked {
  const [ids, setIds] = useState<readonly string[]>([]);
  return {
    ids,
    toggle: (id) =>
      setIds((before) => (before.includes(id) ? before.filter((each) => each !== id) : [...before, id].slice(-2))),
    clear: () => setIds([]),
  };
}

/** Where two outputs stand side by side. */
export function compareHref([first = "", second = ""]: readonly string[]): string {
  return `/gallery/compare?a=${encodeURIComponent(first)}&b=${encodeURIComponent(second)}`;
}
