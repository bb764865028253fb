/** Tags of a state as they are stored and looked up: trimmed, lower case, each once, in the order given; blank ones go. */
export function normaliseStatusTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim().replaceAll(/\s+/g, " ").toLowerCase()).filter((tag) => tag !== ""))];
}

/** Whether two lists hold the same tags, in whatever order. */
export function sameTags(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((tag) => other.includes(tag));
}
