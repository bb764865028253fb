import { createHmac, timingSafeEqual } from "node:crypto";

/** Signs paths so that a link works without a session until it expires. */
export interface SignedUrls {
  /** Adds `?expires=…&signature=…`; expiry is rounded so that a page's links stay equal for a while and caches work. */
  sign(path: string, lifetimeSecs: number): string;
  /** Whether the query of a request to that path is one that we signed and still valid. */
  verify(path: string, query: { expires?: string | undefined; signature?: string | undefined }): boolean;
}

export function createSignedUrls(secret: string, now: () => number = Date.now): SignedUrls {
  const signatureOf = (path: string, expires: number): string =>
    createHmac("sha256", secret).update(`${path}\n${expires}`).digest("base64url");
  return {
    sign: (path, lifetimeSecs) => {
      const expires = Math.ceil(now() / 1000 / lifetimeSecs + 1) * lifetimeSecs;
      return `${path}?expires=${expires}&signature=${signatureOf(path, expires)}`;
    },
    verify: (path, query) => {
      const expires = Number(query.expires);
      if (!query.signature || !Number.isSafeInteger(expires) || expires * 1000 < now()) return false;
      const expected = Buffer.from(signatureOf(path, expires));
      const given = Buffer.from(query.signature);
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
  };
}
