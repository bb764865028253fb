import { createHash, randomBytes } from "node:crypto";

/** Begins every API key, so that scanners of leaked secrets can tell what it is. */
export const keyPrefix = "cs_";

/** 256 random bits, fit for a URL: nobody guesses it, so that a plain hash of it is as good as a slow one. */
export function newSecret(prefix = ""): string {
  return `${prefix}${randomBytes(32).toString("base64url")}`;
}

/** What is stored of a secret, and looked up by: an index on it tells nothing of the secret by how long it takes. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
