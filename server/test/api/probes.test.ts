import { errorCodes } from "#graphql/errors.ts";
import { encodeId } from "#graphql/ids.ts";
import { type Answer, type Api, startApi } from "#test/api/api-server.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let api: Api;
let closed: Api;
let impatient: Api;
beforeAll(async () => {
  app = await startTestApp();
  // Reading the name fails in a way that nobody expects.
  const { prisma } = app.deps.db;
  const machine = new Proxy(prisma.machine, {
    get: () => () => Promise.reject(new Error("password=hunter2 at 10.0.0.7")),
  });
  const project = new Proxy(prisma.project, { get: () => () => new Promise(() => undefined) });
  const broken = new Proxy(prisma, {
    get: (target, name) => (name === "machine" ? machine : name === "project" ? project : Reflect.get(target, name)),
  });
  const faulty = { ...app, deps: { ...app.deps, db: { ...app.deps.db, prisma: broken } } };
  api = await startApi(faulty, { config: { limits: { maxTokens: 500 } } });
  closed = await startApi(faulty, { config: { introspection: false } });
  impatient = await startApi(faulty, { config: { limits: { requestTimeoutMs: 50 } } });
  api.viewers.set("viewer", { userId: app.admin.userId, name: "V", role: "VIEWER", projectIds: [] });
});
afterAll(async () => {
  await Promise.all([api, closed, impatient].map((each) => each[Symbol.asyncDispose]()));
  await app[Symbol.asyncDispose]();
});

type Result = Pick<Answer, "data" | "errors">;
interface Probe {
  query: string;
  variables?: object;
  server?: () => Api;
  viewer?: string;
  operationName?: string;
}
const deep = (levels: number): string =>
  `{ jobs { nodes { workflow { ${"versions { nodes { id } } currentVersion { id } ".repeat(1)} } ${"runs { nodes { job { ".repeat(levels)} id ${"} } }".repeat(levels)} } } }`;
const everything = `query ($n: Int = 50) { jobs(first: $n) { nodes { id runs(first: $n) { nodes { id status machine { id name } outputs { id filename } } } } } }`;

