"use client";

import { useCallback, useSyncExternalStore } from "react";

/** The clock in steps of `step` ms; null while the server renders, whose clock would not match. */
export function useNow(step = 15_000): number | null {
  const subscribe = useCallback(
    (listener: () => void) => {
      const timer = setInterval(listener, Math.min(step, 1_000));
      return () => clearInterval(timer);
    },
    [step],
  );
  return useSyncExternalStore(
    subscribe,
    () => Math.floor(Date.now() / step) * step,
    () => null,
  );
}
