/** Tags as they are typed, separated by commas; as the server keeps them, each once and in lower case. */
export function parseTags(typed: string): string[] {
  const tags = typed.split(",").map((tag) => tag.trim().toLowerCase());
  return [...new Set(tags.filter(Boolean))];
}
