import fc from "fast-check";
import { planPrefixes } from "#domains/queue/logic/build/output-prefix.ts";
import { matchPerFile } from "#domains/queue/logic/build/per-file.ts";
import { type PlanInput, planRuns } from "#domains/queue/logic/build/plan-runs.ts";
import type { ResolvedParams } from "#domains/queue/logic/build/resolve-params.ts";
import { maxDrawnSeed, planSeeds } from "#domains/queue/logic/build/seeds.ts";

const all = { min: 0n, max: 2n ** 64n - 1n };
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
    range: all,
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
  const last = 2n ** 64n - 1n;
  const counted = (seed: bigint | null, count: number, range = all, draw = () => 0n) =>
    planSeeds({ mode: "INCREMENT", seed, count, draw, range });

  test.each([
    ["past 2^53 − 1 exactly", 2n ** 53n - 2n, all, [2n ** 53n - 2n, 2n ** 53n - 1n, 2n ** 53n]],
    ["from 2^64 − 1 to 0", last - 1n, all, [last - 1n, last, 0n]],
    ["from a parameter's maximum to its minimum", 99n, { min: 10n, max: 100n }, [99n, 100n, 10n]],
    ["up to a maximum that is reached and not crossed", 98n, { min: 10n, max: 100n }, [98n, 99n, 100n]],
    ["through a range of one", 5n, { min: 5n, max: 5n }, [5n, 5n, 5n]],
  ])("count %s", (_how, seed, range, expected) => expect(counted(seed, 3, range)).toEqual(expected));

  test("that are drawn leave room for counting: they cross neither 2^53 − 1 nor the workflow's maximum", () => {
    const seeds = counted(null, 3, all, () => maxDrawnSeed);
    expect(seeds.every((seed) => seed >= 0n && seed <= maxDrawnSeed)).toBe(true);
    for (let drawn = 0n; drawn < 200n; drawn += 1n) {
      const [first = 0n, second, third] = counted(null, 3, { min: 10n, max: 100n }, () => drawn);
      expect([second, third]).toEqual([first + 1n, first + 2n]);
      expect(first >= 10n && first + 2n <= 100n).toBe(true);
    }
  });

  test("that are drawn lie in the workflow's range, also where that is beyond 2^53", () => {
    const range = { min: 2n ** 60n, max: 2n ** 60n + 1n };
    for (const mode of ["RANDOM", "FIXED", "INCREMENT"] as const)
      for (const seed of planSeeds({ mode, seed: null, count: 2, draw: () => maxDrawnSeed, range }))
        expect(seed >= range.min && seed <= range.max).toBe(true);
  });

  test("are all different as long as there are as many", () => {
    const bounds = fc.tuple(
      fc.bigInt(0n, last),
      fc.bigInt(0n, 300n),
      fc.integer({ min: 1, max: 200 }),
      fc.bigInt(0n, last),
    );
    fc.assert(
      fc.property(bounds, ([min, width, count, at]) => {
        const range = { min, max: min + width > last ? last : min + width };
        const size = range.max - range.min + 1n;
        const seeds = counted(range.min + (at % size), count, range);
        expect(new Set(seeds).size).toBe(Number(size < BigInt(count) ? size : BigInt(count)));
        expect(seeds.every((seed) => seed >= range.min && seed <= range.max)).toBe(true);
      }),
    );
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
