"use client";

import { useEffect, useRef } from "react";

/** Calls `tick` every `ms` milliseconds while the page is visible. */
export function usePoll(tick: () => void, ms: number): void {
  const latest = useRef(tick);
  useEffect(() => {
    latest.current = tick;
  });
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") latest.current();
    }, ms);
    return () => clearInterval(timer);
  }, [ms]);
}
