"use client";

import { type RefObject, useEffect, useRef } from "react";

/** A key's act; false leaves the key to the browser. */
type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => unknown>>;

/** What is typed into these is a text. */
const typing = "input:not([type=checkbox]):not([type=range]), textarea, select, [contenteditable=true]";
/** Keys that a focused control uses itself. */
const ofControls: Record<string, string> = { " ": "button, a, [role=checkbox], [role=slider]", Enter: "button, a" };

/**
 * Single keys by what they are called in `event.key` (letters in lower case), while the component is there. They count while
 * the focus is within `scope`, or nowhere; not while something is typed, and not in a dialog above.
 */
export function useShortcuts(scope: RefObject<HTMLElement | null>, shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target instanceof Element ? event.target : document.body;
      const isElsewhere = target !== document.body && !scope.current?.contains(target);
      if (isElsewhere || target.closest(typing)) return;
      // With the focus nowhere, a dialog that lies above all else is where the keys belong.
      if (target === document.body && isCovered(scope.current)) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      if (ofControls[key] && target.closest(ofControls[key])) return;
      const act = latest.current[key];
      if (!act) return;
      if (act(event) !== false) event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [scope]);
}

function isCovered(scope: HTMLElement | null): boolean {
  const dialog = [...document.querySelectorAll("[role=dialog], [role=alertdialog]")].at(-1);
  return dialog !== undefined && dialog !== scope && !dialog.contains(scope);
}
