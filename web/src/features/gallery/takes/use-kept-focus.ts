"use client";

import { type FocusEvent, useEffect, useRef } from "react";

const takesIn = (box: HTMLElement) => [...box.querySelectorAll<HTMLElement>("[data-take]")];

/**
 * A take that is judged may leave the list under the hand that judges: then the one in its place gets the focus, so that the
 * next key is for that. Looked at whenever the list is rendered.
 * @returns what the element around the list needs
 */
export function useKeptFocus() {
  const box = useRef<HTMLDivElement>(null);
  const last = useRef<{ take: HTMLElement; place: number } | null>(null);
  useEffect(() => {
    if (!box.current || !last.current || last.current.take.isConnected) return;
    if (document.activeElement !== document.body) return;
    const takes = takesIn(box.current);
    takes[Math.min(last.current.place, takes.length - 1)]?.focus();
  });
  return {
    ref: box,
    onFocus: ({ target, currentTarget }: FocusEvent<HTMLDivElement>) => {
      const take = target.closest<HTMLElement>("[data-take]");
      if (take) last.current = { take, place: takesIn(currentTarget).indexOf(take) };
    },
  };
}
