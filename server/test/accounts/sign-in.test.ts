import { firstAdminLink } from "#domains/accounts/first-admin.service.ts";
import { goodPassword, type PasswordApp, publicUrl, startPasswordApp, tokenOf } from "#test/accounts/password-app.ts";

let app: PasswordApp;
let admin: string;
beforeAll(async () => {
  app = await startPasswordApp();
  admin = await app.firstAdmin();
});
afterAll(() => app[Symbol.asyncDispose]());

const viewer = "{ viewer { name role email } }";
const signedInTo = "{ viewer { name role email } systemStatus { isLocalMode } }";

test("nobody gets in without signing in, by HTTP or by WebSocket", async () => {
  expect(await app.ask(viewer)).toMatchObject({ data: null, errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
  const socket = await app.socket({}, false);
  socket.send({ type: "connection_init" });
  expect(await socket.closed).toMatchObject({ code: 4403 });
});

test("the first ADMIN comes by the link on the console, which works once", async () => {
  expect((await app.ask(signedInTo, {}, { cookie: admin })).data).toEqual({
    viewer: { name: "Ada", role: "ADMIN", email: "ada@studio.example" },
    systemStatus: { isLocalMode: false },
  });
  expect(await firstAdminLink(app.deps)).toBeUndefined();
  expect(await (await app.http("/auth/status")).json()).toMatchObject({ mode: "password", needsSetup: false });
});

test("a socket is opened by the cookie", async () => {
  const socket = await app.socket({ cookie: admin });
  expect((await socket.run(viewer)).data).toMatchObject({ viewer: { name: "Ada" } });
  await socket.close();
});

test("a socket is not opened from another site's page, whatever the cookie", async () => {
  const socket = await app.socket({ cookie: admin, origin: "https://evil.example" }, false);
  expect(socket.socket.readyState).toBe(socket.socket.CLOSED);
  const elsewhere = await app.socket({ cookie: admin, origin: "http://localhost:9999" }, false);
  expect(elsewhere.socket.readyState).toBe(elsewhere.socket.CLOSED);
});

test("the cookie is kept from scripts and other sites", async () => {
  const response = await app.post("/auth/sign-in/email", { email: "ADA@studio.example ", password: goodPassword });
  // Case and blanks at the ends are no reason to turn somebody away.
  expect(response.status).toBe(200);
  const [cookie] = response.headers.getSetCookie();
  expect(cookie).toMatch(/^callsheet\.session_token=/);
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
  expect(cookie).not.toMatch(/Secure/);
});

test("behind TLS the cookie travels by TLS only", async () => {
  await using secure = await startPasswordApp({
    beside: app,
    config: { auth: { ...app.config.auth, publicUrl: "https://studio.example" } },
  });
  const response = await secure.post(
    "/auth/sign-in/email",
    { email: "ada@studio.example", password: goodPassword },
    { origin: "https://studio.example" },
  );
  expect(response.headers.getSetCookie()[0]).toMatch(/^__Secure-callsheet\.session_token=.*Secure/);
});

test("a wrong password, an unknown address and a form that is none are answered alike", async () => {
  const answers = await Promise.all(
    [
      { email: "ada@studio.example", password: "lanterns in the dark" },
      { email: "nobody@studio.example", password: "lanterns in the dark" },
      { email: "no address", password: "x" },
      { email: 7 },
    ].map(async (body) => {
      const response = await app.post("/auth/sign-in/email", body);
      return [response.status, await response.text(), response.headers.getSetCookie()];
    }),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]?.[0]).toBe(401);
});

test("a page of another site can't sign anybody in or out", async () => {
  const elsewhere = { origin: "https://evil.example", cookie: admin };
  expect((await app.post("/auth/sign-out", {}, elsewhere)).status).toBe(403);
  expect((await app.ask(viewer, {}, { cookie: admin })).data).not.toBeNull();
});

test("what the library could do besides is not reachable", async () => {
  for (const path of [
    "sign-up/email",
    "delete-user",
    "update-user",
    "list-sessions",
    "reset-password",
    "sign-in/social",
  ])
    expect((await app.post(`/auth/${path}`, {}, { cookie: admin })).status).toBe(404);
});

test("signing out ends the session and closes its socket; signing out everywhere ends all", async () => {
  const [one, two, three] = [await app.signIn("ada@studio.example"), await app.signIn("ada@studio.example"), admin];
  const socket = await app.socket({ cookie: one });
  const other = await app.socket({ cookie: two });
  expect((await app.post("/auth/sign-out", {}, { cookie: one })).status).toBe(200);
  expect(await socket.closed).toMatchObject({ code: 4401 });
  expect((await app.ask(viewer, {}, { cookie: one })).data).toBeNull();
  expect((await other.run(viewer)).data).not.toBeNull();
  expect((await app.post("/auth/revoke-sessions", {}, { cookie: two })).status).toBe(200);
  expect(await other.closed).toMatchObject({ code: 4401 });
  for (const cookie of [two, three]) expect((await app.ask(viewer, {}, { cookie })).data).toBeNull();
  admin = await app.signIn("ada@studio.example");
});

test("asking who is signed in takes no cookie away: the browser may have the next session's by then", async () => {
  const ended = await app.signIn("ada@studio.example");
  expect((await app.post("/auth/sign-out", {}, { cookie: ended })).status).toBe(200);
  const response = await app.http("/auth/get-session", { headers: { cookie: ended } });
  expect(await response.json()).toBeNull();
  expect(response.headers.getSetCookie()).toEqual([]);
});

test("a forged or altered cookie is nobody's", async () => {
  for (const cookie of [
    admin.replace(/=(.)/, (_found, first) => (first === "x" ? "=y" : "=x")),
    `${admin}x`,
    "callsheet.session_token=",
    "callsheet.session_token=a.b",
  ])
    expect((await app.ask(viewer, {}, { cookie })).errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
});

test("attempts are written down, with who came and from where, for ADMIN to read", async () => {
  await app.post(
    "/auth/sign-in/email",
    { email: "stranger@studio.example", password: "x" },
    { "x-forwarded-for": "203.0.113.9" },
  );
  const { data } = await app.ask(
    "{ signInEvents(first: 1) { nodes { email isSuccess method address user { name } } } }",
    {},
    { cookie: admin },
  );
  expect(data.signInEvents.nodes).toEqual([
    { email: "stranger@studio.example", isSuccess: false, method: "PASSWORD", address: "203.0.113.9", user: null },
  ]);
});

test("a new password that is too short is told at its field, and is no failed attempt; other sessions stay unless said", async () => {
  const [here, there] = [await app.signIn("ada@studio.example"), await app.signIn("ada@studio.example")];
  const change = (newPassword: string) =>
    app.post("/auth/change-password", { currentPassword: goodPassword, newPassword }, { cookie: here });
  const failed = { method: "PASSWORD_CHANGE" as const, outcome: "FAILED" as const };
  const before = await app.deps.db.prisma.signInEvent.count({ where: failed });
  const refused = await change("short");
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ issues: [{ path: ["newPassword"] }] });
  expect(await app.deps.db.prisma.signInEvent.count({ where: failed })).toBe(before);
  expect((await change("another pass phrase")).status).toBe(200);
  expect((await app.ask(viewer, {}, { cookie: there })).data).not.toBeNull();
  await app.post(
    "/auth/change-password",
    { currentPassword: "another pass phrase", newPassword: goodPassword },
    { cookie: here },
  );
});

