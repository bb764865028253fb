"use client";

import { useSyncExternalStore } from "react";

const step = 15_000;
const rounded = () => Math.floor(Date.now() / step) * step;

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, step);
  return () => clearInterval(timer);
}

/** The clock in steps of 15 s; null while the server renders, whose clock would not match. */
export function useNow(): number | null {
  return useSyncExternalStore(subscribe, rounded, () => null);
}
