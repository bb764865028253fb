import { type Claims, type OidcProvider, startOidcProvider } from "#test/accounts/oidc-provider.ts";
import { type PasswordApp, passwordMode, publicUrl, startPasswordApp } from "#test/accounts/password-app.ts";

let provider: OidcProvider;
let app: PasswordApp;
let admin: string;
beforeAll(async () => {
  provider = await startOidcProvider();
  const oidc = { issuer: provider.issuer, clientId: "callsheet", clientSecret: "hunter2", name: "Studio ID" };
  app = await startPasswordApp({ config: { auth: { ...passwordMode, oidc } } });
  admin = await app.firstAdmin();
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

/** Goes the way of a browser. @returns where it ends, and its cookies */
async function signInThere(claims: Claims) {
  provider.letIn(claims);
  const begun = await app.post("/auth/sign-in/social", { callbackURL: "/jobs" });
  const { url } = (await begun.json()) as { url: string };
  const cookies = (response: Response) => response.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  const there = await fetch(url, { redirect: "manual" });
  const back = new URL(there.headers.get("location") ?? "");
  expect(back.origin).toBe(publicUrl);
  const done = await app.http(`${back.pathname}${back.search}`, {
    redirect: "manual",
    headers: { cookie: cookies(begun).join("; ") },
  });
  return { location: done.headers.get("location") ?? "", cookie: cookies(done).join("; ") };
}
const ada: Claims = { sub: "ada-1", email: "ada@studio.example", email_verified: true, name: "Ada L." };

test("pages are told by which name the provider goes", async () => {
  expect(await (await app.http("/auth/status")).json()).toMatchObject({ identityProvider: { name: "Studio ID" } });
});

test("somebody of the studio signs in at the provider, which is written down", async () => {
  const { location, cookie } = await signInThere(ada);
  expect(location).toMatch(/\/jobs$/);
  expect((await app.ask("{ viewer { name role } }", {}, { cookie })).data).toEqual({
    viewer: { name: "Ada", role: "ADMIN" },
  });
  const { data } = await app.ask(
    "{ signInEvents(first: 1) { nodes { method isSuccess user { name } } } }",
    {},
    { cookie },
  );
  expect(data.signInEvents.nodes).toEqual([{ method: "OIDC", isSuccess: true, user: { name: "Ada" } }]);
});

test.each([
  ["somebody whom nobody invited", { ...ada, sub: "eve-1", email: "eve@studio.example" }],
  ["somebody who only says that the address is the other's", { ...ada, sub: "eve-2", email_verified: false }],
])("%s does not get in", async (_who, claims) => {
  const people = await app.deps.db.prisma.user.count();
  const { location, cookie } = await signInThere(claims);
  expect(location).toMatch(/error=/);
  expect((await app.ask("{ viewer { name } }", {}, { cookie })).data).toBeNull();
  expect(await app.deps.db.prisma.user.count()).toBe(people);
});

test("somebody who is disabled does not get in", async () => {
  const cleo = { ...ada, sub: "cleo-1", email: "cleo@studio.example" };
  await app.person(admin, cleo.email, "CREATOR");
  const { cookie } = await signInThere(cleo);
  const id = (await app.ask("{ viewer { id } }", {}, { cookie })).data.viewer.id;
  await app.ask("mutation ($id: ID!) { disableUser(input: { id: $id }) { __typename } }", { id }, { cookie: admin });
  const again = await signInThere(cleo);
  expect((await app.ask("{ viewer { id } }", {}, { cookie: again.cookie })).data).toBeNull();
});
