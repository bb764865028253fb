import type { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis } from "rate-limiter-flexible";
import { detached } from "#platform/work/scope.ts";

export interface LimiterOptions {
  /** Of what: begins its keys in Redis. */
  name: string;
  /** Points that a key has in each window. */
  limit: number;
  windowSecs: number;
  /** Where processes tell each other what was spent; undefined: this one counts for itself. */
  redis: { client: Redis; prefix: string } | undefined;
  /** Told when Redis could not be: this process goes on with what it knows. */
  onError: (error: unknown) => void;
}

export interface Allowance {
  limit: number;
  remaining: number;
  /** When all of it is there again. */
  resetAt: Date;
}

/** How long what was spent is gathered before other processes are told, in ms. */
const gatherMs = 100;

/**
 * Points that a key may spend within a window that begins with its first use. Decided in memory, so that nobody waits for
 * it: what several processes let through is added up a moment later, and each then knows the sum. For a moment they may
 * together let through more than one would.
 */
export class SharedLimiter {
  readonly limit: number;
  readonly #windowSecs: number;
  readonly #local: RateLimiterMemory;
  readonly #shared: RateLimiterRedis | undefined;
  readonly #onError: (error: unknown) => void;
  /** Spent here and not told yet, by key. */
  #untold = new Map<string, number>();
  #telling: NodeJS.Timeout | undefined;

  constructor({ name, limit, windowSecs, redis, onError }: LimiterOptions) {
    const options = { points: limit, duration: windowSecs };
    this.limit = limit;
    this.#windowSecs = windowSecs;
    this.#onError = onError;
    this.#local = new RateLimiterMemory(options);
    this.#shared =
      redis &&
      new RateLimiterRedis({ ...options, storeClient: redis.client, keyPrefix: `${redis.prefix}:limit:${name}` });
  }

  /** Spends points, unless so many are not left: then none. */
  async take(key: string, points = 1): Promise<Allowance & { isAllowed: boolean }> {
    const { consumedPoints } = await this.#local.penalty(key, points);
    const isAllowed = consumedPoints <= this.limit;
    if (!isAllowed) await this.#local.reward(key, points);
    else if (this.#shared) this.#note(key, points);
    return { ...(await this.look(key)), isAllowed };
  }

  /** What is left, without spending any. */
  async look(key: string): Promise<Allowance> {
    const known = await this.#local.get(key);
    const inMs = known ? Math.max(0, known.msBeforeNext) : this.#windowSecs * 1000;
    return {
      limit: this.limit,
      remaining: Math.max(0, this.limit - (known?.consumedPoints ?? 0)),
      resetAt: new Date(Date.now() + inMs),
    };
  }

  #note(key: string, points: number): void {
    this.#untold.set(key, (this.#untold.get(key) ?? 0) + points);
    this.#telling ??= detached(() => setTimeout(() => void this.flush(), gatherMs).unref());
  }

  /** Tells other processes now, and hears what they have told. */
  async flush(): Promise<void> {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    const spent = this.#untold;
    this.#untold = new Map();
    await Promise.all([...spent].map(([key, points]) => this.#tellOf(key, points)));
  }

  async #tellOf(key: string, points: number): Promise<void> {
    try {
      const { consumedPoints, msBeforeNext } = await (this.#shared as RateLimiterRedis).penalty(key, points);
      // What was spent here since then is told next.
      const sum = consumedPoints + (this.#untold.get(key) ?? 0);
      await this.#local.set(key, sum, Math.max(1, Math.ceil(msBeforeNext / 1000)));
    } catch (error) {
      this.#onError(error);
    }
  }
}
