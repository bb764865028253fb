import fc from "fast-check";
import { returnPath, signInPath } from "#lib/auth/return-path.ts";

const studio = "https://studio.example";

test("whatever a link says, the way back stays in the studio", () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom("/", "\\", "//", "@", ":", "\t", "\n", "..", "evil.example", "https:"),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const path = returnPath(parts.join(""));
      expect(new URL(path, studio).origin).toBe(studio);
      expect(path.startsWith("/")).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "/.//evil.example",
])("%j leads to the queue", (wanted) => {
  expect(returnPath(wanted)).toBe("/");
});

test("a page with its filters and its place is returned to", () => {
  const [, to] = signInPath({ pathname: "/gallery", search: "?status=review", hash: "#3" }).split("?to=");
  expect(returnPath(decodeURIComponent(to ?? ""))).toBe("/gallery?status=review#3");
});

test("nobody returns to the door", () => {
  expect(returnPath("/sign-in?to=/sign-in")).toBe("/");
  expect(signInPath({ pathname: "/join", search: "", hash: "#token" })).toBe("/sign-in");
});
