import { within } from "#lib/within.ts";
import { type LimiterOptions, SharedLimiter } from "#platform/limits/shared-limiter.ts";

/** What each viewer may ask for within a while; undefined where there is no limit. */
export interface RateLimits extends AsyncDisposable {
  /** Operations. */
  requests: SharedLimiter | undefined;
  /** What they cost together. */
  cost: SharedLimiter | undefined;
  /** Wrong API keys from one address. */
  wrongKeys: SharedLimiter;
}

/** How long closing waits for a Redis that may be away, in ms. */
const closeMs = 1_000;

/** Wrong keys that one address may try within a minute before its keys are not looked at any more. */
export const maxWrongKeys = 60;

export function createRateLimits(
  limits: { requestsPerMinute: number | null; costPerMinute: number | null },
  shared: Pick<LimiterOptions, "redis" | "onError">,
): RateLimits {
  const perMinute = (name: string, limit: number) => new SharedLimiter({ name, limit, windowSecs: 60, ...shared });
  const requests = limits.requestsPerMinute === null ? undefined : perMinute("requests", limits.requestsPerMinute);
  const cost = limits.costPerMinute === null ? undefined : perMinute("cost", limits.costPerMinute);
  const wrongKeys = perMinute("wrong-keys", maxWrongKeys);
  return {
    requests,
    cost,
    wrongKeys,
    [Symbol.asyncDispose]: async () => {
      await within(closeMs, Promise.all([requests?.flush(), cost?.flush(), wrongKeys.flush()]));
    },
  };
}
