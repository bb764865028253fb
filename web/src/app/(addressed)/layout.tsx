import { type ReactNode, Suspense } from "react";

/**
 * Pages that read what stands behind the `?` of their address, which the browser alone knows. One boundary for all of
 * them: where each had its own, the page before made way for nothing, for 300 ms, until the next one's scripts were there.
 * Pages that do not read it stand outside: what waits in a boundary is taken over later, when answers may be there that the
 * server had not.
 */
export default function AddressedLayout({ children }: { children: ReactNode }) {
  return <Suspense>{children}</Suspense>;
}
