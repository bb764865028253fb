import { getIntrospectionQuery } from "graphql";
import { type Answer, answerOf, type Api, startApi } from "#test/api/api-server.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

/** What tools that audit GraphQL servers look for, such as graphql-cop; here none may be open, on either transport. */
let app: TestApp;
let api: Api;
let closed: Api;
beforeAll(async () => {
  app = await startTestApp();
  api = await startApi(app);
  closed = await startApi(app, { config: { introspection: false } });
});
afterAll(async () => {
  await Promise.all([api, closed].map((each) => each[Symbol.asyncDispose]()));
  await app[Symbol.asyncDispose]();
});

type Result = Pick<Answer, "data" | "errors">;
const overHttp = (server: Api, query: string): Promise<Result> => server.post(query);
const overSocket = async (server: Api, query: string): Promise<Result> => {
  const client = await server.socket();
  const result = await client.run(query);
  await client.close();
  return result;
};
const refused = (code: string) => [expect.objectContaining({ extensions: expect.objectContaining({ code }) })];
const times = (count: number, part: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => part(n)).join(" ");

describe.each([
  ["HTTP", overHttp],
  ["WebSocket", overSocket],
])("over %s", (_transport, send) => {
  test("alias overloading: a field that is asked for under a hundred names is refused", async () => {
    const { data, errors } = await send(api, `{ ${times(101, (n) => `alias${n}: __typename`)} }`);
    expect({ data: data ?? null, errors }).toEqual({ data: null, errors: refused("COST_LIMIT") });
  });

  test("directive overloading: directives that repeat are refused", async () => {
    const { data, errors } = await send(api, `{ __typename ${times(500, () => "@aa")} }`);
    expect(data ?? null).toBeNull();
    // At most so many errors as a person reads, however many directives.
    expect(errors?.length).toBeLessThanOrEqual(101);
    const known = await send(api, `{ __typename ${times(20, () => "@include(if: true)")} }`);
    expect(known.data ?? null).toBeNull();
    expect(known.errors?.[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
  });

  test("field duplication: a field that is repeated a thousand times is refused or costs nothing", async () => {
    const { data, errors } = await send(api, `{ ${times(5_000, () => "__typename")} }`);
    expect({ data: data ?? null, errors }).toEqual({ data: null, errors: refused("GRAPHQL_PARSE_FAILED") });
  });

  test("circular introspection: types within fields within types are refused", async () => {
    const circle = `{ __schema { types { ${"fields { type { ".repeat(4)} name ${"} }".repeat(4)} } } }`;
    const { data, errors } = await send(api, circle);
    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.message).toContain("Maximum introspection depth exceeded");
  });

  test("introspection and field suggestions: there are none where the schema is not to be seen", async () => {
    const { data, errors } = await send(closed, getIntrospectionQuery());
    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
    const typo = await send(closed, "{ viewer { nam } jobz { id } }");
    expect(typo.errors?.length).toBeGreaterThan(0);
    expect(JSON.stringify(typo.errors)).not.toContain("Did you mean");
  });

  test("tracing: no extension tells how long things took", async () => {
    const client = await api.socket();
    const answers = [(await api.post("{ viewer { name } }")).text];
    await client.run("{ viewer { name } }");
    answers.push(...client.raw);
    await client.close();
    for (const answer of answers) expect(answer).not.toMatch(/"extensions"|tracing|duration/);
  });

  test("unhandled errors: what is answered to nonsense tells of no stack, no path and no library", async () => {
    for (const query of ["", "qwerty", "{ abc", "{ job(id: {}) { id } }", "query ($a: Nothing) { __typename }"]) {
      const { data, errors } = await send(api, query);
      expect(data ?? null).toBeNull();
      expect(errors?.[0]?.extensions.code).toMatch(/^(GRAPHQL_|BAD_)/);
      expect(JSON.stringify(errors)).not.toMatch(/stacktrace|node_modules|\bat \w+ \(|prisma|apollo/i);
    }
  });
});

const http = async (init: RequestInit & { search?: string }) =>
  answerOf(await fetch(`${api.url}/graphql${init.search ?? ""}`, init));
const query = "{ viewer { name } }";
const mutation = 'mutation { createProject(input: { name: "forged" }) { __typename } }';
const asSearch = (text: string): string => `?query=${encodeURIComponent(text)}`;

test("array batching: several operations in one request are refused, and an array is no message of a socket", async () => {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify(Array.from({ length: 10 }, () => ({ query })));
  expect(await http({ method: "POST", headers, body })).toMatchObject({ status: 400, errors: refused("BAD_REQUEST") });
  const client = await api.socket();
  client.send(JSON.stringify([{ id: "1", type: "subscribe", payload: { query } }]));
  expect(await client.closed).toMatchObject({ code: 4400 });
});

test("forged requests: no page of another site can ask by GET, by a form, or change anything by either", async () => {
  const form = { "content-type": "application/x-www-form-urlencoded" };
  for (const answer of [
    await http({ method: "GET", search: asSearch(query) }),
    await http({ method: "GET", search: asSearch(mutation) }),
    await http({ method: "POST", search: asSearch(mutation) }),
    await http({ method: "POST", headers: form, body: asSearch(query).slice(1) }),
    await http({ method: "POST", headers: form, body: asSearch(mutation).slice(1) }),
    await http({
      method: "POST",
      headers: { "content-type": "text/plain" },
      body: JSON.stringify({ query: mutation }),
    }),
  ]) {
    expect(answer).toMatchObject({ status: 400, data: undefined, errors: refused("BAD_REQUEST") });
  }
  const asked = { "apollo-require-preflight": "true", accept: "application/json" };
  expect(await http({ method: "GET", search: asSearch(mutation), headers: asked })).toMatchObject({ status: 405 });
  expect(await app.deps.db.prisma.project.count({ where: { name: "forged" } })).toBe(0);
});

test("editors: no page of one is served by the API", async () => {
  for (const path of ["/graphql", "/graphiql", "/playground", "/altair", "/voyager", "/console", "/"]) {
    const answer = await fetch(`${api.url}${path}`, { headers: { accept: "text/html" } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.headers.get("content-type")).toContain("application/json");
  }
});
