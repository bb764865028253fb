import { createHash } from "node:crypto";
import { connect } from "node:net";
import { serverAudits } from "graphql-http";
import { type Api, answerOf, startApi } from "#test/api/api-server.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let api: Api;
beforeAll(async () => {
  app = await startTestApp();
  api = await startApi(app);
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});

describe("GraphQL over HTTP, audit suite", () => {
  /** Audits of an older draft: they want 200 where the newer one, and we, say 400. */
  const behind = new Set(["572B", "FDE2", "7B9B"]);
  const audits = serverAudits({ url: () => `${api.url}/graphql`, fetchFn: fetch });
  /** A GET that says nothing of itself MAY be accepted; it is what a forged request looks like, so it is not. */
  const optional = new Set(["5A70"]);

  test.each(audits.filter(({ id }) => !behind.has(id)).map((audit) => [audit.id, audit.name, audit] as const))(
    "%s %s",
    async (_id, _name, audit) => {
      expect(await audit.fn()).toMatchObject({ status: optional.has(audit.id) ? "notice" : "ok" });
    },
  );
});

const send = (init: RequestInit & { search?: string }) =>
  fetch(`${api.url}/graphql${init.search ?? ""}`, init).then(answerOf);
const body = JSON.stringify({ query: "{ viewer { name } }" });

test("requests that a page of another site could send without asking are refused", async () => {
  const search = `?query=${encodeURIComponent("{ viewer { name } }")}`;
  for (const answer of [
    await send({ method: "POST", headers: { "content-type": "text/plain" }, body }),
    await send({
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: `query=${encodeURIComponent("{ viewer { name } }")}`,
    }),
    await send({ method: "POST", headers: { "content-type": "multipart/form-data; boundary=x" }, body }),
    await send({ method: "POST", body: new Uint8Array(Buffer.from(body)) }),
    await send({ method: "GET", search }),
    await send({ method: "GET", search, headers: { accept: "image/avif,image/webp,*/*" } }),
    await send({ method: "GET", search, headers: { accept: "application/json", "sec-fetch-site": "cross-site" } }),
    await send({ method: "GET", search, headers: { accept: "application/json", origin: "https://evil.example" } }),
  ]) {
    expect(answer).toMatchObject({ status: 400, data: undefined, errors: [{ extensions: { code: "BAD_REQUEST" } }] });
  }
  for (const headers of [{ "apollo-require-preflight": "true" }, { accept: "application/json" }]) {
    expect((await send({ method: "GET", search, headers })).data).toEqual({ viewer: { name: "local" } });
  }
});

test.each([
  ["an answer", "/graphql", { method: "POST", headers: { "content-type": "application/json" }, body }],
  ["a refusal", "/graphql", { method: "POST", headers: { "content-type": "application/json" }, body: "{" }],
  ["a probe", "/healthz", {}],
  ["a file that is not there", "/assets/00000000-0000-7000-8000-000000000000", {}],
  ["nothing", "/nothing", {}],
])("%s is taken for what it says it is, framed by nobody, and loads nothing", async (_what, path, init) => {
  const { headers } = await fetch(`${api.url}${path}`, init);
  expect(Object.fromEntries(headers)).toMatchObject({
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'",
  });
});

test.each([
  ["that can't be read", "/assets/%E0%A4%A/x", 400],
  ["with a very long part", `/assets/${"x".repeat(2_000)}/y`, 400],
  ["without a route", "/nothing", 404],
])("an address %s is answered without repeating it", async (_what, path, status) => {
  const response = await fetch(`${api.url}${path}`);
  expect(response.status).toBe(status);
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  const text = await response.text();
  expect(JSON.parse(text)).toEqual({ code: expect.any(String), message: expect.any(String) });
  expect(text.length).toBeLessThan(200);
});

test("a mutation over GET is refused", async () => {
  const search = `?query=${encodeURIComponent('mutation { createProject(input: {name: "x"}) { __typename } }')}`;
  const answer = await send({ method: "GET", search, headers: { "apollo-require-preflight": "true" } });
  expect(answer).toMatchObject({ status: 405, errors: [{ extensions: { code: "BAD_REQUEST" } }] });
  expect(await app.deps.db.prisma.project.count()).toBe(0);
});

test("another method, another path and a body that is no JSON are answered in kind", async () => {
  expect(await send({ method: "DELETE" })).toMatchObject({ status: 404 });
  for (const text of ["{", '"text"', "[]", "null"]) {
    const answer = await send({ method: "POST", headers: { "content-type": "application/json" }, body: text });
    expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: "BAD_REQUEST" } }] });
  }
});