const probes: Record<string, Probe & { code: string; says?: RegExp; hides?: RegExp }> = {
  "a syntax error": { query: "{ viewer {", code: "GRAPHQL_PARSE_FAILED", says: /Syntax Error/ },
  "an unknown field": { query: "{ viewer { nam } }", code: "GRAPHQL_VALIDATION_FAILED", says: /Did you mean "name"/ },
  "an unknown field where the schema is not shown": {
    query: "{ viewer { nam } }",
    server: () => closed,
    code: "GRAPHQL_VALIDATION_FAILED",
    says: /nam/,
    hides: /Did you mean/,
  },
  "an unknown argument where the schema is not shown": {
    query: "{ workflows(frist: 1) { totalCount } }",
    server: () => closed,
    code: "GRAPHQL_VALIDATION_FAILED",
    hides: /Did you mean/,
  },
  "a wrong enum value in variables where the schema is not shown": {
    query: "query ($status: [JobStatus!]) { jobs(status: $status) { totalCount } }",
    variables: { status: ["RUNNIN"] },
    server: () => closed,
    code: "BAD_USER_INPUT",
    says: /RUNNIN/,
    hides: /Did you mean/,
  },
  "introspection where the schema is not shown": {
    query: "{ __schema { types { name } } }",
    server: () => closed,
    code: "GRAPHQL_VALIDATION_FAILED",
  },
  "too many tokens": { query: `{ viewer { ${"name ".repeat(600)} } }`, code: "GRAPHQL_PARSE_FAILED", says: /tokens/ },
  "too deep a selection": { query: deep(6), code: "COST_LIMIT", says: /levels deep/ },
  "too many aliases": {
    query: `{ ${Array.from({ length: 51 }, (_, n) => `a${n}: __typename`).join(" ")} }`,
    code: "COST_LIMIT",
    says: /aliases/,
  },
  "too many aliases through fragments": {
    query: `{ ...a ...b } fragment a on Query { ${Array.from({ length: 30 }, (_, n) => `a${n}: __typename`).join(" ")} } fragment b on Query { ${Array.from({ length: 30 }, (_, n) => `b${n}: __typename`).join(" ")} }`,
    code: "COST_LIMIT",
    says: /aliases/,
  },
  "lists that variables make too long": { query: everything, variables: { n: 200 }, code: "COST_LIMIT", says: /costs/ },
  "lists that defaults of variables make too long": {
    query: everything.replace("= 50", "= 200"),
    code: "COST_LIMIT",
    says: /costs/,
  },
  "a costly operation behind a cheap one": {
    query: `query A { __typename } ${everything.replace("query (", "query B (")}`,
    operationName: "B",
    variables: { n: 200 },
    code: "COST_LIMIT",
    says: /costs/,
  },
  "a variable of the wrong type": {
    query: "query ($n: Int) { jobs(first: $n) { totalCount } }",
    variables: { n: "ten" },
    code: "BAD_USER_INPUT",
    says: /\$n/,
  },
  "a required variable that is missing": {
    query: "query ($id: ID!) { job(id: $id) { id } }",
    code: "BAD_USER_INPUT",
    says: /\$id/,
  },
  "a page size out of range": {
    query: "{ jobs(first: 201) { totalCount } }",
    code: "BAD_USER_INPUT",
    says: /between 0 and 200/,
  },
  "a cursor that is none": { query: '{ jobs(after: "x") { totalCount } }', code: "BAD_USER_INPUT", says: /cursor/ },
  "a filter that names a junk id": { query: '{ jobs(projectId: "junk") { totalCount } }', code: "NOT_FOUND" },
  "an unknown operation name": {
    query: "query A { __typename }",
    operationName: "C",
    code: "OPERATION_RESOLUTION_FAILURE",
  },
  "no operation name where there are several": {
    query: "query A { __typename } query B { __typename }",
    code: "OPERATION_RESOLUTION_FAILURE",
  },
  "an unexpected error": { query: "{ machines { id } }", code: "INTERNAL", hides: /hunter2|10\.0\.0\.7/ },
  "an operation that takes too long": {
    query: "{ projects { nodes { id } } }",
    server: () => impatient,
    code: "TIMEOUT",
  },
};

