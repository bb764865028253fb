import { diffWordsWithSpace } from "diff";

export interface Piece {
  text: string;
  kind: "same" | "added" | "removed";
}

/** Texts that differ in almost everything would hold up the page; they are shown whole instead. */
const limitMs = 100;
/** Shorter texts are easier read one after the other. */
const longFrom = 24;

/** Two texts as pieces that stayed, came and went; null when that would not help to read them, or takes too long. */
export function wordDiff(before: unknown, after: unknown): Piece[] | null {
  if (typeof before !== "string" || typeof after !== "string") return null;
  if (Math.max(before.length, after.length) < longFrom) return null;
  const changes = diffWordsWithSpace(before, after, { timeout: limitMs });
  if (!changes?.some(({ added, removed, value }) => !added && !removed && value.trim() !== "")) return null;
  return changes.map(({ value, added, removed }) => ({
    text: value,
    kind: added ? "added" : removed ? "removed" : "same",
  }));
}
