import type { Viewer } from "#domains/accounts/viewer.ts";
import type { Deps } from "#app/deps.ts";

/** What a resolver can reach: the product's parts, and who asks. One per operation. */
export interface Context {
  deps: Deps;
  viewer: Viewer | null;
  requestId: string;
}
