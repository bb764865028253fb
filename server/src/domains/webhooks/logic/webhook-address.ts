import { BlockList, isIP } from "node:net";
import { addressProblem, hostOf, machineUrlProblem, plainAddress } from "#domains/machines/logic/machine-url.ts";

/** Addresses of this machine and of networks that are not the internet. */
const privateAddresses = new BlockList();
privateAddresses.addSubnet("10.0.0.0", 8, "ipv4");
privateAddresses.addSubnet("100.64.0.0", 10, "ipv4");
privateAddresses.addSubnet("127.0.0.0", 8, "ipv4");
privateAddresses.addSubnet("172.16.0.0", 12, "ipv4");
privateAddresses.addSubnet("192.168.0.0", 16, "ipv4");
privateAddresses.addSubnet("198.18.0.0", 15, "ipv4");
privateAddresses.addAddress("::1", "ipv6");
privateAddresses.addSubnet("fc00::", 7, "ipv6");
privateAddresses.addSubnet("fec0::", 10, "ipv6");

/** Addresses at which nobody can listen. */
const nobodys = new BlockList();
nobodys.addSubnet("192.0.0.0", 24, "ipv4");
nobodys.addSubnet("224.0.0.0", 4, "ipv4");
nobodys.addSubnet("240.0.0.0", 4, "ipv4");
nobodys.addSubnet("100::", 64, "ipv6");
nobodys.addSubnet("ff00::", 8, "ipv6");

/** Why an IP address is not sent to, or null. */
export function webhookAddressProblem(address: string, allowPrivate: boolean): string | null {
  const problem = addressProblem(address);
  if (problem) return problem;
  const plain = plainAddress(address);
  const family = isIP(plain) === 6 ? "ipv6" : "ipv4";
  if (nobodys.check(plain, family)) return "is a multicast or reserved address";
  return !allowPrivate && privateAddresses.check(plain, family)
    ? "is an address of this machine or of a private network; CALLSHEET_WEBHOOK_ALLOW_PRIVATE=true allows those"
    : null;
}

/** Why a URL can't be a webhook's, or null. What its name resolves to is looked at whenever something is sent. */
export function webhookUrlProblem(text: string, allowPrivate: boolean): string | null {
  if (!URL.canParse(text)) return "must be a URL such as https://hooks.studio.example/callsheet";
  const url = new URL(text);
  if (url.username || url.password) return "must not contain a user or password; receivers check the signature";
  if (url.hash) return "must not contain #";
  // Receivers tell their senders apart by what follows the question mark; machines have nothing there.
  const problem = machineUrlProblem(`${url.origin}${url.pathname}`);
  if (problem || isIP(hostOf(url)) === 0) return problem;
  return webhookAddressProblem(hostOf(url), allowPrivate);
}
