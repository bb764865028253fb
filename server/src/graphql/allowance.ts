import { GraphQLError } from "graphql";
import type { Viewer } from "#domains/accounts/viewer.ts";
import type { Context } from "#graphql/context.ts";
import type { Allowance } from "#platform/limits/shared-limiter.ts";

/** Whose limits an operation counts towards: an API key, a person's session, or an address that nobody is known of. */
export function payerOf(viewer: Viewer | null, address: string): string {
  if (viewer?.keyId !== undefined) return `key:${viewer.keyId}`;
  return viewer ? `user:${viewer.userId}` : `address:${address}`;
}

/** What an answer says of the cost, in `extensions.cost`. */
export interface CostReport {
  /** Of this operation. */
  requested: number;
  remaining: number;
  limit: number;
  resetAt: string;
}

/** Counts a request. @returns why it is refused */
export async function takeRequest({ deps, payer }: Pick<Context, "deps" | "payer">): Promise<RateLimitedError | null> {
  const { requests } = deps.rateLimits;
  if (!requests || payer === undefined) return null;
  const taken = await requests.take(payer);
  if (taken.isAllowed) return null;
  deps.operationMetrics.refused("requests");
  return new RateLimitedError(`More than ${taken.limit} operations within a minute.`, taken);
}

/** Spends what an operation costs. */
export async function takeCost(
  { deps, payer }: Pick<Context, "deps" | "payer">,
  requested: number,
): Promise<{ report: CostReport; refused: RateLimitedError | null } | null> {
  const { cost } = deps.rateLimits;
  if (!cost || payer === undefined) return null;
  const taken = await cost.take(payer, requested);
  const { remaining, limit, resetAt } = taken;
  const report = { requested, remaining, limit, resetAt: resetAt.toISOString() };
  if (taken.isAllowed) return { report, refused: null };
  deps.operationMetrics.refused("cost");
  const message = `The operation costs ${requested}, and ${remaining} of ${limit} are left for this minute. Ask for less, or wait.`;
  return { report, refused: new RateLimitedError(message, taken) };
}

/** Too much was asked for; `retryAfter`, in seconds, says when to come again. */
export class RateLimitedError extends GraphQLError {
  readonly retryAfter: number;

  constructor(message: string, { resetAt }: Pick<Allowance, "resetAt">) {
    const retryAfter = Math.max(1, Math.ceil((resetAt.getTime() - Date.now()) / 1000));
    super(message, { extensions: { code: "RATE_LIMITED", retryAfter } });
    this.retryAfter = retryAfter;
  }
}
