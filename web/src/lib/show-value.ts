/** A JSON value as a line of text; nothing for null. */
export function showValue(value: unknown): string {
  if (typeof value === "string") return value;
  return value === null || value === undefined ? "" : JSON.stringify(value);
}
