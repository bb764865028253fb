import type { SharedLimiter } from "#platform/limits/shared-limiter.ts";

/**
 * Keeps an address that tries key after key from keeping the database busy. Guessing a key is hopeless anyhow.
 * @param wrongKeys counts those of an address
 * @param refused told of each that was not looked at
 */
export function createKeyGuard(wrongKeys: SharedLimiter, refused: () => void) {
  return async <Found>(address: string, look: () => Promise<Found | null>): Promise<Found | null> => {
    if ((await wrongKeys.look(address)).remaining === 0) {
      refused();
      return null;
    }
    const found = await look();
    if (found === null) await wrongKeys.take(address);
    return found;
  };
}
