import { type PasswordApp, startPasswordApp } from "#test/accounts/password-app.ts";

let app: PasswordApp;
let admin: string;
let cleo: string;
let dora: string;
let projectId: string;
const idOf = async (cookie: string): Promise<string> =>
  (await app.ask("{ viewer { id } }", {}, { cookie })).data.viewer.id;
beforeAll(async () => {
  app = await startPasswordApp();
  admin = await app.firstAdmin();
  cleo = await app.person(admin, "cleo@studio.example", "CREATOR");
  dora = await app.person(admin, "dora@studio.example", "CREATOR");
  projectId = await makeProject(cleo, "Market");
});
afterAll(() => app[Symbol.asyncDispose]());

const makeProject = async (cookie: string, name: string): Promise<string> =>
  (
    await app.ask(
      "mutation ($name: String!) { createProject(input: { name: $name }) { ... on CreateProjectPayload { project { id } } } }",
      { name },
      { cookie },
    )
  ).data.createProject.project.id;
const change = async (cookie: string, mutation: string, input: object) => {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { result: ${mutation}(input: $input) { __typename ... on Error { code path } } }`;
  const { data, errors } = await app.ask(query, { input }, { cookie });
  if (errors) throw new Error(errors[0]?.message);
  return data.result;
};
const projects = async (cookie: string) =>
  (await app.ask("{ projects { nodes { name viewerRole members { role user { name email } } } } }", {}, { cookie }))
    .data.projects.nodes;

test("whoever makes a project is its ADMIN, and the only one besides ADMIN of the studio who sees it", async () => {
  expect(await projects(cleo)).toEqual([
    {
      name: "Market",
      viewerRole: "ADMIN",
      members: [{ role: "ADMIN", user: { name: "cleo", email: "cleo@studio.example" } }],
    },
  ]);
  expect(await projects(dora)).toEqual([]);
  expect(await projects(admin)).toHaveLength(1);
});

test("a member who is added sees the project and may do what the role in it says; open sockets begin anew", async () => {
  const socket = await app.socket({ cookie: dora });
  expect(await change(cleo, "addProjectMember", { projectId, email: " Dora@studio.example", role: "VIEWER" })).toEqual({
    __typename: "AddProjectMemberPayload",
  });
  expect(await socket.closed).toEqual({ code: 4403, reason: "Access has changed" });
  const [project] = await projects(dora);
  expect(project).toMatchObject({ viewerRole: "VIEWER" });
  // Addresses of others are nobody's business.
  expect(project.members.map(({ user }: { user: { email: string | null } }) => user.email)).toEqual([
    null,
    "dora@studio.example",
  ]);
  const character = { projectId, name: "Mara" };
  expect(await change(dora, "createCharacter", character)).toMatchObject({
    __typename: "ForbiddenError",
    path: ["projectId"],
  });
  const userId = await idOf(dora);
  expect(await change(cleo, "setProjectMemberRole", { projectId, userId, role: "CREATOR" })).toMatchObject({
    __typename: "SetProjectMemberRolePayload",
  });
  expect(await change(dora, "createCharacter", character)).toEqual({ __typename: "CreateCharacterPayload" });
});

test("members are managed by ADMIN of the project only", async () => {
  const userId = await idOf(cleo);
  expect(await change(dora, "removeProjectMember", { projectId, userId })).toMatchObject({
    __typename: "ForbiddenError",
    path: ["projectId"],
  });
  const erin = await app.person(admin, "erin@studio.example", "CREATOR");
  expect(await change(erin, "removeProjectMember", { projectId, userId })).toMatchObject({
    __typename: "NotFoundError",
    path: ["projectId"],
  });
});

test("the last ADMIN of a project neither goes nor becomes less", async () => {
  const userId = await idOf(cleo);
  const conflict = { __typename: "ConflictError", code: "LAST_ADMIN" };
  expect(await change(cleo, "removeProjectMember", { projectId, userId })).toMatchObject(conflict);
  expect(await change(cleo, "setProjectMemberRole", { projectId, userId, role: "VIEWER" })).toMatchObject(conflict);
});

test("of two ADMIN who remove each other at once, one stays", async () => {
  const shared = await makeProject(cleo, "Harbour");
  await change(cleo, "addProjectMember", { projectId: shared, email: "dora@studio.example", role: "ADMIN" });
  const [one, two] = [await idOf(cleo), await idOf(dora)];
  await Promise.all([
    change(cleo, "removeProjectMember", { projectId: shared, userId: two }),
    change(dora, "removeProjectMember", { projectId: shared, userId: one }),
  ]);
  expect(await app.deps.db.prisma.projectMember.count({ where: { project: { name: "Harbour" } } })).toBe(1);
});

test("a member who is removed sees nothing of it any more", async () => {
  const userId = await idOf(dora);
  await change(cleo, "removeProjectMember", { projectId, userId });
  expect((await projects(dora)).map(({ name }: { name: string }) => name)).not.toContain("Market");
});

test("a key for writing does not manage members", async () => {
  const { data } = await app.ask(
    'mutation { createApiKey(input: { name: "x", scope: WRITE }) { ... on CreateApiKeyPayload { secret } } }',
    {},
    { cookie: cleo },
  );
  const removed = await app.ask(
    `mutation ($input: AddProjectMemberInput!) { addProjectMember(input: $input) { __typename } }`,
    { input: { projectId, email: "dora@studio.example", role: "VIEWER" } },
    { authorization: `Bearer ${data.createApiKey.secret}` },
  );
  expect(removed.data.addProjectMember.__typename).toBe("ForbiddenError");
});
