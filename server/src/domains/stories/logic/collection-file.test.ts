import fc from "fast-check";
import {
  availableNames,
  migrateVersion1,
  readCollectionFile,
  writeCollectionFile,
} from "#domains/stories/logic/collection-file.ts";
import {
  addPrompt,
  composePrompts,
  namesOf,
  type PromptCollection,
  promptFields,
  promptName,
  removePrompt,
  renamePrompt,
  reorderPrompts,
  updatePrompt,
} from "#domains/stories/logic/prompt-collection.ts";
import { DomainError } from "#lib/domain-error.ts";
import { type JsonObject, parseJson, stringifyJson } from "#lib/json.ts";

const v1 = {
  girl_pos: "a girl",
  "any name at all": "x",
  seed: 18446744073709551615n,
  nested: { a: [1, null] },
  none: null,
};

test("every text of version 1 becomes a prompt; the rest is told and kept in the backup", () => {
  const { collection, v1Backup, warnings } = readCollectionFile(v1);
  expect(collection.prompts.map(({ name, value }) => [name, value])).toEqual([
    ["girl_pos", "a girl"],
    ["any name at all", "x"],
  ]);
  expect(v1Backup).toEqual(v1);
  expect(warnings).toHaveLength(4);
  expect(warnings[0]).toMatch(/version 1: 2 prompts/);
  for (const key of ["seed", "nested", "none"]) expect(warnings.join("\n")).toContain(`"${key}"`);
});

test("a version that is neither 1 nor 2 is refused", () => {
  for (const version of [0, 3, 2.5, "2", "two", null, true])
    expect(() => readCollectionFile({ version, girl_pos: "x" })).toThrow(
      expect.objectContaining({ code: "UNKNOWN_VERSION", path: ["file", "version"] }),
    );
  expect(readCollectionFile({ version: 1, girl_pos: "x" }).warnings).toHaveLength(1);
  for (const file of [null, [], "x", 2]) expect(() => readCollectionFile(file)).toThrow(/JSON object/);
});

test("a file that is too deep or too long is refused", () => {
  let deep: unknown = 1;
  for (let level = 0; level < 100_000; level++) deep = [deep];
  expect(() => readCollectionFile({ deep })).toThrow(/at most 100 levels/);
  expect(() => readCollectionFile({ version: 2, prompts: {}, v1_backup: { deep } })).toThrow(/at most 100 levels/);
  expect(() => readCollectionFile({ list: Array.from({ length: 100_000 }, () => 1e9) })).toThrow(/at most 500000/);
});

test("what is wrong in a file of version 2 is named by its place", () => {
  const entry = { value: "x" };
  const cases: [object, string[]][] = [
    [{ prompts: { a: { value: 1 } } }, ["file", "prompts", "a", "value"]],
    [{ prompts: { a: { ...entry, weight: 1 } } }, ["file", "prompts", "a"]],
    [{ prompts: { a: entry }, more: 1 }, ["file"]],
    [{ prompts: { " ": entry } }, ["file", "prompts", " "]],
    [{ prompts: { a: entry }, compositions: { a: ["a"] } }, ["file", "compositions", "a"]],
    [{ prompts: { a: entry }, compositions: { b: ["a", "c"] } }, ["file", "compositions", "b", "1"]],
    [{ prompts: { a: entry }, order: ["a", "a"] }, ["file", "order"]],
    [{ prompts: { a: entry, b: entry }, order: ["a"] }, ["file", "order"]],
    [{ prompts: { a: entry }, v1_backup: [] }, ["file", "v1_backup"]],
    [{}, ["file", "prompts"]],
  ];
  for (const [file, path] of cases)
    expect(() => readCollectionFile({ version: 2, ...file })).toThrow(expect.objectContaining({ path }));
});

test("a file of version 2 is written as it was read", () => {
  const file = {
    version: 2,
    v1_backup: null,
    prompts: { hero: { value: "$& %light%", category: "who", description: "", tags: ["a"] } },
  };
  expect(writeCollectionFile(readCollectionFile(file))).toEqual(file);
});

