import fc from "fast-check";
import { planPrefixes } from "#domains/queue/logic/build/output-prefix.ts";
import { matchPerFile } from "#domains/queue/logic/build/per-file.ts";
import { type PlanInput, planRuns } from "#domains/queue/logic/build/plan-runs.ts";
import type { ResolvedParams } from "#domains/queue/logic/build/resolve-params.ts";
import { maxDrawnSeed, planSeeds } from "#domains/queue/logic/build/seeds.ts";

const none: ResolvedParams = { values: {}, slotTexts: [], assetIds: {}, seed: null };
const input = (filename: string, folder = "/in") => ({ assetId: null, path: `${folder}/${filename}`, filename });
const counting = () => {
  let next = 100n;
  return () => next++;
};
const plan = (changes: Partial<PlanInput<ReturnType<typeof input>>> = {}) =>
  planRuns({
    inputs: [input("shot10.png"), input("shot9.png")],
    tries: 2,
    seedMode: "RANDOM" as const,
    seed: null,
    draw: counting(),
    prefix: "market",
    params: none,
    perFile: new Map(),
    ...changes,
  });

describe("runs", () => {
  test("inputs come in natural order, all tries of one together", () => {
    expect(plan().map((run) => [run.index, run.input?.filename, run.tryIndex, run.prefix])).toEqual([
      [0, "shot9.png", 0, "market/shot9_try01"],
      [1, "shot9.png", 1, "market/shot9_try02"],
      [2, "shot10.png", 0, "market/shot10_try01"],
      [3, "shot10.png", 1, "market/shot10_try02"],
    ]);
  });

  test("without inputs there is one run for each try", () => {
    expect(plan({ inputs: [] }).map((run) => [run.input, run.prefix])).toEqual([
      [null, "market/prompt_try01"],
      [null, "market/prompt_try02"],
    ]);
  });

  test("one input's values reach its own runs only", () => {
    const perFile = new Map([[0, { ...none, values: { steps: 40 } }]]);
    const runs = plan({ params: { ...none, values: { steps: 20 } }, perFile });
    expect(runs.map((run) => run.params.values.steps)).toEqual([20, 20, 40, 40]);
  });

  test("seeds are fresh, fixed or counted over all runs", () => {
    const seedsOf = (changes: Parameters<typeof plan>[0]) => plan(changes).map((run) => run.seed);
    expect(seedsOf({})).toEqual([100n, 101n, 102n, 103n]);
    expect(seedsOf({ seedMode: "FIXED", seed: 7n })).toEqual([7n, 7n, 7n, 7n]);
    expect(seedsOf({ seedMode: "INCREMENT", seed: 7n })).toEqual([7n, 8n, 9n, 10n]);
  });

  test("a seed given as a parameter is kept, for the job or for one input", () => {
    const seedsOf = (changes: Parameters<typeof plan>[0]) => plan(changes).map((run) => run.seed);
    expect(seedsOf({ params: { ...none, seed: 5n } })).toEqual([5n, 5n, 5n, 5n]);
    const perFile = new Map([[1, { ...none, seed: 50n }]]);
    expect(seedsOf({ perFile }).slice(0, 2)).toEqual([50n, 50n]);
    expect(seedsOf({ perFile, seedMode: "INCREMENT", seed: 1n })).toEqual([50n, 51n, 3n, 4n]);
  });
});

describe("seeds", () => {
  test("counting goes past 2^53 and comes round after 2^64-1", () => {
    const draw = () => 0n;
    expect(planSeeds({ mode: "INCREMENT", seed: 2n ** 64n - 1n, count: 2, draw })).toEqual([2n ** 64n - 1n, 0n]);
  });

  test("a drawn start leaves room below 2^53 for all of them", () => {
    const seeds = planSeeds({ mode: "INCREMENT", seed: null, count: 3, draw: () => maxDrawnSeed });
    expect(seeds.every((seed) => seed >= 0n && seed <= maxDrawnSeed)).toBe(true);
  });
});

describe("output prefixes", () => {
  test("equal stems are numbered, also where case or a number made them equal", () => {
    expect(planPrefixes("p", ["a.png", "a.jpg", "A.webp", "a__2.png"], 1).flat()).toEqual([
      "p/a_try01",
      "p/a__2_try01",
      "p/A__3_try01",
      "p/a__2__2_try01",
    ]);
  });

  test("names cannot leave the folder or carry tokens that ComfyUI would expand", () => {
    expect(planPrefixes("../x//%date%\\y", ["..", "100%.png"], 1).flat()).toEqual([
      "x/_date_/y/input_try01",
      "x/_date_/y/100__try01",
    ]);
    expect(planPrefixes("", [], 1).flat()).toEqual(["prompt_try01"]);
  });

  test("no two runs of a job share one, whatever the names", () => {
    const name = fc.string({ unit: fc.constantFrom("a", "A", "_", "2", ".", "/", "%"), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), fc.integer({ min: 1, max: 3 }), (names, tries) => {
        const all = planPrefixes("p", names, tries)
          .flat()
          .map((prefix) => prefix.toLowerCase());
        expect(new Set(all).size).toBe(all.length);
      }),
    );
  });
});

describe("values for single files", () => {
  const inputs = [{ ...input("a.png"), assetId: "id-1" }, input("b.png"), input("a.png", "/other")];

  test("are found by asset id, full path, or a file name that occurs once", () => {
    const { byInput, issues } = matchPerFile(inputs, {
      "id-1": { x: 1 },
      "/other/a.png": { x: 2 },
      "b.png": { x: 3 },
      "/in/b.png": { y: 4 },
    });
    expect(issues).toEqual([]);
    expect([...byInput]).toEqual([
      [0, { x: 1 }],
      [2, { x: 2 }],
      [1, { x: 3, y: 4 }],
    ]);
  });

  test("a name that fits several inputs or none is an error, and so is one value given twice", () => {
    const paths = matchPerFile(inputs, {
      "a.png": {},
      "c.png": {},
      "b.png": { x: 1 },
      "/in/b.png": { x: 2 },
      "id-1": 5,
    }).issues;
    expect(paths.map((issue) => issue.path)).toEqual([["a.png"], ["c.png"], ["/in/b.png", "x"], ["id-1"]]);
    expect(paths[0]?.message).toContain("/other/a.png");
  });
});
