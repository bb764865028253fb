/** 128 random bits as text. Works on plain-HTTP pages too, where crypto.randomUUID does not exist. */
export function uniqueKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
