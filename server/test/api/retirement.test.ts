import { connect } from "node:net";
import { once } from "node:events";
import { type Api, startApi } from "#test/api/api-server.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

/** An API whose list of machines is read only when the test lets it be. */
async function startSlowApi() {
  let letGo: () => void = () => undefined;
  let begun: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const isReading = new Promise<void>((resolve) => (begun = resolve));
  const machine = {
    findMany: async () => {
      begun();
      await gate;
      return [];
    },
  };
  const { prisma } = app.deps.db;
  const slow = new Proxy(prisma, { get: (target, name) => (name === "machine" ? machine : Reflect.get(target, name)) });
  const api: Api = await startApi({ ...app, deps: { ...app.deps, db: { ...app.deps.db, prisma: slow } } });
  return { api, isReading, letGo };
}

test("an API that shall end says so at /readyz, still answers, and lets go of its connections", async () => {
  await using api = await startApi(app);
  expect((await fetch(`${api.url}/readyz`)).status).toBe(200);
  api.retire();
  const ready = await fetch(`${api.url}/readyz`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toEqual({ status: "stopping", away: [] });
  expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
  const answer = await api.post("{ viewer { name } }");
  expect(answer.data).toEqual({ viewer: { name: "local" } });
  expect(answer.headers.get("connection")).toBe("close");
  const client = await api.socket();
  expect((await client.run("{ viewer { name } }")).data).toEqual({ viewer: { name: "local" } });
  await client.close();
});

test("what is under way over HTTP is answered before an API is gone", async () => {
  const { api, isReading, letGo } = await startSlowApi();
  const answer = api.post("{ machines { id } }");
  await isReading;
  const closed = api[Symbol.asyncDispose]();
  letGo();
  expect(await answer).toMatchObject({ status: 200, data: { machines: [] } });
  await closed;
  await expect(fetch(api.url)).rejects.toThrow();
});

test("what is under way on a socket is answered before it is closed, and nobody new is let in", async () => {
  const { api, isReading, letGo } = await startSlowApi();
  const client = await api.socket();
  const answer = client.run("{ machines { id } }");
  await isReading;
  const late = connect(Number(new URL(api.url).port), "127.0.0.1");
  await once(late, "connect");
  const closed = api[Symbol.asyncDispose]();
  late.write("GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n");
  const [refusal] = (await once(late, "data")) as [Buffer];
  expect(String(refusal)).toContain("503");
  letGo();
  expect((await answer).data).toEqual({ machines: [] });
  expect(await client.closed).toMatchObject({ code: 1001 });
  await closed;
});

test("/readyz does not wait for a store that says nothing", async () => {
  const silent = { ...app.deps.queueBackend, check: () => new Promise<never>(() => undefined) };
  await using api = await startApi({ ...app, deps: { ...app.deps, queueBackend: silent } });
  const answer = await fetch(`${api.url}/readyz`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ status: "not ready", away: ["queue"] });
});
