"use client";

import { type RefObject, useEffect } from "react";

/**
 * GraphiQL's tabs are list items with two buttons in each, but call themselves tabs, which may hold none: readers of the
 * screen then leave out the buttons. As a list whose current entry is marked they are what they look like.
 */
export function usePlainTabs(container: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = container.current;
    if (!element) return;
    const mend = () => {
      const list = element.querySelector(".graphiql-tabs");
      list?.removeAttribute("role");
      for (const item of list?.querySelectorAll(".graphiql-tab") ?? []) {
        item.removeAttribute("role");
        item.removeAttribute("aria-selected");
        const isCurrent = item.classList.contains("graphiql-tab-active");
        item.querySelector("button")?.setAttribute("aria-current", String(isCurrent));
      }
    };
    const observer = new MutationObserver(mend);
    observer.observe(element, { subtree: true, childList: true, attributeFilter: ["role", "aria-selected"] });
    mend();
    return () => observer.disconnect();
  }, [container]);
}
