/** Wrong keys that one address may try within a minute before its keys are not looked at any more. */
const maxFailures = 60;
const windowMs = 60_000;
/** Addresses that are remembered. */
const maxAddresses = 10_000;

/**
 * Keeps an address that tries key after key from keeping the database busy. Guessing a key is hopeless anyhow, so that it is
 * enough when each process counts for itself.
 */
export function createKeyGuard(now: () => number = Date.now) {
  const failures = new Map<string, { count: number; until: number }>();
  return async <Found>(address: string, look: () => Promise<Found | null>): Promise<Found | null> => {
    const known = failures.get(address);
    if (known && known.until <= now()) failures.delete(address);
    else if (known && known.count >= maxFailures) return null;
    const found = await look();
    if (found !== null) return found;
    const counted = failures.get(address) ?? { count: 0, until: now() + windowMs };
    counted.count += 1;
    failures.set(address, counted);
    if (failures.size > maxAddresses) failures.delete(failures.keys().next().value as string);
    return null;
  };
}
