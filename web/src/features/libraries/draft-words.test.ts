import type { Keeping } from "./draft-keeper.ts";
import { formatClock, keepingWords } from "./draft-words.ts";

const now = new Date(2026, 4, 4, 13, 0);
const at = (day: number) => new Date(2026, 4, day, 12, 30).toISOString();
const keeping = (part: Partial<Keeping>): Keeping => ({
  state: "none",
  draft: null,
  base: null,
  failure: null,
  willRetry: false,
  ...part,
});

test("a time of another day says the day", () => {
  expect(formatClock(at(4), now)).toBe("12:30");
  expect(formatClock(at(3), now)).toBe("3 May, 12:30");
});

test("what is said of a draft: nothing, until when it is kept, or why it is not and whether it is tried again", () => {
  const draft = { id: "d", base: {}, entries: {}, updatedAt: at(4), expiresAt: at(4) };
  const failure = { code: "NETWORK", message: "The studio's server did not answer.", hint: null, issues: [] };
  expect(keepingWords(keeping({}), now)).toBeNull();
  expect(keepingWords(keeping({ state: "kept", draft }), now)).toBe("Draft kept until 12:30");
  expect(keepingWords(keeping({ state: "failed", failure, willRetry: true }), now)).toBe(
    "Not kept: The studio's server did not answer, tried again",
  );
  expect(keepingWords(keeping({ state: "failed", failure: { ...failure, message: "No." } }), now)).toBe("Not kept: No");
});
