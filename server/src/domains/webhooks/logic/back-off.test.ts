import fc from "fast-check";
import { isGivenUp, maxAttempts, retryDelayMs } from "#domains/webhooks/logic/back-off.ts";

test("waits grow, stay within a fifth of their measure, and never exceed a day", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, random) => {
      const ms = retryDelayMs(attempts, random);
      expect(ms).toBeGreaterThanOrEqual(8_000);
      expect(ms).toBeLessThanOrEqual(24 * 3_600_000);
      expect(retryDelayMs(attempts + 1, random)).toBeGreaterThanOrEqual(ms);
    }),
  );
});

test("all attempts together span about a day", () => {
  const sum = Array.from({ length: maxAttempts - 1 }, (_, index) => retryDelayMs(index + 1, 0.5)).reduce(
    (a, b) => a + b,
  );
  expect(sum / 3_600_000).toBeGreaterThan(20);
  expect(sum / 3_600_000).toBeLessThan(30);
});

test("a webhook is given up after many failures over days, not after many or days alone", () => {
  const since = new Date(0);
  const days = (count: number) => new Date(count * 86_400_000);
  expect(isGivenUp(20, since, days(3))).toBe(true);
  expect(isGivenUp(500, since, days(2))).toBe(false);
  expect(isGivenUp(19, since, days(9))).toBe(false);
});
