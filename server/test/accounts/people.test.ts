import { firstAdminLink } from "#domains/accounts/first-admin.service.ts";
import { type PasswordApp, startPasswordApp, tokenOf } from "#test/accounts/password-app.ts";

let app: PasswordApp;
let admin: string;
beforeAll(async () => {
  app = await startPasswordApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const run = async (cookie: string, query: string, variables: object = {}) => {
  const { data, errors } = await app.ask(query, variables, { cookie });
  if (errors) throw new Error(errors[0]?.message);
  return Object.values(data)[0] as any;
};
const invite = (email: string, more = "") =>
  run(
    admin,
    `mutation { createInvitation(input: { email: "${email}", role: CREATOR ${more} }) {
      __typename ... on CreateInvitationPayload { url invitation { id status } } ... on Error { code path } } }`,
  );
const look = async (url: string) => app.post("/auth/links/look", { token: tokenOf(url) });
const idOf = async (cookie: string): Promise<string> => (await run(cookie, "{ viewer { id } }")).id;

test("a link for the first ADMIN ends with the next one, wants a whole person, and works once", async () => {
  const first = await firstAdminLink(app.deps);
  const second = await firstAdminLink(app.deps);
  const ada = { name: "Ada", email: "ada@studio.example" };
  expect((await app.accept(first, ada)).status).toBe(404);
  expect(await (await app.accept(second, { ...ada, password: "short", email: "x" })).json()).toMatchObject({
    code: "VALIDATION",
    issues: [{ path: ["password"] }, { path: ["email"] }],
  });
  const answers = await Promise.all([app.accept(second, ada), app.accept(second, ada)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404]);
  admin = await app.signIn("ada@studio.example");
});

test("an invitation says what it is for, lets one person in, and is then used", async () => {
  const { url, invitation } = await invite("Cleo@studio.example", 'name: "Cleo"');
  expect(invitation.status).toBe("OPEN");
  expect(await (await look(url)).json()).toMatchObject({
    kind: "INVITATION",
    email: "cleo@studio.example",
    name: "Cleo",
    role: "CREATOR",
    projects: [],
  });
  expect((await app.accept(url, { email: "ada@studio.example" })).status).toBe(200);
  const cleo = await app.signIn("cleo@studio.example");
  expect(await run(cleo, "{ viewer { name role email } }")).toEqual({
    name: "Cleo",
    role: "CREATOR",
    email: "cleo@studio.example",
  });
  expect((await look(url)).status).toBe(404);
  expect((await app.accept(url)).status).toBe(404);
  const { nodes } = await run(admin, "{ invitations { nodes { status email user { name } createdBy { name } } } }");
  expect(nodes).toEqual([
    { status: "USED", email: "cleo@studio.example", user: { name: "Cleo" }, createdBy: { name: "Ada" } },
  ]);
});

test("an invitation that is revoked, replaced or expired lets nobody in", async () => {
  const earlier = await invite("dora@studio.example");
  const later = await invite("dora@studio.example");
  expect((await look(earlier.url)).status).toBe(404);
  await run(admin, "mutation ($id: ID!) { revokeInvitation(input: { id: $id }) { __typename } }", {
    id: later.invitation.id,
  });
  expect((await app.accept(later.url)).status).toBe(404);
  const third = await invite("dora@studio.example");
  await app.deps.db.prisma.accountLink.updateMany({
    where: { usedAt: null },
    data: { expiresAt: new Date(Date.now() - 1) },
  });
  expect((await app.accept(third.url)).status).toBe(404);
  expect(await invite("cleo@studio.example")).toMatchObject({ code: "EMAIL_TAKEN", path: ["email"] });
  expect(await invite("no address")).toMatchObject({ __typename: "ValidationError", path: ["email"] });
});

test("a password is set anew by a link from ADMIN, which ends the sessions", async () => {
  const cleo = await app.signIn("cleo@studio.example");
  const id = await idOf(cleo);
  const { url } = await run(
    admin,
    "mutation ($id: ID!) { createPasswordReset(input: { id: $id }) { ... on CreatePasswordResetPayload { url } } }",
    { id },
  );
  expect((await app.accept(url, { password: "quite another one" })).status).toBe(200);
  expect((await app.ask("{ viewer { id } }", {}, { cookie: cleo })).data).toBeNull();
  await expect(app.signIn("cleo@studio.example")).rejects.toThrow("401");
  expect(await idOf(await app.signIn("cleo@studio.example", "quite another one"))).toBe(id);
});

test("somebody who is disabled is out at once, and can be let in again", async () => {
  const cleo = await app.signIn("cleo@studio.example", "quite another one");
  const id = await idOf(cleo);
  const socket = await app.socket({ cookie: cleo });
  const set = (name: string) =>
    run(
      admin,
      `mutation ($id: ID!) { ${name}(input: { id: $id }) { ... on ${name === "disableUser" ? "Dis" : "En"}ableUserPayload { user { isDisabled } } } }`,
      { id },
    );
  expect(await set("disableUser")).toEqual({ user: { isDisabled: true } });
  expect(await socket.closed).toMatchObject({ code: 4401 });
  await expect(app.signIn("cleo@studio.example", "quite another one")).rejects.toThrow("401");
  expect(await set("enableUser")).toEqual({ user: { isDisabled: false } });
  await app.signIn("cleo@studio.example", "quite another one");
});

test("the last ADMIN stays one, and a role that changes holds at once", async () => {
  const me = await idOf(admin);
  const role = (id: string, to: string) =>
    run(
      admin,
      `mutation ($id: ID!) { setUserRole(input: { id: $id, role: ${to} }) { __typename ... on Error { code } } }`,
      { id },
    );
  expect(await role(me, "VIEWER")).toMatchObject({ code: "LAST_ADMIN" });
  expect(
    await run(admin, "mutation ($id: ID!) { disableUser(input: { id: $id }) { ... on Error { code } } }", { id: me }),
  ).toEqual({ code: "LAST_ADMIN" });
  const cleo = await app.signIn("cleo@studio.example", "quite another one");
  const users = '{ users(search: "CLE") { totalCount nodes { name email } } }';
  expect((await app.ask(users, {}, { cookie: cleo })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  expect(await role(await idOf(cleo), "ADMIN")).toMatchObject({ __typename: "SetUserRolePayload" });
  expect(await run(cleo, users)).toEqual({ totalCount: 1, nodes: [{ name: "Cleo", email: "cleo@studio.example" }] });
});
