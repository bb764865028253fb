import type { Viewer } from "#domains/accounts/viewer.ts";
import type { Deps } from "#app/deps.ts";

/** What a resolver can reach: the product's parts, and who asks. One per operation. */
export interface Context {
  deps: Deps;
  viewer: Viewer | null;
  requestId: string;
  /** Whose limits it counts towards; undefined for what asks from within, which has none. */
  payer?: string;
  /** What the operation costs; set when it is let in. */
  cost?: number;
  /** For whoever brought the operation: says that it was refused for asking for too much. */
  verdict?: { refused?: { retryAfter: number } };
}
