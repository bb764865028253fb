import fc from "fast-check";
import { choiceSeedOf, ChoiceDraw } from "#domains/prompts/logic/draw-choices.ts";
import { parseChoices } from "#domains/prompts/logic/parse-choices.ts";
import { seededPicker } from "#domains/libraries/logic/seeded-picker.ts";
import type { TextSpan } from "#domains/prompts/logic/resolution-types.ts";
import { everyOutcome } from "#test/support/every-outcome.ts";
import { weightedSample } from "#domains/prompts/logic/weighted-sample.ts";

const written = (text: string): TextSpan => ({ text, layer: "slot default", ref: null });
const value = (text: string): TextSpan => ({ text, layer: "placeholder", ref: "v" });
const drawSpans = (seed: bigint, ...spans: TextSpan[]) =>
  new ChoiceDraw(seed).draw({ spans, text: textOf(spans) }).spans;
const textOf = (spans: readonly TextSpan[]): string => spans.map(({ text }) => text).join("");
const drawText = (text: string, seed = 1n): string => textOf(drawSpans(seed, written(text)));
const warningsOf = (text: string): string[] => {
  const draw = new ChoiceDraw(1n);
  expect(draw.draw({ spans: [written(text)], text }).text).toBe(text);
  return draw.warnings;
};
/** What a text can give, with how often it did among many seeds. */
const tally = (text: string, seeds = 3_000): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (let seed = 0; seed < seeds; seed++) {
    const drawn = drawText(text, BigInt(seed));
    counts[drawn] = (counts[drawn] ?? 0) + 1;
  }
  return counts;
};
const outcomes = (text: string): string[] => Object.keys(tally(text)).toSorted();

describe("what is drawn", () => {
  test.each([
    ["{a|b|c}", ["a", "b", "c"]],
    ["x{|a}y", ["xay", "xy"]],
    ["{ a| b }", [" a", " b "]],
    ["{a|{b|c} d}", ["a", "b d", "c d"]],
    ["{{a|b}|c}{|}", ["a", "b", "c"]],
    ["{2$$a|b}", ["a, b", "b, a"]],
    ["{2$$ and $$a|b|c}", ["a and b", "a and c", "b and a", "b and c", "c and a", "c and b"]],
    ["{1-2$$+$$a|b}", ["a", "a+b", "b", "b+a"]],
    ["{0-1$$a|b}", ["", "a", "b"]],
    ["{-1$$a|b}", ["a", "b"]],
    ["{2-$$$$a|b}", ["ab", "ba"]],
    ["{9$$a|b}", ["a, b", "b, a"]],
    ["{0::a|b}", ["b"]],
    ["{0::a|2$$b|c}", ["2$$b", "c"]],
    ["{2$$0::a|b|c}", ["b, c", "c, b"]],
    ["{5$$0::a|b|c}", ["b, c", "c, b"]],
    ["{costs $$5|a::b}", ["a::b", "costs $$5"]],
    ["{(soft:1.2)|(hard:.8)}", ["(hard:.8)", "(soft:1.2)"]],
    ["{a|b} {open", ["a {open", "b {open"]],
    ["} {a|b}", ["} a", "} b"]],
    ["{a|$&}\\{c|\\d}", ["$&\\\\d", "$&\\c", "a\\\\d", "a\\c"]],
  ])("%s gives any of %j", (text, expected) => {
    expect(outcomes(text)).toEqual(expected.toSorted());
  });

  test("options come alike often, and as their weights say", () => {
    const even = tally("{a|b|c}");
    for (const option of ["a", "b", "c"]) expect(even[option]).toBeGreaterThan(900);
    const weighted = tally("{3::a|b|.5::c| 0.5 :: d}");
    expect(weighted["a"]).toBeGreaterThan(1_650);
    expect(weighted["a"]).toBeLessThan(1_950);
    expect(weighted["c"]).toBeGreaterThan(200);
    expect(weighted[" d"]).toBeGreaterThan(200);
  });

  test("several are drawn by weight and never twice", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 }),
        fc.nat(),
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        (weights, some, seed) => {
          const drawable = weights.filter((weight) => weight > 0).length;
          fc.pre(drawable > 0);
          const count = 1 + (some % drawable);
          const drawn = weightedSample(weights, count, seededPicker(seed));
          expect(new Set(drawn).size).toBe(count);
          expect(drawn.every((index) => (weights[index] ?? 0) > 0)).toBe(true);
        },
      ),
    );
    const firsts = Array.from({ length: 2_000 }, (_, n) => weightedSample([1, 8, 1], 2, seededPicker(BigInt(n)))[0]);
    expect(firsts.filter((first) => first === 1).length).toBeGreaterThan(1_500);
  });
});

describe("the draw", () => {
  const many = "{a|b|c|d|e|f|g|h} {i|j|k|l|m|n|o|p}";

  test("is the same for the same seed and try, and another for others", () => {
    expect(drawText(many, 7n)).toBe(drawText(many, 7n));
    expect(new Set(Array.from({ length: 20 }, (_, seed) => drawText(many, BigInt(seed)))).size).toBeGreaterThan(12);
    const tries = Array.from({ length: 20 }, (_, tryIndex) => drawText(many, choiceSeedOf(7n, tryIndex)));
    expect(tries[0]).toBe(drawText(many, 7n));
    expect(new Set(tries).size).toBeGreaterThan(12);
  });

  test("uses all 64 bits of a seed", () => {
    expect(new Set([0n, 2n ** 32n, 2n ** 63n, 2n ** 64n - 1n].map((seed) => drawText(many, seed))).size).toBe(4);
  });

  test("of a group stays when the prompt changes elsewhere, and is the same in every slot", () => {
    for (let seed = 0n; seed < 20n; seed++) {
      const coat = drawText("{red|blue|green|grey} coat", seed);
      expect(drawText("new words, {x|y} {red|blue|green|grey} coat", seed)).toContain(coat);
    }
  });

  test("of two groups is independent, also when they say the same", () => {
    expect(outcomes("{a|b}{c|d}")).toEqual(["ac", "ad", "bc", "bd"]);
    expect(outcomes("{a|b}{a|b}")).toEqual(["aa", "ab", "ba", "bb"]);
  });
});

