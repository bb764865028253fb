import fc from "fast-check";
import { normaliseKey, type SubstitutionLibrary } from "#domains/libraries/logic/library-references.ts";
import { substituteLibraries } from "#domains/libraries/logic/substitute-libraries.ts";
import { quickestMs } from "#test/support/quickest.ts";

const library = (entries: Record<string, string>, changes: Partial<SubstitutionLibrary> = {}): SubstitutionLibrary => ({
  name: "looks",
  delimiter: "%",
  maxDepth: 10,
  entries,
  ...changes,
});
const apply = (text: string, ...libraries: SubstitutionLibrary[]) => substituteLibraries(text, libraries, 1n);

test("references in texts are replaced in turn", () => {
  const looks = library({ quality: "sharp focus", base: "%quality%, 35mm", hero: "a %base% portrait" });
  expect(apply("%hero%, dusk", looks)).toEqual({
    text: "a sharp focus, 35mm portrait, dusk",
    replaced: ["hero", "base", "quality"],
    unknown: [],
    depthExceeded: false,
  });
});

test("unknown keys stay as written and are listed once", () => {
  expect(apply("%quality% and %Un known% %un-known%", library({ quality: "sharp focus" }))).toMatchObject({
    text: "sharp focus and %Un known% %un-known%",
    unknown: ["un_known"],
  });
});

test("a cycle stops at the depth and leaves its reference", () => {
  const cycle = { a: "%b%", b: "%a%" };
  expect(apply("%a%", library(cycle))).toMatchObject({ text: "%a%", depthExceeded: true });
  expect(apply("%a%", library(cycle, { maxDepth: 1 }))).toMatchObject({ text: "%b%", depthExceeded: true });
  expect(apply("%a%", library({ a: "x" }, { maxDepth: 1 }))).toMatchObject({ text: "x", depthExceeded: false });
});

test("case, spaces and hyphens in a reference do not matter", () => {
  expect(apply("%Soft Light% %SOFT-light%", library({ soft_light: "x" })).text).toBe("x x");
  expect([normaliseKey("Soft-Light 2"), normaliseKey("soft.light"), normaliseKey("")]).toEqual([
    "soft_light_2",
    null,
    null,
  ]);
});

test.each(["100% sure, 50% grey", "%", "%%", "% key %", "%a.b%", "plain", "", "100% of %"])(
  "%j is no reference and comes back unchanged",
  (text) => {
    expect(apply(text, library({ key: "x", sure: "y" }))).toEqual({
      text,
      replaced: [],
      unknown: [],
      depthExceeded: false,
    });
  },
);

test("a per cent sign before a reference does not hide it", () => {
  expect(apply("50% grey, %key%", library({ key: "x" })).text).toBe("50% grey, x");
});

test("values are plain text but for their own references, and pieces do not join into new ones", () => {
  expect(apply("%b%key%b% %a%", library({ a: "$& \\ $1", b: "%", key: "wrong" })).text).toBe("%key% $& \\ $1");
});

test("with several libraries the first that has the key wins, and one can be named", () => {
  const [first, second] = [library({ key: "1" }), library({ key: "2", other: "3" }, { name: "Second Look" })];
  expect(apply("%key% %other% %second-look:key% %looks:other%", first, second)).toEqual({
    text: "1 3 2 %looks:other%",
    replaced: ["key", "other", "second_look:key"],
    unknown: ["looks:other"],
    depthExceeded: false,
  });
});

test("each library has its own delimiter, also inside the texts of another", () => {
  const hashes = library({ key: "hash %key%" }, { name: "h", delimiter: "##" });
  expect(apply("%key% ##key## %other", library({ key: "per cent" }), hashes).text).toBe(
    "per cent hash per cent %other",
  );
});

test("a star picks one entry by the seed, each star its own", () => {
  const colours = library({ a: "red", b: "green", c: "blue" }, { name: "colours" });
  const at = (seed: bigint) => substituteLibraries("%colours:*%".repeat(8), [colours], seed).text;
  expect(at(5n)).toBe(at(5n));
  expect(new Set([1n, 2n, 3n, 2n ** 64n - 1n].map(at)).size).toBe(4);
  expect(at(5n)).not.toMatch(/^(red)+$|^(green)+$|^(blue)+$/);
  expect(apply("%colours:*%", library({}, { name: "colours" }))).toMatchObject({
    text: "%colours:*%",
    unknown: ["colours:*"],
  });
});

