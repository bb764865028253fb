"use client";

import { useEffect } from "react";

const question = "There are unsaved changes on this page. Leave and lose them?";

/** How many parts of the page have something unsaved. */
let unsaved = 0;

/** Asks a person before the page is left by code; true when nothing would be lost. */
export function mayLeave(): boolean {
  return unsaved === 0 || window.confirm(question);
}

/** Asks before a link, the back button, or closing the tab throws unsaved work away. */
export function useUnsavedGuard(hasUnsaved: boolean): void {
  useEffect(() => {
    if (!hasUnsaved) return;
    unsaved += 1;
    const beforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const beforeClick = (event: MouseEvent) => {
      const link = (event.target as Element | null)?.closest?.("a[href]");
      if (!link || link.getAttribute("target") === "_blank" || event.ctrlKey || event.metaKey) return;
      if (!window.confirm(question)) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    // Back and forward, in browsers that can hold them.
    const beforeTraverse = (event: NavigateEvent) => {
      if (event.navigationType === "traverse" && event.cancelable && !window.confirm(question)) event.preventDefault();
    };
    const navigation = "navigation" in window ? window.navigation : undefined;
    window.addEventListener("beforeunload", beforeUnload);
    document.addEventListener("click", beforeClick, { capture: true });
    navigation?.addEventListener("navigate", beforeTraverse);
    return () => {
      unsaved -= 1;
      window.removeEventListener("beforeunload", beforeUnload);
      document.removeEventListener("click", beforeClick, { capture: true });
      navigation?.removeEventListener("navigate", beforeTraverse);
    };
  }, [hasUnsaved]);
}