test("a password is changed by who knows the old one, and the other sessions can be ended with it", async () => {
  const other = await app.signIn("ada@studio.example");
  const change = (currentPassword: string) =>
    app.post(
      "/auth/change-password",
      { currentPassword, newPassword: "a longer pass phrase", revokeOtherSessions: true },
      { cookie: admin },
    );
  expect((await change("not the old one")).status).toBe(400);
  const response = await change(goodPassword);
  expect(response.status).toBe(200);
  expect((await app.ask(viewer, {}, { cookie: other })).data).toBeNull();
  admin = await app.signIn("ada@studio.example", "a longer pass phrase");
});

test("no token is stored as it is", async () => {
  const { url } = (
    await app.ask(
      'mutation { createInvitation(input: { email: "x@studio.example", role: VIEWER }) { ... on CreateInvitationPayload { url } } }',
      {},
      { cookie: admin },
    )
  ).data.createInvitation;
  expect(url).toMatch(new RegExp(`^${publicUrl}/join#`));
  const stored = JSON.stringify(await app.deps.db.prisma.accountLink.findMany());
  expect(stored).not.toContain(tokenOf(url));
});

const deep = "[".repeat(5_000) + "]".repeat(5_000);
const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  app.http(path, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });

test.each([
  ["lists in lists", `{"email":"a@b.c","password":${deep}}`],
  ["long numbers in lists in lists", `{"email":"a@b.c","password":${deep.replace("[]", "[12345678901234567890]")}}`],
  ["an object for an address", '{"email":{"$ne":1},"password":"x"}'],
  ["a list", "[]"],
  ["a text", '"email"'],
  ["half a form", '{"email":'],
  ["a password of a million characters", JSON.stringify({ email: "a@b.c", password: "x".repeat(1_000_000) })],
])("%s is no form that anybody signs in with, and no attempt", async (_what, body) => {
  const attempts = await app.deps.db.prisma.signInEvent.count();
  for (const path of [
    "/sign-in/email",
    "/links/look",
    "/links/accept",
    "/change-password",
    "/sign-out",
    "/revoke-sessions",
  ]) {
    const response = await post(`/auth${path}`, body, { cookie: admin });
    expect([path, response.status, await response.json()]).toEqual([
      path,
      400,
      { code: "BAD_REQUEST", message: expect.any(String) },
    ]);
  }
  expect(await app.deps.db.prisma.signInEvent.count()).toBe(attempts);
  expect((await app.ask(viewer, {}, { cookie: admin })).data).not.toBeNull();
});
