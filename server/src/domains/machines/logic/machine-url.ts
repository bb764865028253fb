import { BlockList, isIP } from "node:net";

/** Hosts at which clouds hand out credentials. */
const metadataHosts = new Set(["metadata.google.internal", "metadata", "instance-data", "instance-data.ec2.internal"]);

/** Addresses that are nobody's machine: link-local ones and those of metadata services, and "this host". */
const refused = new BlockList();
refused.addSubnet("169.254.0.0", 16, "ipv4");
refused.addSubnet("0.0.0.0", 8, "ipv4");
refused.addAddress("100.100.100.200", "ipv4");
refused.addSubnet("fe80::", 10, "ipv6");
refused.addAddress("fd00:ec2::254", "ipv6");
refused.addAddress("::", "ipv6");

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
  const host = hostOf(url);
  if (metadataHosts.has(host)) return "is a cloud's metadata address";
  return isIP(host) === 0 ? null : addressProblem(host);
}

/** Why an IP address can't be a machine's, or null. Also for what a name resolves to. */
export function addressProblem(address: string): string | null {
  const plain = plainAddress(address);
  return refused.check(plain, isIP(plain) === 6 ? "ipv6" : "ipv4") ? "is a link-local or metadata address" : null;
}

/** The address itself, or the IPv4 address that is written in it. */
export function plainAddress(address: string): string {
  return embeddedIpv4(address) ?? address;
}

/** The host without brackets and without the dot that ends a full name. */
export function hostOf(url: URL): string {
  return url.hostname
    .replace(/^\[|\]$/g, "")
    .replace(/\.+$/, "")
    .toLowerCase();
}

/** The URL without trailing slashes, so that one machine is not added twice. */
export function normaliseMachineUrl(text: string): string {
  return new URL(text).href.replace(/\/+$/, "");
}

/** Ways to write an IPv4 address as IPv6: mapped, compatible, and through a NAT64 or 6to4 gateway. */
function embeddedIpv4(address: string): string | null {
  if (isIP(address) !== 6) return null;
  const words = wordsOf(address);
  const [high, low] =
    words.slice(0, 5).every((word) => word === 0) && (words[5] === 0xffff || words[5] === 0)
      ? [words[6], words[7]]
      : words[0] === 0x64 && words[1] === 0xff9b
        ? [words[6], words[7]]
        : words[0] === 0x2002
          ? [words[1], words[2]]
          : [];
  if (high === undefined || low === undefined || (high === 0 && low <= 1)) return null;
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** The eight words of an IPv6 address. */
function wordsOf(address: string): number[] {
  // URL parsers and resolvers may leave the last two words in dotted form.
  const text = address
    .replace(/%.*$/, "")
    .replace(
      /(\d+)\.(\d+)\.(\d+)\.(\d+)$/,
      (_all, a, b, c, d) => `${((+a << 8) | +b).toString(16)}:${((+c << 8) | +d).toString(16)}`,
    );
  const [head = "", tail] = text.split("::");
  const read = (part: string | undefined): number[] =>
    part ? part.split(":").map((word) => Number.parseInt(word, 16)) : [];
  const [left, right] = [read(head), read(tail)];
  return tail === undefined ? left : [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}