test("several operations in one request are refused", async () => {
  const answer = await send({
    method: "POST",
    headers: { "content-type": "application/json" },
    body: `[${body},${body}]`,
  });
  expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: "BAD_REQUEST" } }] });
});

test("a body beyond the limit is refused as GraphQL, and the largest workflow fits", async () => {
  const huge = await api.post("query ($text: String!) { applyLibraries(text: $text, libraryIds: []) { text } }", {
    text: "x".repeat(13 * 1024 * 1024),
  });
  expect(huge).toMatchObject({ status: 413, errors: [{ extensions: { code: "BAD_REQUEST" } }] });
  // Five MiB of quotes are ten on the wire.
  const large = await api.post(
    'mutation ($source: String!) { importWorkflow(input: { name: "Large", source: $source }) { __typename ... on Error { message } } }',
    {
      source: '"'.repeat(5 * 1024 * 1024),
    },
  );
  expect(large).toMatchObject({
    status: 200,
    errors: undefined,
    data: { importWorkflow: { __typename: "ValidationError" } },
  });
});

test("a subscription over HTTP is told where to go", async () => {
  const answer = await api.post("subscription { queueUpdated { job { id } } }");
  expect(answer).toMatchObject({ status: 400, data: undefined, errors: [{ extensions: { code: "BAD_REQUEST" } }] });
  expect(answer.errors?.[0]?.message).toContain("WebSocket");
});

test("an operation can be sent by its hash once the server has seen it", async () => {
  const query = "{ viewer { name role } }";
  const extensions = { persistedQuery: { version: 1, sha256Hash: createHash("sha256").update(query).digest("hex") } };
  const post = (payload: object) =>
    send({ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(payload) });
  expect(await post({ extensions })).toMatchObject({ errors: [{ extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } }] });
  expect((await post({ query, extensions })).data).toEqual({ viewer: { name: "local", role: "ADMIN" } });
  expect((await post({ extensions })).data).toEqual({ viewer: { name: "local", role: "ADMIN" } });
  const wrong = { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } };
  expect(await post({ query, extensions: wrong })).toMatchObject({
    status: 400,
    errors: [{ extensions: { code: "BAD_USER_INPUT" } }],
  });
});

test("only pages of this machine may read answers, unless origins are listed", async () => {
  const allowed = async (url: string, origin: string) => {
    const response = await fetch(`${url}/graphql`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type" },
    });
    return response.headers.get("access-control-allow-origin");
  };
  expect(await allowed(api.url, "http://localhost:3000")).toBe("http://localhost:3000");
  expect(await allowed(api.url, "https://evil.example")).toBeNull();
  await using strict = await startApi(app, { config: { corsOrigins: ["https://studio.example"] } });
  expect(await allowed(strict.url, "https://studio.example")).toBe("https://studio.example");
  expect(await allowed(strict.url, "http://localhost:3000")).toBeNull();
});

