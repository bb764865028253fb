import { startApi } from "#test/api/api-server.ts";
import { availableBackends } from "#test/support/redis.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const query = "query Who { viewer { name } }";
const slow = "query Slow { projects(first: 5) { nodes { id } } }";
const limited = (limits: object) => startApi(app, { config: { limits } });
const refusals = async (limit: string): Promise<number> => {
  const line = (await app.deps.metrics.metrics())
    .split("\n")
    .find((text) => text.includes(`limited_total{limit="${limit}"}`));
  return Number(line?.split(" ")[1] ?? 0);
};

test("whoever sends more operations than are allowed is told when to come again, on either way", async () => {
  await using api = await limited({ requestsPerMinute: 3 });
  const before = await refusals("requests");
  for (let n = 0; n < 3; n += 1) expect((await api.post(query)).status).toBe(200);
  const refused = await api.post(query);
  expect(refused).toMatchObject({ status: 429, data: undefined, errors: [{ extensions: { code: "RATE_LIMITED" } }] });
  const again = Number(refused.headers.get("retry-after"));
  expect(again).toBeGreaterThan(0);
  expect(again).toBeLessThanOrEqual(60);
  expect(refused.errors?.[0]?.extensions).toMatchObject({ retryAfter: again });
  const socket = await api.socket();
  socket.subscribe("one", query);
  expect(await socket.next()).toMatchObject({
    id: "one",
    type: "error",
    payload: [
      {
        message: expect.stringContaining("within a minute"),
        extensions: { code: "RATE_LIMITED", retryAfter: expect.any(Number) },
      },
    ],
  });
  await socket.close();
  expect(await refusals("requests")).toBe(before + 2);
});

test("one viewer's limit is not another's, and those whom nobody knows are told apart by their address", async () => {
  await using api = await limited({ requestsPerMinute: 1 });
  api.viewers.set("cleo", { ...app.admin, userId: "019aa000-0000-7000-8000-00000000c1e0" });
  api.viewers.set("key", { ...app.admin, isProgram: true, keyId: "a-key" });
  for (const headers of [{}, { "x-viewer": "cleo" }, { "x-viewer": "key" }, { "x-viewer": "anonymous" }]) {
    const answers = [await api.post(query, {}, headers), await api.post(query, {}, headers)];
    expect({ headers, statuses: answers.map(({ status }) => status) }).toEqual({ headers, statuses: [200, 429] });
  }
  // A proxy on this machine is believed about who asks.
  const elsewhere = { "x-viewer": "anonymous", "x-forwarded-for": "203.0.113.7" };
  expect((await api.post(query, {}, elsewhere)).status).toBe(200);
  expect((await api.post(query, {}, elsewhere)).status).toBe(429);
});

test("answers tell what an operation has cost and what is left; what costs more than that is refused and costs nothing", async () => {
  await using api = await limited({ costPerMinute: 120 });
  const page = (first: number) => `query Page { workflows(first: ${first}) { nodes { id } } }`;
  const costOf = (text: string) =>
    (
      JSON.parse(text) as {
        extensions: { cost: { requested: number; remaining: number; limit: number; resetAt: string } };
      }
    ).extensions.cost;
  const first = costOf((await api.post(page(20))).text);
  expect(first).toMatchObject({ limit: 120, remaining: 120 - first.requested });
  expect(first.requested).toBeGreaterThan(20);
  expect(Date.parse(first.resetAt)).toBeGreaterThan(Date.now());
  const refused = await api.post(page(100));
  expect(refused).toMatchObject({ status: 429, errors: [{ extensions: { code: "RATE_LIMITED" } }] });
  expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
  expect(costOf(refused.text)).toMatchObject({ remaining: first.remaining, limit: 120 });
  expect((await api.post(page(20))).status).toBe(200);
  const socket = await api.socket();
  const overSocket = await socket.run(page(100));
  expect(overSocket.errors).toMatchObject([{ extensions: { code: "RATE_LIMITED", retryAfter: expect.any(Number) } }]);
  expect(JSON.parse(socket.raw.at(-2) ?? "")).toMatchObject({ payload: { extensions: { cost: { limit: 120 } } } });
  await socket.close();
});

test("in local mode there are no such limits, and nothing is said of them", async () => {
  expect(app.config.limits).toMatchObject({ requestsPerMinute: null, costPerMinute: null, maxSubscriptions: null });
  await using api = await startApi(app);
  expect((await api.post(query)).text).toBe('{"data":{"viewer":{"name":"local"}}}');
});

