/** What a person wrote as a JSON object; nothing written is an empty one. */
export function parseObject(
  text: string,
): { value: Record<string, unknown>; problem?: undefined } | { problem: string } {
  if (text.trim() === "") return { value: {} };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return { value: value as Record<string, unknown> };
    return { problem: 'Must be an object, such as {"temperature": 0.3}.' };
  } catch (error) {
    return { problem: `This is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** An object as it is edited; nothing for an empty one. */
export function writeObject(value: unknown): string {
  const isEmpty = typeof value !== "object" || value === null || Object.keys(value).length === 0;
  return isEmpty ? "" : JSON.stringify(value, null, 2);
}
