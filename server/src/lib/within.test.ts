import { within } from "#lib/within.ts";

test("what ends in time has ended, also with an error; what does not is left alone", async () => {
  expect(await within(1_000, Promise.resolve())).toBe(true);
  expect(await within(1_000, Promise.reject(new Error("no")))).toBe(true);
  expect(await within(5, new Promise(() => undefined))).toBe(false);
});
