import { normaliseEntries } from "#domains/libraries/logic/normalise-entries.ts";

test("keys are lower case with underscores, sorted; texts stay as they are", () => {
  const { entries, issues } = normaliseEntries({ "Soft-Light": " x ", "a b": "$&" });
  expect(entries).toEqual({ a_b: "$&", soft_light: " x " });
  expect(Object.keys(entries)).toEqual(["a_b", "soft_light"]);
  expect(issues).toEqual([]);
});

test("every wrong entry is named", () => {
  const { issues } = normaliseEntries({ "a.b": "x", n: 1, nul: "\0", "Key one": "1", key_one: "2", "": "x" });
  expect(issues.map(({ path }) => path)).toEqual([
    ["entries", "a.b"],
    ["entries", "n"],
    ["entries", "nul"],
    ["entries", "key_one"],
    ["entries", ""],
  ]);
});

test("a name of JavaScript's own is a key like any other, or is refused, and never vanishes", () => {
  const { entries, issues } = normaliseEntries(JSON.parse(`{ "constructor": "c", "__proto__": "p" }`));
  expect(Object.entries(entries)).toEqual([["constructor", "c"]]);
  expect(issues.map(({ path }) => path)).toEqual([["entries", "__proto__"]]);
});

test.each([[null], [[]], ["text"], [7]])("%j is no map", (given) => {
  expect(normaliseEntries(given).issues).toHaveLength(1);
});
