"use client";

import { useEffect, useState } from "react";
import { layeredLayout, type LayoutInput, type Positions } from "#features/workflows/graph/layered-layout.ts";

/** Where the nodes stand; null while that is being worked out beside the page. */
export function useLayout(input: LayoutInput): Positions | null {
  const [done, setDone] = useState<{ input: LayoutInput; positions: Positions } | null>(null);
  useEffect(() => {
    const worker = new Worker(new URL("./layout-worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<Positions>) => setDone({ input, positions: data }));
    worker.addEventListener("error", () => setDone({ input, positions: layeredLayout(input) }));
    worker.postMessage(input, []);
    return () => worker.terminate();
  }, [input]);
  return done?.input === input ? done.positions : null;
}
