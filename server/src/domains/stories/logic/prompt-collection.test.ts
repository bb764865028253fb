import {
  addPrompt,
  composePrompts,
  emptyCollection,
  namesOf,
  type PromptCollection,
  promptFields,
  removePrompt,
  renamePrompt,
  reorderPrompts,
  requireRoom,
  updatePrompt,
} from "#domains/stories/logic/prompt-collection.ts";

const prompt = (name: string, value = name) => ({ name, ...promptFields.parse({ value }) });
const collection = ["sky", "hero", "10", "9"].reduce<PromptCollection>(
  (before, name) => addPrompt(before, prompt(name)),
  emptyCollection,
);
const composed = composePrompts(collection, "all", ["hero", "sky", "hero"]);
const order = ({ prompts }: PromptCollection) => prompts.map(({ name }) => name);

test("prompts stay in the order in which they were added, whatever they are called; names are sorted", () => {
  expect(order(collection)).toEqual(["sky", "hero", "10", "9"]);
  expect(namesOf(composed)).toEqual(["10", "9", "all", "hero", "sky"]);
  expect(order(reorderPrompts(collection, ["9", "sky", "10", "hero"]))).toEqual(["9", "sky", "10", "hero"]);
});

test("an order names each prompt once", () => {
  expect(() => reorderPrompts(collection, ["9", "sky"])).toThrow(expect.objectContaining({ code: "PROMPTS_CHANGED" }));
  expect(() => reorderPrompts(collection, ["9", "sky", "10", "10"])).toThrow(
    expect.objectContaining({ code: "PROMPTS_CHANGED" }),
  );
  expect(() => reorderPrompts(collection, ["9", "moon"])).toThrow(expect.objectContaining({ path: ["names", "1"] }));
});

test("a name is there once, be it of a prompt or a composition", () => {
  for (const name of ["hero", "all"])
    expect(() => addPrompt(composed, prompt(name))).toThrow(expect.objectContaining({ code: "NAME_TAKEN" }));
  expect(() => composePrompts(composed, "hero", ["sky"])).toThrow(expect.objectContaining({ code: "NAME_TAKEN" }));
  expect(() => renamePrompt(composed, "sky", "all")).toThrow(
    expect.objectContaining({ code: "NAME_TAKEN", path: ["to"] }),
  );
  expect(renamePrompt(composed, "sky", "sky")).toEqual(composed);
});

test("compositions follow a prompt that is renamed, wherever and however often it stands", () => {
  const renamed = renamePrompt(composed, "hero", "constructor");
  expect(order(renamed)).toEqual(["sky", "constructor", "10", "9"]);
  expect(renamed.compositions).toEqual([{ name: "all", prompts: ["constructor", "sky", "constructor"] }]);
  expect(renamePrompt(composed, "all", "everything").compositions).toEqual([
    { name: "everything", prompts: ["hero", "sky", "hero"] },
  ]);
});

test("a prompt that compositions need is only removed from all of them at once", () => {
  expect(() => removePrompt(composed, "hero", false)).toThrow(
    expect.objectContaining({ code: "PROMPT_COMPOSED", message: expect.stringContaining('"all"') }),
  );
  const without = removePrompt(composed, "hero", true);
  expect(without.compositions).toEqual([{ name: "all", prompts: ["sky"] }]);
  expect(removePrompt(without, "sky", true)).toMatchObject({ compositions: [] });
  expect(removePrompt(composed, "all", false)).toEqual(collection);
  expect(() => removePrompt(composed, "moon", true)).toThrow(expect.objectContaining({ code: "NOT_FOUND" }));
});

test("a composition is replaced as a whole, and gone without prompts", () => {
  expect(composePrompts(composed, "all", ["9"]).compositions).toEqual([{ name: "all", prompts: ["9"] }]);
  expect(composePrompts(composed, "all", [])).toEqual(collection);
  expect(() => composePrompts(composed, "all", ["hero", "moon"])).toThrow(
    expect.objectContaining({ path: ["promptNames", "1"] }),
  );
});

test("an edit changes what it names and nothing else", () => {
  const edited = updatePrompt(composed, "hero", { value: "small", tags: ["a"] });
  expect(edited.prompts[1]).toEqual({ name: "hero", value: "small", category: null, description: null, tags: ["a"] });
  expect(edited.prompts.filter(({ name }) => name !== "hero")).toEqual(
    composed.prompts.filter(({ name }) => name !== "hero"),
  );
});

test("a collection has an end", () => {
  const many = Array.from({ length: 1_001 }, (_none, index) => prompt(`${index}`));
  expect(() => requireRoom({ ...emptyCollection, prompts: many }, ["file"])).toThrow(/at most 1000 prompts/);
  const long = Array.from({ length: 11 }, (_none, index) => prompt(`${index}`, "x".repeat(50_000)));
  expect(() => requireRoom({ ...emptyCollection, prompts: long }, ["file"])).toThrow(/characters in all/);
});
