"use client";

import { createContext, use, useEffect, useState } from "react";

/** Told when a picture does not load: addresses of files are signed and expire, so fresh ones may help. */
export const PictureFailureContext = createContext<(src: string) => void>(() => undefined);

/** The server may just be starting again. */
const secondTryMs = 3_000;

/** Whether the picture at `src` failed to load, and the handler that notices it. The same address gets a second try. */
export function usePictureFailure(src: string | null): { hasFailed: boolean; onError: () => void } {
  const tell = use(PictureFailureContext);
  const [failure, setFailure] = useState<{ src: string; isSecond: boolean; isWaiting: boolean } | null>(null);
  const isWaiting = failure?.isWaiting ?? false;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setFailure((before) => before && { ...before, isWaiting: false }), secondTryMs);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  return {
    hasFailed: src !== null && failure?.src === src && (failure.isSecond || failure.isWaiting),
    onError: () => {
      if (src === null) return;
      const isSecond = failure?.src === src;
      setFailure({ src, isSecond, isWaiting: !isSecond });
      tell(src);
    },
  };
}
