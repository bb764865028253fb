"use client";

import { createContext, use, useState } from "react";

/** Told when a picture does not load: addresses of files are signed and expire, so fresh ones may help. */
export const PictureFailureContext = createContext<(src: string) => void>(() => undefined);

/** Whether the picture at `src` failed to load, and the handler that notices it. */
export function usePictureFailure(src: string | null): { hasFailed: boolean; onError: () => void } {
  const tell = use(PictureFailureContext);
  const [failed, setFailed] = useState<string | null>(null);
  return {
    hasFailed: src !== null && failed === src,
    onError: () => {
      if (src === null) return;
      setFailed(src);
      tell(src);
    },
  };
}
