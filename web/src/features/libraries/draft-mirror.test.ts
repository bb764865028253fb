import { fromText, type Mirrored, newerOf, toText } from "./draft-mirror.ts";

const mirrored: Mirrored = {
  at: "2026-05-04T12:30:00.000Z",
  beyond: "2026-05-04T12:29:00.000Z",
  draft: {
    edits: new Map([
      ["base", { key: "base", text: "50mm" }],
      ["mood", null],
    ]),
    added: [{ id: "1", key: "", text: "not yet named" }],
  },
};

test("what is written is read again, unnamed rows included", () => {
  expect(fromText(toText(mirrored))).toEqual(mirrored);
});

test.each([
  null,
  "",
  "{",
  "[]",
  "null",
  JSON.stringify({ version: 2, at: mirrored.at, beyond: null, edits: [["a", null]], added: [] }),
  JSON.stringify({ version: 1, at: "yesterday", beyond: null, edits: [["a", null]], added: [] }),
  JSON.stringify({ version: 1, at: mirrored.at, edits: [["a", null]], added: [] }),
  JSON.stringify({ version: 1, at: mirrored.at, beyond: null, edits: [], added: [] }),
  JSON.stringify({
    version: 1,
    at: mirrored.at,
    beyond: null,
    edits: [
      [3, null],
      ["b", { key: 1 }],
    ],
    added: ["x"],
  }),
])("%j is ignored", (text) => {
  expect(fromText(text)).toBeNull();
});

test("the newer one is offered; one that goes beyond the server's draft is newer whatever the clocks say", () => {
  expect(newerOf(null, null)).toBeNull();
  expect(newerOf({ updatedAt: "2026-05-04T12:00:00Z" }, null)).toBe("kept");
  expect(newerOf(null, mirrored)).toBe("mirrored");
  expect(newerOf({ updatedAt: "2026-05-04T12:29:30Z" }, mirrored)).toBe("mirrored");
  expect(newerOf({ updatedAt: "2026-05-04T12:31:00Z" }, mirrored)).toBe("kept");
  const slow = { ...mirrored, at: "2026-05-04T11:00:00Z" };
  expect(newerOf({ updatedAt: "2026-05-04T12:29:00.000Z" }, slow)).toBe("mirrored");
});
