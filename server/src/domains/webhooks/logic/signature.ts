import { randomBytes } from "node:crypto";
import { Webhook as Signer } from "standardwebhooks";

const prefix = "whsec_";

/** A secret in the form of the Standard Webhooks specification. */
export const newSecret = (): string => `${prefix}${randomBytes(32).toString("base64")}`;

/** Why a secret that somebody brings can't be one, or null: it has to carry 24 to 64 bytes. */
export function secretProblem(text: string): string | null {
  const encoded = text.startsWith(prefix) ? text.slice(prefix.length) : "";
  const bytes = Buffer.from(encoded, "base64");
  const isExact = bytes.toString("base64") === encoded;
  return isExact && bytes.length >= 24 && bytes.length <= 64
    ? null
    : "must be whsec_ and the base64 of 24 to 64 random bytes";
}

/** The headers that a receiver needs to see who sent this. While a secret is replaced both sign. */
export function signedHeaders(
  deliveryId: string,
  at: Date,
  body: string,
  secrets: readonly string[],
): Record<string, string> {
  return {
    "webhook-id": deliveryId,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
    "webhook-signature": secrets.map((secret) => new Signer(secret).sign(deliveryId, at, body)).join(" "),
  };
}
