export interface LiveAddress {
  /** The API's WebSocket; null is the page's own address, which passes it on. */
  url: string | null;
}

let known: string | undefined;

/** Where live updates come from. Never rejects: the page's own address does as well. */
export async function liveAddress(): Promise<string> {
  if (known !== undefined) return known;
  const ownAddress = `${window.location.origin.replace(/^http/, "ws")}/graphql`;
  try {
    const { url } = (await (await fetch("/live-address")).json()) as LiveAddress;
    return (known = url ?? ownAddress);
  } catch {
    return ownAddress;
  }
}
