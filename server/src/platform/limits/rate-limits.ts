import { type LimiterOptions, SharedLimiter } from "#platform/limits/shared-limiter.ts";

/** What each viewer may ask for within a while; undefined where there is no limit. */
export interface RateLimits {
  /** Operations. */
  requests: SharedLimiter | undefined;
  /** What they cost together. */
  cost: SharedLimiter | undefined;
  /** Wrong API keys from one address. */
  wrongKeys: SharedLimiter;
}

/** Wrong keys that one address may try within a minute before its keys are not looked at any more. */
export const maxWrongKeys = 60;

export function createRateLimits(
  limits: { requestsPerMinute: number | null; costPerMinute: number | null },
  shared: Pick<LimiterOptions, "redis" | "onError">,
): RateLimits {
  const perMinute = (name: string, limit: number) => new SharedLimiter({ name, limit, windowSecs: 60, ...shared });
  return {
    requests: limits.requestsPerMinute === null ? undefined : perMinute("requests", limits.requestsPerMinute),
    cost: limits.costPerMinute === null ? undefined : perMinute("cost", limits.costPerMinute),
    wrongKeys: perMinute("wrong-keys", maxWrongKeys),
  };
}
