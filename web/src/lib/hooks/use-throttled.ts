"use client";

import { useCallback, useEffect, useRef } from "react";

/** A function that runs at once and then at most once per `ms`, the last call never lost. */
export function useThrottled(action: () => void, ms: number): () => void {
  const latest = useRef(action);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const isWanted = useRef(false);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current ?? undefined);
      timer.current = null;
    },
    [],
  );
  return useCallback(() => {
    if (timer.current !== null) {
      isWanted.current = true;
      return;
    }
    const rest = () => {
      timer.current = null;
      if (!isWanted.current) return;
      isWanted.current = false;
      timer.current = setTimeout(rest, ms);
      latest.current();
    };
    timer.current = setTimeout(rest, ms);
    latest.current();
  }, [ms]);
}
