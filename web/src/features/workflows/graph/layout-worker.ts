import type { LayoutInput } from "#features/workflows/graph/layered-layout.ts";
import { layoutGraph } from "#features/workflows/graph/layout-graph.ts";

// Beside the page, so that it stays usable meanwhile.
self.addEventListener("message", ({ data }: MessageEvent<LayoutInput>) => self.postMessage(layoutGraph(data), {}));