const askAt = async (host: string, path: string): Promise<string> => {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\naccept: application/json\r\nconnection: close\r\n\r\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

test("a page that makes its own name lead here can do nothing where nobody signs in", async () => {
  const paths = [`/graphql?query=${encodeURIComponent("{ viewer { name } }")}`, "/metrics", "/assets/x"];
  for (const path of paths) {
    const answer = await askAt("evil.example:4000", path);
    expect(answer).toMatch(/^HTTP\/1\.1 403 [^]*\r\nx-request-id: /);
    expect(answer).toContain("CALLSHEET_PUBLIC_URL");
  }
  for (const host of ["localhost:4000", "192.0.2.7:3000", "[::1]:4000", "render-box", "studio.local:3000"])
    expect(await askAt(host, paths[0] ?? "")).toContain('{"viewer":{"name":"local"}}');
});

test("somebody who is not signed in can't keep the server busy with long bodies", async () => {
  const long = JSON.stringify({ query: "{ viewer { name } }", variables: { text: "x".repeat(70_000) } });
  const headers = { "content-type": "application/json", "x-viewer": "anonymous" };
  expect(await send({ method: "POST", headers, body: long })).toMatchObject({
    status: 413,
    errors: [{ extensions: { code: "UNAUTHENTICATED" } }],
  });
  const ofUnknownLength = { body: new Blob([long]).stream(), duplex: "half" } as RequestInit;
  expect(await send({ method: "POST", headers, ...ofUnknownLength })).toMatchObject({ status: 413 });
  expect(await send({ method: "POST", headers, body })).toMatchObject({
    errors: [{ extensions: { code: "UNAUTHENTICATED" } }],
  });
  const { "x-viewer": _anonymous, ...known } = headers;
  expect((await send({ method: "POST", headers: known, body: long })).data).toEqual({ viewer: { name: "local" } });
});

test("an unexpected failure of a request is masked and can be found in the log", async () => {
  const closed = { ...app.deps.db, pool: { query: () => Promise.reject(new Error("secret host")) } };
  const broken = await startApi({ ...app, deps: { ...app.deps, db: closed as never } });
  const ready = await fetch(`${broken.url}/readyz`);
  expect(ready.status).toBe(503);
  expect(await ready.text()).not.toContain("secret");
  expect((await fetch(`${broken.url}/healthz`)).status).toBe(200);
  await broken[Symbol.asyncDispose]();
});

test("numbers of 64 bits, dates and JSON may stand in a document, as they may in variables", async () => {
  const ask = async (query: string, variables: object = {}) => (await api.post(query, variables)).errors;
  expect(
    await ask('{ applyLibraries(text: "x", libraryIds: [], seed: 18446744073709551000) { text } }'),
  ).toBeUndefined();
  expect(await ask("query ($seed: BigInt = 7) { outputs(seed: $seed) { totalCount } }")).toBeUndefined();
  expect(await ask('{ outputs(createdAfter: "2026-11-01T00:00:00Z", first: 1) { totalCount } }')).toBeUndefined();
  const byMetadata = "query ($c: JSON) { characters(metadata: { hair_color: $c }) { totalCount } }";
  expect(await ask(byMetadata, { c: "red" })).toBeUndefined();
  expect(await ask('{ outputs(createdAfter: "yesterday") { totalCount } }')).toMatchObject([
    { extensions: { code: "GRAPHQL_VALIDATION_FAILED" } },
  ]);
});

const deepJson = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
const deepLiteral = (levels: number): string => deepJson(levels).replaceAll('"', "");
const ofParams = 'mutation ($params: JSON) { submitJob(input: { workflowId: "x", params: $params }) { __typename } }';
const ofJson = { "content-type": "application/json" };
const tooDeep = { message: expect.stringContaining("at most 100 levels") };

test.each([101, 20_000])("JSON of %s levels is refused, on HTTP and WebSocket", async (levels) => {
  const payload = `{"query":${JSON.stringify(ofParams)},"variables":{"params":${deepJson(levels)}}}`;
  const refused = [{ ...tooDeep, extensions: { code: "BAD_USER_INPUT" } }];
  expect(await send({ method: "POST", headers: ofJson, body: payload })).toMatchObject({ errors: refused });
  const socket = await api.socket();
  socket.send(`{"id":"deep","type":"subscribe","payload":${payload}}`);
  expect(JSON.stringify(await socket.next())).toContain("at most 100 levels");
  await socket.close();
});

test.each([101, 900])(
  "JSON of %s levels is refused where it stands in a document, whole or in part",
  async (levels) => {
    const whole = ofParams.replace("($params: JSON)", "").replace("$params", deepLiteral(levels));
    expect(await api.post(whole)).toMatchObject({
      errors: [{ ...tooDeep, extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }],
    });
    const part = ofParams.replace("$params }", `${deepLiteral(60).replace("1", "$params")} }`);
    expect(await api.post(part, { params: JSON.parse(deepJson(levels - 60)) as object })).toMatchObject({
      errors: [{ extensions: { code: "BAD_USER_INPUT" } }],
    });
  },
);

test("JSON of a hundred levels is taken", async () => {
  const params = JSON.parse(deepJson(100)) as object;
  expect((await api.post(ofParams, { params })).data).toEqual({ submitJob: { __typename: "NotFoundError" } });
  expect((await api.post(ofParams.replace("($params: JSON)", "").replace("$params", deepLiteral(100)))).data).toEqual({
    submitJob: { __typename: "NotFoundError" },
  });
});

test("an operation that breaks where no resolver runs is answered as one, and says what to look for in the log", async () => {
  const { rateLimits } = api;
  const { cost } = rateLimits;
  rateLimits.cost = { take: () => Promise.reject(new Error("The counters are away")) } as unknown as typeof cost;
  try {
    const response = await fetch(`${api.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    const correlationId = response.headers.get("x-request-id");
    expect([response.status, await response.json()]).toEqual([
      500,
      { errors: [{ message: expect.any(String), extensions: { code: "INTERNAL", correlationId } }] },
    ]);
  } finally {
    rateLimits.cost = cost;
  }
});
