import fc from "fast-check";
import { freeFilename, safeFilename } from "#domains/assets/logic/filename.ts";

test("a plain name stays as it is, unicode included", () => {
  expect(safeFilename("Szene 3 – Möwe.png")).toBe("Szene 3 – Möwe.png");
});

test.each([
  ["../../etc/passwd", "passwd"],
  ["C:\\shots\\a.png", "a.png"],
  ["..", "file"],
  [".env", "env"],
  ["con.png", "_con.png"],
  ["a\u0000b?.png", "a_b_.png"],
  ["", "file"],
])("%j becomes %j", (given, expected) => {
  expect(safeFilename(given)).toBe(expected);
});

test("no name leaves its folder, is empty, or is too long", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (name) => {
      const safe = safeFilename(name);
      expect(safe).toMatch(/^[^/\\\u0000-\u001f]+$/);
      expect(safe).not.toMatch(/^\.{1,2}$/);
      expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(200);
    }),
  );
});

test("taken names are counted on from __2", () => {
  expect(freeFilename("a.png", new Set())).toBe("a.png");
  expect(freeFilename("a.png", new Set(["a.png", "a__2.png"]))).toBe("a__3.png");
});
