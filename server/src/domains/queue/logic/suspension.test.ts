import { restMs } from "#domains/queue/logic/suspension.ts";

test("a machine rests from the third failure in a row on, twice as long each time, ten minutes at most", () => {
  expect([0, 1, 2, 3, 4, 5, 7, 8, 50].map(restMs)).toEqual([
    null,
    null,
    null,
    30_000,
    60_000,
    120_000,
    480_000,
    600_000,
    600_000,
  ]);
});
