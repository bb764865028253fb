import { startApi } from "#test/api/api-server.ts";
import { CutOff } from "#test/support/cut-off.ts";
import { startTestApp } from "#test/test-app.ts";

const given = process.env["CALLSHEET_TEST_SERVER"] ?? "";
let way: CutOff;
beforeAll(async () => {
  way = await CutOff.to(given);
  process.env["CALLSHEET_TEST_SERVER"] = way.url;
});
afterAll(async () => {
  process.env["CALLSHEET_TEST_SERVER"] = given;
  await way[Symbol.asyncDispose]();
});

const list = "{ projects(first: 5) { nodes { name } } }";
const create = `mutation ($name: String!) { createProject(input: { name: $name }) {
  __typename ... on UnavailableError { code message hint } } }`;

test("while the database is away answers say so, and the same API answers again when it is back", async () => {
  await using app = await startTestApp();
  await using api = await startApi(app);
  const client = await api.socket();
  expect((await fetch(`${api.url}/readyz`)).status).toBe(200);
  expect((await api.post(create, { name: "Before" })).data.createProject.__typename).toBe("CreateProjectPayload");

  await way.cut();
  for (let n = 0; n < 3; n++) {
    const { data, errors } = await api.post(list);
    expect(data).toBeFalsy();
    expect(errors).toMatchObject([
      { message: expect.stringMatching(/^The database does not answer/), extensions: { code: "UNAVAILABLE" } },
    ]);
  }
  expect((await api.post(create, { name: "Meanwhile" })).data.createProject).toMatchObject({
    __typename: "UnavailableError",
    code: "DATABASE_UNAVAILABLE",
    hint: expect.stringContaining("look"),
  });
  expect(await client.run(list)).toMatchObject({ errors: [{ extensions: { code: "UNAVAILABLE" } }] });
  const readiness = await fetch(`${api.url}/readyz`);
  expect([readiness.status, await readiness.json()]).toEqual([503, expect.objectContaining({ away: ["database"] })]);

  await way.mend();
  expect((await api.post(list)).data.projects.nodes).toEqual([{ name: "Before" }]);
  expect((await api.post(create, { name: "After" })).data.createProject.__typename).toBe("CreateProjectPayload");
  expect((await client.run(list)).data.projects.nodes).toHaveLength(2);
  expect((await fetch(`${api.url}/readyz`)).status).toBe(200);
});