const overHttp = async ({ query, variables, server = () => api, viewer, operationName }: Probe): Promise<Result> => {
  const response = await fetch(`${server().url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(viewer ? { "x-viewer": viewer } : {}) },
    body: JSON.stringify({ query, variables, operationName }),
  });
  return (await response.json()) as Result;
};
const overSocket = async ({ query, variables, server = () => api, viewer, operationName }: Probe): Promise<Result> => {
  const client = await server().socket(viewer ? { "x-viewer": viewer } : {});
  const result = await client.run(query, variables, { operationName });
  await client.close();
  return result;
};

describe.each([
  ["HTTP", overHttp],
  ["WebSocket", overSocket],
])("over %s", (_transport, send) => {
  test.each(Object.entries(probes))("%s is refused under its code", async (_what, { code, says, hides, ...probe }) => {
    const { data, errors } = await send(probe);
    expect(data ?? null).toBeNull();
    expect(errors?.map((error) => error.extensions.code)).toContain(code);
    for (const error of errors ?? []) expect(errorCodes).toContain(error.extensions.code);
    const text = JSON.stringify(errors);
    if (says) expect(text.replaceAll("\\", "")).toMatch(says);
    if (hides) expect(text).not.toMatch(hides);
  });

  test("an unexpected error names the place and the line in the log, and no more", async () => {
    const { errors } = await send({ query: "{ machines { id } }" });
    const [error] = errors ?? [];
    expect(error).toEqual({
      message: `Something went wrong here; look for ${error?.extensions.correlationId} in the log.`,
      path: ["machines"],
      locations: [{ line: 1, column: 3 }],
      extensions: { code: "INTERNAL", correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
  });

  test("a partial failure leaves the rest of the answer", async () => {
    const id = encodeId("Job", app.admin.userId);
    const { data, errors } = await send({
      query: `mutation { a: cancelJob(input: { id: "${id}" }) { __typename } b: cancelJob(input: { id: "junk" }) { __typename } }`,
    });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ a: { __typename: "NotFoundError" }, b: { __typename: "NotFoundError" } });
  });

  test("a mutation that a role does not have is refused as data", async () => {
    const { data, errors } = await send({
      query: 'mutation { createProject(input: { name: "x" }) { ... on Error { __typename code message } } }',
      viewer: "viewer",
    });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      createProject: {
        __typename: "ForbiddenError",
        code: "FORBIDDEN",
        message: "createProject needs the role CREATOR",
      },
    });
  });
});

test("whoever is nobody is asked to sign in, on HTTP at each operation and on WebSocket at the door", async () => {
  const { data, errors } = await overHttp({ query: "{ viewer { name } }", viewer: "anonymous" });
  expect({ data: data ?? null, errors }).toMatchObject({
    data: null,
    errors: [{ extensions: { code: "UNAUTHENTICATED" } }],
  });
  const client = await api.socket({ "x-viewer": "anonymous" }, false);
  client.send({ type: "connection_init" });
  expect(await client.closed).toMatchObject({ code: 4403 });
});

test("a login that ends while a socket is open is noticed at the next operation", async () => {
  api.viewers.set("guest", { userId: app.admin.userId, name: "G", role: "VIEWER", projectIds: [] });
  const client = await api.socket({ "x-viewer": "guest" });
  expect((await client.run("{ viewer { name } }")).errors).toBeUndefined();
  api.viewers.delete("guest");
  expect((await client.run("{ viewer { name } }")).errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
  await client.close();
});

describe("64-bit seeds are exact", () => {
  const seed = 18446744073709551615n;
  const graph = `{"1": {"class_type": "KSampler", "inputs": {"seed": ${seed}, "steps": 4}}}`;
  const operation = `mutation ($name: String!, $source: String!) { importWorkflow(input: { name: $name, source: $source }) {
    ... on ImportWorkflowPayload { workflow { id currentVersion { graph } parameters { key default } } } ... on Error { message } } }`;
  const submit = `mutation ($input: SubmitJobInput!) { submitJob(input: $input) { ... on SubmitJobPayload { plannedRuns { seed graph } } ... on Error { message } } }`;

  test("over HTTP", async () => {
    const answer = await (await startedApi()).post(operation, { name: "Http", source: graph });
    expect(answer.text).toContain(`"seed":${seed}`);
    const { workflow } = answer.data.importWorkflow;
    expect(workflow.currentVersion.graph["1"].inputs.seed).toBe(seed);
    const planned = await (
      await startedApi()
    ).post(submit, { input: { workflowId: workflow.id, dryRun: true, seedMode: "FIXED", seed } });
    expect(planned.text).toContain(`"seed":${seed}`);
    expect(planned.text).toContain(`"seed":"${seed}"`);
  });

  test("over WebSocket", async () => {
    const client = await (await startedApi()).socket();
    const { data } = await client.run(operation, { name: "Socket", source: graph });
    expect(data.importWorkflow.workflow.currentVersion.graph["1"].inputs.seed).toBe(seed);
    expect(client.raw.join()).toContain(`"seed":${seed}`);
    await client.run(submit, {
      input: { workflowId: data.importWorkflow.workflow.id, dryRun: true, seedMode: "FIXED", seed },
    });
    expect(client.raw.join()).toContain(`"seed":"${seed}"`);
    await client.close();
  });

  let whole: Api | undefined;
  const startedApi = async (): Promise<Api> => (whole ??= await startApi(app));
  afterAll(() => whole?.[Symbol.asyncDispose]());
});