const name = fc.oneof(
  fc.constantFrom("girl_pos", "male_pos", "1", "02", "10", "constructor", "toString", "version", "näme 🎬"),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
);
const value = fc.oneof(fc.string({ unit: "grapheme", maxLength: 30 }), fc.constantFrom("", "%key%", "$&", "\\n\u2028"));
const other = fc.oneof(
  fc.jsonValue(),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 70n }),
  fc.constantFrom("\0", "\ud800"),
) as fc.Arbitrary<JsonObject[string]>;
const file1 = fc
  .dictionary(name, fc.oneof({ weight: 3, arbitrary: value }, { weight: 1, arbitrary: other }), { maxKeys: 12 })
  .map((file) => Object.fromEntries(Object.entries(file).filter(([key]) => key !== "version")));
const step = fc.record({
  kind: fc.constantFrom("add", "update", "rename", "remove", "reorder", "compose", "separate"),
  name,
  to: name,
  value,
  pick: fc.nat(1_000),
  tags: fc.array(fc.string({ unit: "grapheme", maxLength: 5 }), { maxLength: 3 }),
});

/** Carries an edit out; what is refused changes nothing. */
function edited(before: PromptCollection, each: typeof step extends fc.Arbitrary<infer Step> ? Step : never) {
  const names = namesOf(before);
  const known = names[each.pick % Math.max(names.length, 1)] ?? each.name;
  const order = before.prompts.map((prompt) => prompt.name);
  if ([each.name, each.to].some((text) => !promptName.safeParse(text).success)) return before;
  try {
    switch (each.kind) {
      case "add":
        return addPrompt(before, { name: each.name, ...promptFields.parse({ value: each.value, tags: each.tags }) });
      case "update":
        return updatePrompt(before, known, { value: each.value, category: each.to, description: each.value });
      case "rename":
        return renamePrompt(before, known, each.to);
      case "remove":
        return removePrompt(before, known, each.pick % 2 === 0);
      case "reorder":
        return reorderPrompts(before, [...order.slice(each.pick % 5), ...order.slice(0, each.pick % 5)]);
      case "compose":
        return composePrompts(before, each.name, [...order.slice(each.pick % 4), ...order.slice(0, 1)]);
      default:
        return { ...before, separator: each.value };
    }
  } catch (error) {
    if (error instanceof DomainError) return before;
    throw error;
  }
}

test("version 1, migrated, edited, exported and imported, is the same collection with the same backup", () => {
  fc.assert(
    fc.property(file1, fc.array(step, { maxLength: 25 }), (file, steps) => {
      const text = stringifyJson(file);
      const read = readCollectionFile(parseJson(text));
      const collection = steps.reduce(edited, read.collection);
      const exported = stringifyJson(writeCollectionFile({ collection, v1Backup: read.v1Backup }));
      const { warnings, ...again } = readCollectionFile(parseJson(exported));
      expect(warnings).toEqual([]);
      expect(again.collection).toEqual(collection);
      expect(stringifyJson(again.v1Backup)).toBe(text);
      expect(stringifyJson(writeCollectionFile(again))).toBe(exported);
      // Nothing of the file is lost, and the way back leads to where the migration began.
      expect(migrateVersion1(again.v1Backup as JsonObject).collection).toEqual(read.collection);
      const names = availableNames(again);
      expect(new Set(names).size).toBe(names.length);
      expect(names).toEqual([...names].toSorted());
      for (const each of [...namesOf(collection), ...namesOf(read.collection)]) expect(names).toContain(each);
    }),
  );
});

test("a name that JavaScript's objects do not keep is told of, and stays in the backup", () => {
  const text = '{"__proto__":"x","a":"y"}';
  const { collection, v1Backup, warnings } = readCollectionFile(parseJson(text));
  expect(collection.prompts.map((prompt) => prompt.name)).toEqual(["a"]);
  expect(warnings[1]).toContain("__proto__");
  expect(stringifyJson(v1Backup)).toBe(text);
});