test("texts that double at each level end within bounds", () => {
  const doubling = library(
    Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`k${i}`, `%k${i + 1}%%k${i + 1}%`])),
    { maxDepth: 100 },
  );
  const { text, depthExceeded } = apply("%k0%", doubling);
  expect(depthExceeded).toBe(true);
  expect(text.length).toBeLessThan(10_000_000);
  const choosing = library({ a: "%looks:*%%looks:*%" }, { maxDepth: 100 });
  expect(apply("%a%", choosing).depthExceeded).toBe(true);
});

describe("references to one entry are worked out once for each level", () => {
  /** How often the library's texts are looked at. */
  const looksAt = (text: string, entries: Record<string, string>): number => {
    let looks = 0;
    const counted = new Proxy(entries, {
      get: (all, key) => {
        looks++;
        return all[key as string];
      },
    });
    apply(text, library(counted, { maxDepth: 50 }));
    return looks;
  };

  test.each([
    ["a text", { a: "x" }],
    ["a cycle", { a: "%b%", b: "%a%" }],
    ["entries that double", { a: "%b%%b%", b: "%c%%c%", c: "x" }],
  ])("%s", (_what, entries) => {
    const [once, twice] = [looksAt("%a%".repeat(5_000), entries), looksAt("%a%".repeat(10_000), entries)];
    expect(once).toBeLessThan(10_000);
    expect(twice).toBeLessThan(2.1 * once);
  });

  test("but what draws is drawn anew in each place, also when other entries stand between", () => {
    const colours = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`k${n}`, `${n} `]));
    const cycle = { ...colours, a: "%b%", b: "%looks:*%", c: "%d%%looks:*%", d: "%c%" };
    expect(new Set(apply("%a%".repeat(8), library(cycle)).text.split(" ")).size).toBeGreaterThan(3);
    expect(new Set(apply("%d%", library(cycle)).text.split(" ")).size).toBeGreaterThan(3);
  });

  test("and a level that would go beyond the size limit stays as it is written", () => {
    const long = "x".repeat(5_000);
    const { text, depthExceeded } = apply("%a%".repeat(1_000), library({ a: "%b%", b: long }));
    expect(text).toBe("%b%".repeat(1_000));
    expect(depthExceeded).toBe(true);
  });
});

test("texts of 5,000 characters end where three million would be gone beyond, and it says so", () => {
  const long = "x".repeat(5_000);
  const { text, depthExceeded } = apply("%a%".repeat(1_000), library({ a: long }));
  expect(text.replaceAll(long, "X")).toMatch(/^X{601}(%a%){399}$/);
  expect(depthExceeded).toBe(true);
});

test("what is drawn anew in each place ends after 35,000 insertions, and says so", () => {
  const { text, depthExceeded } = apply("%a%".repeat(20_000), library({ a: "x%b:*%" }, { name: "b" }));
  expect(text.match(/x/g)).toHaveLength(35_000);
  expect(text).toMatch(/^(x{2}%b:\*%)+(x%b:\*%)+$/);
  expect(depthExceeded).toBe(true);
});

test("33,333 references in 100 kB are all replaced, by whatever way they go on", () => {
  const text = "%a%".repeat(33_333);
  expect(apply(text, library({ a: "x" })).text).toBe("x".repeat(33_333));
  expect(apply(text, library({ a: "%b%", b: "%c%", c: "%d%", d: "y" })).text).toBe("y".repeat(33_333));
  expect(apply(text, library({ a: "%b% and %c%", b: "x", c: "y" })).text).toBe("x and y".repeat(33_333));
});

test("1,000 entries and 100 kB of text take a few milliseconds", () => {
  const many = library(
    Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`key_${i}`, `text ${i} with %key_${i + 1}%`])),
    { maxDepth: 3 },
  );
  const text = Array.from({ length: 8000 }, (_, i) => `%key_${i % 1000}%`).join(" a ");
  expect(quickestMs(() => apply(text, many))).toBeLessThan(100);
});

test("ends on any text and library, and leaves text without references alone", () => {
  const words = fc.string({ unit: fc.constantFrom("%", "a", "b", ":", "*", "$&", " "), maxLength: 20 });
  fc.assert(
    fc.property(words, words, words, (text, a, b) => {
      const { text: result } = apply(text, library({ a, b }, { name: "b", maxDepth: 4 }));
      if (!text.includes("%")) expect(result).toBe(text);
    }),
  );
});
