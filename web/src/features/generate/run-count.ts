import type { Preflight } from "#features/generate/preflight/use-preflight.ts";
import type { SubmitJobInput } from "#gql/graphql.ts";

/**
 * How many runs a submit would queue: by the look ahead where it is about this very input, else inputs times tries. Null
 * while only the server can tell, as for a folder.
 */
export function runCountOf(input: SubmitJobInput, { plan, failure, isCurrent }: Preflight): number | null {
  if (plan && isCurrent && !failure) {
    const { readyCount, warnedCount, blockedCount } = plan;
    return readyCount + warnedCount + (input.skipBlocked ? 0 : blockedCount);
  }
  if (input.directory || input.skipBlocked) return null;
  return Math.max(1, input.tries ?? 1) * Math.max(1, input.inputs?.length ?? 0);
}
