import fc from "fast-check";
import { mergeEntries } from "#domains/libraries/logic/merge-entries.ts";

test("changes of both sides are kept, and what both changed differently is told", () => {
  const base = { a: "1", b: "2", c: "3", d: "4" };
  const mine = { a: "mine", b: "2", d: "same", e: "new" };
  const theirs = { a: "theirs", b: "two", c: "3", d: "same", f: "new" };
  expect(mergeEntries(base, mine, theirs)).toEqual({
    entries: { a: "mine", b: "two", d: "same", e: "new", f: "new" },
    conflicts: [{ key: "a", base: "1", mine: "mine", theirs: "theirs" }],
  });
});

test("an entry that one removed and the other changed is a conflict", () => {
  expect(mergeEntries({ a: "1" }, {}, { a: "2" })).toEqual({
    entries: {},
    conflicts: [{ key: "a", base: "1", mine: null, theirs: "2" }],
  });
  expect(mergeEntries({ a: "1" }, { a: "2" }, {})).toEqual({
    entries: { a: "2" },
    conflicts: [{ key: "a", base: "1", mine: "2", theirs: null }],
  });
});

test("a side that changed nothing takes the other's state, and a merge with oneself changes nothing", () => {
  const entries = fc.dictionary(
    fc.constantFrom("a", "b", "c", "__proto_", "constructor"),
    fc.constantFrom("1", "2", ""),
  );
  fc.assert(
    fc.property(entries, entries, (base, other) => {
      expect(mergeEntries(base, base, other)).toEqual({ entries: { ...other }, conflicts: [] });
      expect(mergeEntries(base, other, base)).toEqual({ entries: { ...other }, conflicts: [] });
      expect(mergeEntries(base, other, other)).toEqual({ entries: { ...other }, conflicts: [] });
    }),
  );
});
