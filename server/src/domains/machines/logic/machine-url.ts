import { isIP } from "node:net";

/** Hosts at which clouds hand out credentials. */
const metadataHosts = new Set(["metadata.google.internal", "metadata", "instance-data", "fd00:ec2::254", "100.100.100.200"]);

/**
 * Why a URL can't be a machine's, or null when it can. The address is an ADMIN's word, but it makes this server send
 * requests, so link-local and metadata addresses are refused.
 */
export function machineUrlProblem(text: string): string | null {
  if (!URL.canParse(text)) return "must be a URL such as http://10.0.0.5:8188";
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") return "must start with http:// or https://";
  if (url.username || url.password) return "must not contain a user or password; use apiKey";
  if (url.search || url.hash) return "must not contain ? or #";
  const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const plain = host.startsWith("::ffff:") ? mappedIpv4(host) : host;
  if (metadataHosts.has(plain)) return "is a cloud's metadata address";
  if (isIP(plain) === 4 && (plain.startsWith("169.254.") || plain.startsWith("0."))) return "is a link-local address";
  if (isIP(plain) === 6 && /^fe[89ab]/.test(plain)) return "is a link-local address";
  return null;
}

/** The URL without trailing slashes, so that one machine is not added twice. */
export function normaliseMachineUrl(text: string): string {
  return new URL(text).href.replace(/\/+$/, "");
}

/** "::ffff:a9fe:a9fe", as URL parsers write it, is 169.254.169.254. */
function mappedIpv4(host: string): string {
  const words = host.slice("::ffff:".length).split(":");
  if (words.length !== 2) return words[0] ?? host;
  return words.flatMap((word) => [Number.parseInt(word, 16) >> 8, Number.parseInt(word, 16) & 255]).join(".");
}
