import { createKeyGuard } from "#domains/accounts/auth/key-guard.ts";
import { createRateLimits } from "#platform/limits/rate-limits.ts";

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test("an address that tries key after key is not listened to for a minute; others are, and so is it afterwards", async () => {
  let looks = 0;
  let refused = 0;
  const limits = { requestsPerMinute: null, costPerMinute: null };
  const guard = createKeyGuard(
    createRateLimits(limits, { redis: undefined, onError: fail }).wrongKeys,
    () => (refused += 1),
  );
  const look = (found: string | null) => () => {
    looks += 1;
    return Promise.resolve(found);
  };
  for (let n = 0; n < 100; n++) expect(await guard("a", look(null))).toBeNull();
  expect(looks).toBe(60);
  expect(refused).toBe(40);
  expect(await guard("a", look("key"))).toBeNull();
  expect(await guard("b", look("key"))).toBe("key");
  jest.advanceTimersByTime(60_000);
  expect(await guard("a", look("key"))).toBe("key");
});

function fail(error: unknown): void {
  throw error;
}
