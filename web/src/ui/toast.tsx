"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import type { toast as Sonner } from "sonner";

const ToastArea = dynamic(async () => (await import("#ui/toast-area.tsx")).ToastArea, { ssr: false });

let isWanted = false;
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

let onReady: (show: typeof Sonner) => void;
const ready = new Promise<typeof Sonner>((resolve) => {
  onReady = resolve;
});

/** The first toast loads what shows it: most visits are over before there is one. */
function whenReady(show: (sonner: typeof Sonner) => void): void {
  isWanted = true;
  for (const listener of listeners) listener();
  void ready.then(show);
}

type Show = (...args: Parameters<typeof Sonner.success>) => void;

/** Says for a moment what happened; callable anywhere. */
export const toast: Record<"message" | "success" | "warning" | "error", Show> = {
  message: (...args) => whenReady((sonner) => sonner.message(...args)),
  success: (...args) => whenReady((sonner) => sonner.success(...args)),
  warning: (...args) => whenReady((sonner) => sonner.warning(...args)),
  error: (...args) => whenReady((sonner) => sonner.error(...args)),
};

/** Stands once in the page. */
export function Toaster() {
  const isShown = useSyncExternalStore(
    subscribe,
    () => isWanted,
    () => false,
  );
  return isShown && <ToastArea onReady={onReady} />;
}
