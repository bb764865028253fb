import { estimateOfTakes } from "#domains/takes/logic/take-estimate.ts";

const run = { runCount: 1, machineSecs: { p50: 10, p90: 20 }, elapsedSecs: null, sampleCount: 4, credits: 2 };
const three = { takeCount: 3, segmentCount: 4, isManual: false, run };

test("segments of a take follow each other, takes lie side by side", () => {
  expect(estimateOfTakes([three], 1)).toEqual({
    takeCount: 3,
    segmentCount: 12,
    pickCount: 0,
    machineSecs: { p50: 120, p90: 240 },
    elapsedSecs: { p50: 120, p90: 240 },
    sampleCount: 4,
    credits: 24,
  });
  expect(estimateOfTakes([three], 2).elapsedSecs).toEqual({ p50: 80, p90: 160 });
  expect(estimateOfTakes([three], 100).elapsedSecs).toEqual({ p50: 40, p90: 80 });
});

test("a person who picks frames is told of how many", () => {
  expect(estimateOfTakes([{ ...three, isManual: true }], 1).pickCount).toBe(9);
});

test("what is unknown of one is unknown of all", () => {
  const unknown = { ...three, run: { ...run, machineSecs: null, credits: null } };
  expect(estimateOfTakes([three, unknown], 1)).toMatchObject({ machineSecs: null, elapsedSecs: null, credits: null });
  expect(estimateOfTakes([three], 0)).toMatchObject({ machineSecs: { p50: 120 }, elapsedSecs: null });
  expect(estimateOfTakes([], 2)).toMatchObject({ takeCount: 0, elapsedSecs: { p50: 0, p90: 0 }, credits: 0 });
});
