import { isHostAllowed, isOriginAllowed } from "#domains/accounts/auth/allowed-origins.ts";

const local = { auth: { mode: "local" as const, publicUrl: "http://localhost:3000" }, corsOrigins: [] };
const named = { ...local, auth: { ...local.auth, publicUrl: "https://callsheet.studio.example" } };
const password = { ...named, auth: { ...named.auth, mode: "password" as const } };

test.each([
  ["localhost:4000", true],
  ["127.0.0.1:4000", true],
  ["[::1]:4000", true],
  ["192.168.1.20:3000", true],
  ["render-box:3000", true],
  ["render-box.local", true],
  ["nas.lan", true],
  ["host.docker.internal:4000", true],
  ["evil.example", false],
  ["127.0.0.1.evil.example", false],
  ["evil.example#.local", false],
  ["callsheet.studio.example", false],
  [undefined, false],
  ["", false],
])("without a login, a request to the host %s is answered: %s", (host, isAnswered) => {
  expect(isHostAllowed(host, local as never)).toBe(isAnswered);
});

test("a name that is configured may lead here, and any name where people sign in", () => {
  expect(isHostAllowed("callsheet.studio.example", named as never)).toBe(true);
  expect(isHostAllowed("other.studio.example", named as never)).toBe(false);
  const listed = { ...local, corsOrigins: ["https://tools.studio.example"] };
  expect(isHostAllowed("tools.studio.example:4000", listed as never)).toBe(true);
  expect(isHostAllowed("other.studio.example", password as never)).toBe(true);
});

test("pages of the host that they ask are its own, but not under a name that anybody could make lead here", () => {
  expect(isOriginAllowed("http://192.168.1.20:3000", "192.168.1.20:3000", local as never)).toBe(true);
  expect(isOriginAllowed("http://192.168.1.21:3000", "192.168.1.20:3000", local as never)).toBe(false);
  expect(isOriginAllowed("http://evil.example", "evil.example", local as never)).toBe(false);
  expect(isOriginAllowed("http://192.168.1.20:3000", "192.168.1.20:3000", password as never)).toBe(false);
});