describe("what is not well-formed stays as written, with a warning", () => {
  test.each([
    ["{a|b", "not closed"],
    ["x {{a|b y", "not closed"],
    ["{3-1$$a|b}", "smaller number"],
    ["{-1::a|b}", "negative"],
    ["{0::a|0::b}", "above 0"],
    [`{2$$${"-".repeat(41)}$$a|b}`, "at most 40"],
  ])("%s", (text, warning) => {
    expect(warningsOf(text)).toEqual([expect.stringContaining(warning)]);
  });

  const limitsOf = (text: string): string[] => parseChoices(text, []).warnings;

  test("what is beyond 1,000 choices, 100 open braces or 1,000 options", () => {
    const many = "{a|b}".repeat(1_000);
    expect(limitsOf(`${many} and no more`)).toEqual([]);
    expect(limitsOf(`${many}{c|d}`)).toEqual([expect.stringContaining("The first 1000 choices of a text are drawn")]);
    expect(drawText(`${many}{c|d}`, 1n)).toMatch(/^[ab]{1000}\{c\|d\}$/);
    const deep = (depth: number) => `${"{a|".repeat(depth)}b${"}".repeat(depth)}`;
    expect(limitsOf(deep(100))).toEqual([]);
    expect(limitsOf(deep(101))).toEqual([expect.stringContaining("100 braces")]);
    expect(limitsOf(`{${"a|".repeat(1_000)}a}`)).toEqual([expect.stringContaining("at most 1000 options")]);
  });

  test("what is beyond 120,000 characters", () => {
    const long = "x".repeat(120_000 - 5);
    expect(limitsOf(`{a|b}${long} and no more`)).toEqual([]);
    expect(limitsOf(`${long}{a|b}`)).toEqual([]);
    expect(drawText(`{a|a}${long}{a|b}`)).toBe(`a${long}{a|b}`);
    expect(limitsOf(`{a|a}${long}{a|b}`)).toEqual([expect.stringContaining("the first 120000 characters")]);
  });

  test("what is inside an open group is still drawn", () => {
    expect(outcomes("{a|{b|c}")).toEqual(["{a|b", "{a|c"]);
  });

  test("without a bar there is no choice and no warning", () => {
    for (const text of ["{a", "a|b", "a}|{b", "{2$$a}", "{2::a}", "{}", ""]) expect(warningsOf(text)).toEqual([]);
  });
});

describe("values inserted from metadata", () => {
  test("are no syntax, and no draw happens in them", () => {
    for (const inserted of ["a|b", "{a|b}", "}", "{", "2$$", "3::", "|", "$&", "\\"]) {
      expect(
        textOf(drawSpans(1n, written("x {"), value(inserted), written("|"), value(inserted), written("} y"))),
      ).toBe(`x ${inserted} y`);
      expect(textOf(drawSpans(1n, written("{same|same} "), value(inserted)))).toBe(`same ${inserted}`);
    }
    expect(textOf(drawSpans(1n, written("{"), value("2"), written("::a|2::a}")))).toMatch(/^(2::a|a)$/);
  });

  test("keep their layer inside a choice, whose other text is marked with the group", () => {
    const spans = drawSpans(
      1n,
      written("a {big "),
      value("red|"),
      written(" hat|big "),
      value("red|"),
      written(" hat} b"),
    );
    const ref = "{big red| hat|big red| hat}";
    expect(spans).toEqual([
      { text: "a ", layer: "slot default", ref: null },
      { text: "big ", layer: "choice", ref },
      { text: "red|", layer: "placeholder", ref: "v" },
      { text: " hat", layer: "choice", ref },
      { text: " b", layer: "slot default", ref: null },
    ]);
  });
});

test("what is drawn is among what the plainest reading allows, and every piece has its origin", () => {
  const texts = fc.string({ unit: fc.constantFrom("{", "{", "}", "}", "|", "a", "b"), maxLength: 14 });
  fc.assert(
    fc.property(texts, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (text, seed) => {
      const spans = drawSpans(seed, written(text));
      expect(everyOutcome(text)).toContain(textOf(spans));
      if (text !== "") expect(spans.every((span) => span.text !== "")).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test("no text, however cut into pieces, makes it throw", () => {
  const pieces = fc.array(
    fc.tuple(
      fc.string({ unit: fc.constantFrom("{", "}", "|", "$$", "2", "-", "::", "a", " ", "\\"), maxLength: 10 }),
      fc.boolean(),
    ),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(pieces, (cut) => {
      const spans = cut
        .filter(([text]) => text !== "")
        .map(([text, isValue]) => (isValue ? value(text) : written(text)));
      const drawn = drawSpans(3n, ...spans);
      const values = (list: readonly TextSpan[]) =>
        list.filter(({ layer }) => layer === "placeholder").map(({ text }) => text);
      for (const inserted of values(drawn)) expect(values(spans)).toContain(inserted);
    }),
    { numRuns: 2_000 },
  );
});
