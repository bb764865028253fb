import { composedText, replaceInCollection } from "#domains/stories/logic/composed-text.ts";
import { emptyCollection, type PromptCollection, promptFields } from "#domains/stories/logic/prompt-collection.ts";

const collection = (prompts: Record<string, string>, more: Partial<PromptCollection> = {}): PromptCollection => ({
  ...emptyCollection,
  prompts: Object.entries(prompts).map(([name, value]) => ({ name, ...promptFields.parse({ value }) })),
  ...more,
});
const libraries = [
  { name: "looks", delimiter: "%", maxDepth: 10, entries: { light: "soft %hue%", hue: "blue", empty: "" } },
];
const text = (own: PromptCollection, name: string, fallback = emptyCollection) =>
  composedText(own, fallback, name, libraries, 1n)?.text;

test("references are replaced in each prompt, then what is not blank is joined", () => {
  const own = collection(
    { hero: "a $& seller", sky: "%light%", none: "%empty%", split: "100%", rest: "hue% x" },
    { compositions: [{ name: "all", prompts: ["hero", "none", "sky", "hero"] }], separator: " | " },
  );
  expect(text(own, "all")).toBe("a $& seller | soft blue | a $& seller");
  expect(text(own, "sky")).toBe("soft blue");
  expect(text(own, "moon")).toBeUndefined();
  // No reference comes about across the separator.
  const split = { ...own, compositions: [{ name: "all", prompts: ["split", "rest"] }], separator: "" };
  expect(text(split, "all")).toBe("100%hue% x");
});

test("a scene's own texts go before its branch's, also inside the branch's compositions", () => {
  const branch = collection(
    { hero: "a seller", sky: "grey" },
    { compositions: [{ name: "all", prompts: ["hero", "sky"] }] },
  );
  const own = collection({ sky: "red" });
  expect(text(own, "all", branch)).toBe("a seller, red");
  expect(text(own, "hero", branch)).toBe("a seller");
  expect(text({ ...own, compositions: [{ name: "all", prompts: ["sky"] }] }, "all", branch)).toBe("red");
});

test("libraries are applied to a whole collection, whose names and compositions stay", () => {
  const own = collection({ hero: "%light%", sky: "%moon%" }, { compositions: [{ name: "all", prompts: ["hero"] }] });
  const { collection: replaced, ...found } = replaceInCollection(own, libraries, null);
  expect(replaced.prompts.map(({ name, value }) => [name, value])).toEqual([
    ["hero", "soft blue"],
    ["sky", "%moon%"],
  ]);
  expect(replaced.compositions).toEqual(own.compositions);
  expect(found).toEqual({ replaced: ["light", "hue"], unknown: ["moon"], depthExceeded: false });
});

test("a scene may have many more references than one prompt", () => {
  const prompts = Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`prompt_${n}`, "%light% ".repeat(10)]));
  const { collection: replaced, depthExceeded } = replaceInCollection(collection(prompts), libraries, null);
  expect(replaced.prompts.at(-1)?.value).toBe("soft blue ".repeat(10));
  expect(depthExceeded).toBe(false);
});
