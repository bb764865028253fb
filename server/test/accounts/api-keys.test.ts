import { type PasswordApp, startPasswordApp } from "#test/accounts/password-app.ts";
import { startTestApp } from "#test/test-app.ts";

let app: PasswordApp;
let admin: string;
let creator: string;
beforeAll(async () => {
  app = await startPasswordApp();
  admin = await app.firstAdmin();
  creator = await app.person(admin, "cleo@studio.example", "CREATOR");
});
afterAll(() => app[Symbol.asyncDispose]());

const create = async (headers: Record<string, string>, input: object = {}) => {
  const { data, errors } = await app.ask(
    `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { __typename
      ... on CreateApiKeyPayload { secret apiKey { id start scope lastUsedAt } } ... on Error { message path } } }`,
    { input: { name: "pipeline", scope: "WRITE", ...input } },
    headers,
  );
  if (errors) throw new Error(errors[0]?.message);
  return data.createApiKey;
};
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const viewer = "{ viewer { name role } }";

test("a key asks in the name of its person, within its scope, on HTTP and WebSocket", async () => {
  const { secret, apiKey } = await create({ cookie: admin }, { scope: "READ" });
  expect(secret).toMatch(/^cs_[\w-]{43}$/);
  expect(secret.startsWith(apiKey.start)).toBe(true);
  expect((await app.ask(viewer, {}, bearer(secret))).data).toMatchObject({ viewer: { name: "Ada" } });
  const made = await app.ask('mutation { createProject(input: { name: "x" }) { __typename } }', {}, bearer(secret));
  expect(made.data.createProject.__typename).toBe("ForbiddenError");
  const socket = await app.socket({}, false);
  socket.send({ type: "connection_init", payload: { authorization: `Bearer ${secret}` } });
  expect(await socket.next()).toMatchObject({ type: "connection_ack" });
  expect((await socket.run(viewer)).data).toMatchObject({ viewer: { name: "Ada" } });
  await socket.close();
});

test("a key is stored as its hash, and shown once", async () => {
  const { secret } = await create({ cookie: creator });
  expect(JSON.stringify(await app.deps.db.prisma.apiKey.findMany())).not.toContain(secret.slice(8));
  const { data } = await app.ask("{ apiKeys { name start scope expiresAt } }", {}, { cookie: creator });
  expect(JSON.stringify(data)).not.toContain(secret.slice(8));
});

test("a key can't do more than its person, and makes no other keys", async () => {
  expect(await create({ cookie: creator }, { scope: "ADMIN" })).toMatchObject({
    __typename: "ValidationError",
    path: ["scope"],
  });
  const { secret } = await create({ cookie: creator });
  expect(await create(bearer(secret))).toMatchObject({ __typename: "ForbiddenError" });
});

test("a key of an ADMIN gives nobody another way in, and may end those that there are", async () => {
  const { secret } = await create({ cookie: admin }, { scope: "ADMIN" });
  await app.person(admin, "emil@studio.example", "CREATOR");
  const { users } = (await app.ask('{ users(search: "emil") { nodes { id } } }', {}, { cookie: admin })).data;
  const [{ id }] = users.nodes;
  const ask = async (mutation: string, input: object, headers = bearer(secret)) => {
    const type = mutation.replace(/^./, (first) => first.toUpperCase());
    const query = `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { __typename ... on Error { message } } }`;
    return (await app.ask(query, { input }, headers)).data[mutation];
  };
  const refused = { __typename: "ForbiddenError", message: expect.stringContaining("sign in to do so") };
  expect(await ask("createInvitation", { email: "mallory@studio.example", role: "ADMIN" })).toMatchObject(refused);
  expect(await ask("createPasswordReset", { id })).toMatchObject(refused);
  expect(await ask("setUserRole", { id, role: "ADMIN" })).toMatchObject(refused);
  expect(await ask("disableUser", { id })).toEqual({ __typename: "DisableUserPayload" });
  expect(await ask("enableUser", { id })).toMatchObject(refused);
  expect(await app.deps.db.prisma.accountLink.count({ where: { usedAt: null, revokedAt: null } })).toBe(0);
});

test("a revoked key is nobody's at once, and its socket closes", async () => {
  const { secret, apiKey } = await create({ cookie: creator });
  const socket = await app.socket({}, false);
  socket.send({ type: "connection_init", payload: { authorization: `Bearer ${secret}` } });
  await socket.next();
  const { data } = await app.ask(
    "mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { ... on RevokeApiKeyPayload { apiKey { revokedAt } } } }",
    { id: apiKey.id },
    { cookie: creator },
  );
  expect(data.revokeApiKey.apiKey.revokedAt).not.toBeNull();
  expect(await socket.closed).toMatchObject({ code: 4401 });
  expect((await app.ask(viewer, {}, bearer(secret))).data).toBeNull();
});

test("somebody else's key is not found, unless by ADMIN", async () => {
  const { apiKey } = await create({ cookie: admin });
  const revoke = async (cookie: string) =>
    (
      await app.ask(
        "mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { __typename } }",
        { id: apiKey.id },
        { cookie },
      )
    ).data.revokeApiKey.__typename;
  expect(await revoke(creator)).toBe("NotFoundError");
  expect(await revoke(admin)).toBe("RevokeApiKeyPayload");
});

test("a wrong, an expired and a disabled person's key are nobody's, whatever cookie comes with it", async () => {
  const dora = await app.person(admin, "dora@studio.example", "CREATOR");
  const { secret } = await create({ cookie: dora });
  const id = (await app.ask("{ viewer { id } }", {}, { cookie: dora })).data.viewer.id;
  expect((await app.ask(viewer, {}, { ...bearer(`${secret}x`), cookie: admin })).data).toBeNull();
  expect((await app.ask(viewer, {}, { authorization: "Basic eDp5", cookie: admin })).data).toBeNull();
  const expired = await create({ cookie: dora }, { expiresAt: new Date(Date.now() + 60_000).toISOString() });
  await app.deps.db.prisma.apiKey.updateMany({
    where: { expiresAt: { not: null } },
    data: { expiresAt: new Date(Date.now() - 1) },
  });
  expect((await app.ask(viewer, {}, bearer(expired.secret))).data).toBeNull();
  expect((await app.ask(viewer, {}, bearer(secret))).data).not.toBeNull();
  await app.ask("mutation ($id: ID!) { disableUser(input: { id: $id }) { __typename } }", { id }, { cookie: admin });
  expect((await app.ask(viewer, {}, bearer(secret))).data).toBeNull();
  expect((await app.ask(viewer, {}, { cookie: dora })).data).toBeNull();
  await expect(app.signIn("dora@studio.example")).rejects.toThrow("401");
});

test("the last use is written once a minute at most", async () => {
  const { secret } = await create({ cookie: creator });
  app.takeStatements();
  for (let n = 0; n < 5; n++) await app.ask(viewer, {}, bearer(secret));
  expect(app.takeStatements().filter((sql) => /UPDATE.*api_key/.test(sql))).toHaveLength(1);
});

test("in local mode everybody is the one person, whatever key is sent", async () => {
  await using local = await startTestApp({ roles: { api: true } });
  const response = await fetch(`${local.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer cs_wrong" },
    body: JSON.stringify({ query: viewer }),
  });
  expect(await response.json()).toEqual({ data: { viewer: { name: "local", role: "ADMIN" } } });
  expect((await fetch(`${local.url}/auth/sign-in/email`, { method: "POST" })).status).toBe(404);
});
