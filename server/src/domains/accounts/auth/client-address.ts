import type { IncomingMessage } from "node:http";
import proxyAddr from "@fastify/proxy-addr";

/** Finds the address of a client: of the nearest host that is no proxy of ours. What others say of it counts for nothing. */
export type ClientAddress = (request: IncomingMessage) => string;

/** @param trustedProxies addresses, networks, or the names that proxy-addr knows; throws for others */
export function createClientAddress(trustedProxies: readonly string[]): ClientAddress {
  const trust = proxyAddr.compile([...trustedProxies]);
  return (request) => proxyAddr(request, trust);
}