test("subscriptions of one viewer are counted over all sockets, and one that ends makes room", async () => {
  await using api = await limited({ maxSubscriptions: 2 });
  const [a, b] = [await api.socket(), await api.socket()];
  const watch = "subscription { systemUpdated { __typename } }";
  a.subscribe("1", watch);
  expect(await a.next()).toMatchObject({ id: "1", type: "next" });
  b.subscribe("2", watch);
  expect(await b.next()).toMatchObject({ id: "2", type: "next" });
  b.subscribe("3", watch);
  expect(await b.next()).toMatchObject({ id: "3", payload: { errors: [{ extensions: { code: "RATE_LIMITED" } }] } });
  expect(await b.next()).toMatchObject({ id: "3", type: "complete" });
  await a.close();
  await api.untilMetric("callsheet_subscriptions_open", 1);
  b.subscribe("4", watch);
  expect(await b.next()).toMatchObject({ id: "4", type: "next", payload: { data: expect.anything() } });
  await b.close();
  await api.untilMetric("callsheet_subscriptions_open", 0);
});

test("a viewer has so many sockets and no more, until one is closed", async () => {
  await using api = await limited({ maxSockets: 1 });
  const first = await api.socket();
  const second = await api.socket({}, false);
  second.send({ type: "connection_init" });
  expect(await second.closed).toMatchObject({ code: 1013 });
  await first.close();
  await api.untilMetric("callsheet_sockets_open", 0);
  const third = await api.socket();
  await third.close();
});

test("an operation that takes too long is ended in the database, too", async () => {
  const { pool } = app.deps.db;
  await using api = await limited({ requestTimeoutMs: 300 });
  // Whoever reads the table waits for this.
  const client = await pool.connect();
  await client.query("BEGIN");
  await client.query("LOCK TABLE project IN ACCESS EXCLUSIVE MODE");
  const waiting = async (): Promise<number> => {
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ILIKE '%project%' AND pid <> pg_backend_pid()`,
    );
    return rows[0]?.count ?? 0;
  };
  const socket = await api.socket();
  const [overHttp, overSocket] = await Promise.all([api.post(slow), socket.run(slow)]);
  expect(overHttp.errors).toMatchObject([{ extensions: { code: "TIMEOUT" } }]);
  expect(overSocket.errors).toMatchObject([{ extensions: { code: "TIMEOUT" } }]);
  // Asking takes a way to the server and back, after which what was ended is gone.
  let left = await waiting();
  for (let n = 0; left > 0 && n < 100; n += 1) left = await waiting();
  expect(left).toBe(0);
  await client.query("ROLLBACK");
  client.release();
  await socket.close();
  expect((await api.post(slow)).errors).toBeUndefined();
});

test("what a person may upload within a day is bounded, and so is what is announced and not sent", async () => {
  const upload = (bytes: number) =>
    `mutation { createUpload(input: { filename: "a.png", bytes: ${bytes} }) { __typename ... on Error { code message } } }`;
  {
    await using api = await limited({ uploadBytesPerDay: 1_000 });
    expect((await api.post(upload(900))).data).toMatchObject({ createUpload: { __typename: "CreateUploadPayload" } });
    expect((await api.post(upload(200))).data).toMatchObject({
      createUpload: { __typename: "ConflictError", code: "UPLOAD_QUOTA", message: expect.stringContaining("900 were") },
    });
  }
  await using api = await limited({ maxOpenUploads: 3 });
  const answers = await Promise.all([1, 2, 3, 4].map(() => api.post(upload(1))));
  const codes = answers.map(({ data }) => data.createUpload.code as string | undefined);
  expect(codes.filter((code) => code === "TOO_MANY_UPLOADS")).toHaveLength(2);
});

test.each((await availableBackends()).filter((backend) => backend === "redis"))(
  "on %s several processes count together",
  async (backend) => {
    await using shared = await startTestApp({ backend });
    await using one = await startApi(shared, {
      config: { limits: { requestsPerMinute: 4, costPerMinute: 1_000_000 } },
    });
    await using two = await startApi(shared, {
      config: { limits: { requestsPerMinute: 4, costPerMinute: 1_000_000 } },
    });
    expect((await one.post(query)).status).toBe(200);
    expect((await one.post(query)).status).toBe(200);
    expect((await two.post(query)).status).toBe(200);
    // Each hears of the other a moment later.
    for (const { rateLimits } of [one, two]) await rateLimits.requests?.flush();
    expect((await two.post(query)).status).toBe(200);
    for (const { rateLimits } of [one, two]) await rateLimits.requests?.flush();
    expect((await two.post(query)).status).toBe(429);
  },
);
