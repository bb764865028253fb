import fc from "fast-check";
import { resolvePrompts } from "#domains/prompts/logic/resolve-prompts.ts";
import type { ResolvedSlot, ResolveInput } from "#domains/prompts/logic/resolution-types.ts";
import { slot } from "#test/support/resolve-slot.ts";

const character = { name: "Mara", metadata: { v: "%key%", a: "x" } };
const resolve = (
  defaultText: string,
  entries: Record<string, string>,
  seed = 1n,
  separator = ", ",
  fragment?: string,
): ResolvedSlot => {
  const input: ResolveInput = {
    slots: [slot({ defaultText })],
    defaults: [],
    character,
    overrides:
      fragment === undefined
        ? []
        : [
            {
              scope: "CHARACTER",
              slotId: "s",
              text: null,
              fragments: [{ type: "INLINE", fragmentId: null, text: fragment }],
            },
          ],
    clipPosition: "FULL_CLIP",
    separator,
    libraries: [{ name: "looks", delimiter: "%", maxDepth: 3, entries }],
    seed,
  };
  return resolvePrompts(input)[0] as ResolvedSlot;
};

test("a value from metadata is never read as a reference, nor does it complete one", () => {
  expect(resolve("{v} %{a}% %key%", { key: "1", x: "2" }).resolvedText).toBe("%key% %x% 1");
});

test("references in fragments are replaced, and their weights are checked anew", () => {
  expect(resolve("a", { w: "(b:soft)" }, 1n, ", ", "%w%")).toMatchObject({
    resolvedText: "a, (b:soft)",
    warnings: [expect.stringContaining("(b:soft)")],
  });
});

test("unresolved placeholders are named in order of appearance, also those of library texts", () => {
  expect(resolve("%k% {b} {d}", { k: "{c} {b} {a}" })).toMatchObject({
    resolvedText: "{c} {b} x {b} {d}",
    unresolvedPlaceholders: ["c", "b", "d"],
  });
});

test("what has no value is named also in long texts, those of libraries that stand in many places among them", () => {
  const long = "x".repeat(200);
  expect(resolve(`${long} {b} {a}`, { k: "y" }).unresolvedPlaceholders).toEqual(["b"]);
  expect(resolve(`${long} {b}`, { k: "y" }).unresolvedPlaceholders).toEqual(["b"]);
  const { unresolvedPlaceholders, resolvedText } = resolve("%l%, %l% %m%", { l: `${long} {c}`, m: `{d} ${long} {a}` });
  expect(unresolvedPlaceholders).toEqual(["c", "d"]);
  expect(resolvedText).toBe(`${long} {c}, ${long} {c} {d} ${long} x`);
});

test("a cycle is a warning on the slot", () => {
  expect(resolve("%a%", { a: "%b%", b: "%a%" })).toMatchObject({
    resolvedText: "%b%",
    warnings: [expect.stringContaining("nested")],
  });
});

describe("a slot has bounds that no person's prompt comes near, and says so when it reaches them", () => {
  const tooMany = [expect.stringContaining("too many together")];
  const numbered = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

  test("5,000 references in a text, and insertions in all", () => {
    const whole = resolve("%k%".repeat(5_000), { k: "y" });
    expect([whole.resolvedText, whole.warnings]).toEqual(["y".repeat(5_000), []]);
    expect(resolve("%k%".repeat(5_001), { k: "y" })).toMatchObject({
      resolvedText: `${"y".repeat(5_000)}%k%`,
      warnings: tooMany,
    });
    // Each would be two more; a chain is none.
    const entries = { k: "%one% %two%", one: "1", two: "2", chain: "%link%", link: "end" };
    expect(resolve("%chain%".repeat(5_000), entries)).toMatchObject({
      resolvedText: "end".repeat(5_000),
      warnings: [],
    });
    expect(resolve("%k%".repeat(1_666), entries)).toMatchObject({ resolvedText: "1 2".repeat(1_666), warnings: [] });
    expect(resolve("%k%".repeat(1_668), entries)).toMatchObject({
      resolvedText: "%one% %two%".repeat(1_668),
      warnings: tooMany,
    });
  });

  test("some 1,500 different references", () => {
    const entries = Object.fromEntries(numbered(3_000).map((n) => [`k${n}`, `t${n} `]));
    const text = (count: number): string =>
      numbered(count)
        .map((n) => `%k${n}%`)
        .join("");
    expect(resolve(text(1_500), entries).warnings).toEqual([]);
    const { resolvedText, warnings } = resolve(text(3_000), entries);
    expect(resolvedText).toMatch(/^t0 .* t1500 %k1501%.*%k2999%$/);
    expect(warnings).toEqual(tooMany);
  });

  test("a quarter of a million characters", () => {
    const { resolvedText, warnings } = resolve("%k%".repeat(100), { k: "y".repeat(5_000) });
    expect(resolvedText).toMatch(/^y{255000}(%k%){49}$/);
    expect(warnings).toEqual(tooMany);
  });

  test("2,500 draws", () => {
    const { resolvedText, warnings } = resolve("%looks:*% ".repeat(2_501), { k: "y", l: "z" });
    expect(resolvedText).toMatch(/^([yz] ){2500}%looks:\*% $/);
    expect(warnings).toEqual(tooMany);
  });
});

test("the same seed draws the same texts", () => {
  const entries = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, `text ${index}`]));
  const draw = (seed: bigint): string => resolve("%looks:*% %looks:*%", entries, seed).resolvedText;
  expect(draw(7n)).toBe(draw(7n));
  expect(new Set([1n, 2n, 3n, 4n].map(draw)).size).toBeGreaterThan(1);
});

test("a fragment that its library leaves blank is skipped, and so is its separator", () => {
  expect(resolve("a", { nothing: " " }, 1n, ", ", "%nothing%")).toMatchObject({
    resolvedText: "a",
    source: "WORKFLOW_DEFAULT",
    appliedFragments: [],
  });
});

test("the separator is no text of anybody's: no reference in it, none across it", () => {
  expect(resolve("a%", { k: "x", " b": "y" }, 1n, "%k%", "b").resolvedText).toBe("a%%k%b");
});

test("a fragment is told as it stands in the prompt", () => {
  expect(resolve("a", { k: "soft {q}" }, 1n, ", ", "%k% light").appliedFragments).toMatchObject([
    { text: "soft {q} light" },
  ]);
});

test("choices in library texts are drawn, also where the library gives the options", () => {
  expect(resolve("{%same%}", { same: "x|x" }).resolvedText).toBe("x");
  expect(resolve("%c%", { c: "{y|y} {q}" })).toMatchObject({ resolvedText: "y {q}", unresolvedPlaceholders: ["q"] });
});

test("spans make up the text, whatever is written", () => {
  const words = fc.string({
    unit: fc.constantFrom("%", "k", "{a}", "{q}", "$&", "\\", " ", ":", "*", "{", "|", "}"),
    maxLength: 16,
  });
  fc.assert(
    fc.property(words, words, words, (text, entry, fragment) => {
      const { resolvedText, spans } = resolve(text, { k: entry }, 1n, ", ", fragment);
      expect(spans.map((span) => span.text).join("")).toBe(resolvedText);
      expect(spans.every((span) => span.text !== "")).toBe(true);
    }),
  );
});
