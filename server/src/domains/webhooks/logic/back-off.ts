/** After so many attempts a delivery has failed; a person may still replay it. */
export const maxAttempts = 10;

const firstMs = 10_000;
const mostMs = 24 * 3_600_000;

/**
 * How long to wait before the next attempt, in ms: 10 s, then three times as long each time, a day at most, and a fifth more
 * or less, so that a receiver that comes back is not met by all at once. The ten attempts span about a day.
 * @param attempts how many have failed, from 1
 * @param random from 0 to 1
 */
export function retryDelayMs(attempts: number, random: number = Math.random()): number {
  return Math.min(Math.round(firstMs * 3 ** (attempts - 1) * (0.8 + 0.4 * random)), mostMs);
}

/** A webhook that failed so often in a row, and for so long, is disabled. */
const givesUpAfter = { failures: 20, ms: 3 * 24 * 3_600_000 };

export function isGivenUp(failureStreak: number, failingSince: Date, now: Date): boolean {
  return failureStreak >= givesUpAfter.failures && now.getTime() - failingSince.getTime() >= givesUpAfter.ms;
}
