/** Tags as they are stored and looked up: trimmed, lower case, each once, in the order given; blank ones are dropped. */
export function normaliseTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim().toLowerCase()).filter((tag) => tag !== ""))];
}
