import { quickestMs } from "#test/support/quickest.ts";
import { resolve, resolveText, slot } from "#test/support/resolve-slot.ts";

describe("100 kB are resolved in a moment", () => {
  const size = 100_000;
  const nested = (open: string, close: string) => {
    const depth = Math.floor(size / (open.length + close.length));
    return open.repeat(depth) + close.repeat(depth);
  };
  const options = (count: number) => Array.from({ length: count }, (_, n) => `option ${n}`).join("|");
  test.each([
    ...[
      "{a",
      "{",
      "}",
      "{a}",
      "(",
      "(a:b)",
      "\\",
      "{a|",
      "{|",
      "{a|b}",
      "{a|{b}}",
      "%",
      "%a",
      "$$",
      "{2$$a|b|c}",
      "|",
      "x",
    ].map((piece) => [piece, piece.repeat(size / piece.length)]),
    ["10,000 braces", "{x y} ".repeat(10_000)],
    ["nested groups", nested("{", "|}")],
    ["nested groups with weights", nested("{1::a|", "}")],
    ["nested groups with several picks", nested("{1-2$$a|", "}")],
    ["a group that never closes in groups that do", `{${"{a|b}".repeat(size / 5)}`],
    ["different placeholders", Array.from({ length: 12_000 }, (_, n) => `{u${n}}`).join("")],
    ["many options", `{${options(8_000)}}`],
    ["many options, all of them", `{8000$$ and $$1.5::${options(8_000)}}`],
  ])("%s", (_name, text) => {
    const ms = quickestMs(() => resolveText(text, { a: "$&", b: "" }));
    // The bar is 10 ms for compiled code, which a benchmark measures. What this finds in few calls on a slow machine is time
    // that grows faster than the text, which is seconds.
    expect(ms).toBeLessThan(60);
  });

  test("values that are too many or too long together stop being put in, and the slot says so", () => {
    const size = 33_333;
    const whole = resolveText("{a}".repeat(2_500), { a: "ten signs " });
    expect([whole.resolvedText.length, whole.warnings, whole.unresolvedPlaceholders]).toEqual([25_000, [], []]);
    for (const a of ["x", "x".repeat(10_000), "x".repeat(1_000_000)]) {
      for (const [text, entry] of [
        ["{a}".repeat(size), "unused"],
        ["%e%".repeat(size), "so {a} and {a}"],
      ] as const) {
        const libraries = [{ name: "looks", delimiter: "%", maxDepth: 10, entries: { e: entry } }];
        const slotText = resolve({
          slots: [slot({ defaultText: text })],
          character: { name: "Mara", metadata: { a } },
          libraries,
        });
        expect(slotText.resolvedText.length).toBeLessThan(2_000_000);
        expect(slotText.resolvedText).toContain("{a}");
        expect(slotText.unresolvedPlaceholders).toEqual(["a"]);
        expect(slotText.warnings).toContain(
          "The values of placeholders are too many, or too long together; the rest stays as written.",
        );
        expect(slotText.spans.map((span) => span.text).join("")).toBe(slotText.resolvedText);
      }
    }
  });

  test("what many references have in common is not changed by what stands between them", () => {
    const libraries = [{ name: "looks", delimiter: "%", maxDepth: 10, entries: { e: "so {a}" } }];
    const mended = resolve({
      slots: [slot({ defaultText: "%e%|%e%, {x %e%|x %e%}" })],
      character: { name: "Mara", metadata: { a: "red" } },
      libraries,
    });
    expect(mended.resolvedText).toBe("so red|so red, x so red");
    expect(mended.spans.map(({ text, layer }) => `${layer}: ${text}`)).toEqual([
      "library: so ",
      "placeholder: red",
      "slot default: |",
      "library: so ",
      "placeholder: red",
      "slot default: , ",
      "choice: x so ",
      "placeholder: red",
    ]);
  });

  test("many % with a library attached", () => {
    const libraries = [{ name: "looks", delimiter: "%", maxDepth: 10, entries: { a: "soft {b|c}", b: "%a%" } }];
    for (const piece of ["%", "%%", "%a%", "%b", "% a", "%b%|{"]) {
      const slots = [slot({ defaultText: piece.repeat(10_000) })];
      // Up to 10,000 entries of a library are put in: what comes out is several times as long.
      expect(quickestMs(() => resolve({ slots, libraries }))).toBeLessThan(1_000);
    }
  });
});
