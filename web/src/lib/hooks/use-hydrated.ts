"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/**
 * False on the server and in the render that takes over its HTML, true afterwards. A part of the page that is taken over
 * later than others may find its data in the cache already, and React does not mend attributes that differ from the HTML.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
