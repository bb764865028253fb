/** How many are told, and how deep they are looked for. */
const most = { texts: 200, depth: 12 };

/** Texts in a value that people may have written: those with a space in them, so that no names and ids are among them. */
export function textsIn(value: unknown): string[] {
  const found = new Set<string>();
  const look = (at: unknown, depth: number): void => {
    if (found.size >= most.texts || depth > most.depth) return;
    if (typeof at === "string") {
      if (/\S\s+\S/.test(at)) found.add(at);
    } else if (typeof at === "object" && at !== null) {
      for (const each of Object.values(at)) look(each, depth + 1);
    }
  };
  look(value, 0);
  // The longest first: one may be a part of another.
  return [...found].toSorted((a, b) => b.length - a.length);
}
