/** Failures in a row after which a machine rests. When it comes back it is tried with one run until one has succeeded. */
export const suspendAfter = 3;
const firstRestMs = 30_000;
const longestRestMs = 600_000;

/** How long a machine rests after so many failures in a row: 30 s, a minute, two …, ten at most; null while it does not. */
export function restMs(failures: number): number | null {
  return failures < suspendAfter ? null : Math.min(firstRestMs * 2 ** (failures - suspendAfter), longestRestMs);
}
