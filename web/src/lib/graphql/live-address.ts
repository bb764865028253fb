export interface LiveAddress {
  /** The API's WebSocket; null is the page's own address, which passes it on. */
  url: string | null;
}

/** How long the answer may take, in ms: the page's own address does as well. */
const patienceMs = 5_000;

/**
 * Where live updates come from: asked once, before the first connection. It never rejects; without an answer it is the
 * page's own address, and the next connection asks again.
 * @param origin of the page
 */
export function createLiveAddress(origin: string, ask: typeof fetch = fetch): () => Promise<string> {
  let known: string | undefined;
  const ofPage = `${origin.replace(/^http/, "ws")}/graphql`;
  return async () => {
    if (known !== undefined) return known;
    try {
      const response = await ask("/live-address", { signal: AbortSignal.timeout(patienceMs) });
      const { url } = (await response.json()) as LiveAddress;
      return (known = url ?? ofPage);
    } catch {
      return ofPage;
    }
  };
}
