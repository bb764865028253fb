import { connect } from "node:net";
import { once } from "node:events";
import { WebSocket } from "ws";
import { type Api, startApi } from "#test/api/api-server.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let api: Api;
beforeAll(async () => {
  app = await startTestApp();
  api = await startApi(app, { sockets: { connectionInitTimeoutMs: 200, maxOperations: 3 } });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});

test.each([
  ["text that is no JSON", "{"],
  ["a message without type", "{}"],
  ["a message of a type that clients do not send", '{"type":"next","id":"1","payload":{}}'],
  ["a subscription without query", '{"type":"subscribe","id":"1","payload":{}}'],
])("%s closes the socket with 4400", async (_what, text) => {
  const client = await api.socket();
  client.send(text);
  expect(await client.closed).toMatchObject({ code: 4400 });
});

test("an operation before connection_init closes the socket with 4401", async () => {
  const client = await api.socket({}, false);
  client.subscribe("1", "{ viewer { name } }");
  expect(await client.closed).toMatchObject({ code: 4401 });
});

test("whoever is nobody is refused with 4403", async () => {
  const client = await api.socket({ "x-viewer": "anonymous" }, false);
  client.send({ type: "connection_init" });
  expect(await client.closed).toMatchObject({ code: 4403 });
});

test("a client that never says connection_init is closed with 4408", async () => {
  const client = await api.socket({}, false);
  expect(await client.closed).toMatchObject({ code: 4408 });
});

test("a second subscriber with the same id closes the socket with 4409", async () => {
  const client = await api.socket();
  client.subscribe("1", "subscription { queueUpdated { job { id } } }");
  client.subscribe("1", "subscription { queueUpdated { job { id } } }");
  expect(await client.closed).toMatchObject({ code: 4409 });
});

test("a second connection_init closes the socket with 4429", async () => {
  const client = await api.socket();
  client.send({ type: "connection_init" });
  expect(await client.closed).toMatchObject({ code: 4429 });
});

test("a message beyond the size limit closes the socket with 1009", async () => {
  const client = await api.socket();
  client.subscribe("1", `{ viewer { name } } # ${"x".repeat(1024 * 1024)}`);
  expect(await client.closed).toMatchObject({ code: 1009 });
});

test("another subprotocol is not spoken", async () => {
  const socket = new WebSocket(`${api.url.replace("http", "ws")}/graphql`, "graphql-ws");
  const [error] = (await once(socket, "error")) as [Error];
  expect(error.message).toContain("subprotocol");
});

test("a ping is answered, with its payload", async () => {
  const client = await api.socket();
  client.send({ type: "ping", payload: { n: 1 } });
  expect(await client.next()).toEqual({ type: "pong", payload: { n: 1 } });
  await client.close();
});

test("operations beyond the number for one socket are refused, and the others go on", async () => {
  const client = await api.socket();
  for (const id of ["1", "2", "3", "4"]) client.subscribe(id, "subscription { queueUpdated { job { id } } }");
  expect(await client.next()).toMatchObject({
    id: "4",
    type: "error",
    payload: [{ extensions: { code: "RATE_LIMITED" } }],
  });
  client.send({ id: "1", type: "complete" });
  client.send({ type: "ping" });
  expect(await client.next()).toEqual({ type: "pong" });
  expect((await client.run("{ viewer { name } }")).data).toEqual({ viewer: { name: "local" } });
  await client.close();
});

const upgrade = async (path: string, origin?: string, host = new URL(api.url).host): Promise<string> => {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n` +
      `sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n${origin ? `origin: ${origin}\r\n` : ""}\r\n`,
  );
  const [data] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return String(data).split("\r\n")[0] ?? "";
};

test("pages of other sites can't open a socket; our own and programs can", async () => {
  expect(await upgrade("/graphql", "https://evil.example")).toContain("403");
  expect(await upgrade("/graphql", "null")).toContain("403");
  expect(await upgrade("/graphql", "http://localhost.evil.example")).toContain("403");
  expect(await upgrade("/graphql", "http://localhost:3000")).toContain("101");
  expect(await upgrade("/graphql")).toContain("101");
  expect(await upgrade("/other")).toContain("404");
  // The web client as another machine of the network sees it, and a name that somebody made lead here.
  expect(await upgrade("/graphql", "http://192.0.2.7:3000", "192.0.2.7:3000")).toContain("101");
  expect(await upgrade("/graphql", "http://192.0.2.8:3000", "192.0.2.7:3000")).toContain("403");
  expect(await upgrade("/graphql", "http://evil.example:3000", "evil.example:3000")).toContain("403");
  expect(await upgrade("/graphql", undefined, "evil.example:3000")).toContain("403");
});

test("with a list of origins only those are taken", async () => {
  await using strict = await startApi(app, { config: { corsOrigins: ["https://studio.example"] } });
  const refused = new WebSocket(`${strict.url.replace("http", "ws")}/graphql`, "graphql-transport-ws", {
    origin: "http://localhost:3000",
  });
  const [error] = (await once(refused, "error")) as [Error];
  expect(error.message).toContain("403");
  const client = await strict.socket({ origin: "https://studio.example" });
  expect((await client.run("{ viewer { name } }")).data).toEqual({ viewer: { name: "local" } });
  await client.close();
});

test("a client that asks and does not read is cut off, with a reason", async () => {
  await using small = await startApi(app, { sockets: { maxBufferedBytes: 64 * 1024 } });
  const client = await small.socket();
  const lower = (client.socket as unknown as { _socket: { pause(): void; resume(): void } })._socket;
  lower.pause();
  app.takeStatements();
  for (let n = 0; n < 150; n++)
    client.subscribe(
      String(n),
      "{ systemStatus { isPaused } __schema { types { name description fields { name description } } } }",
    );
  // Each operation reads the pauses once: when all have, the answers have filled the buffers of both sides and then ours.
  const other = await small.socket();
  for (let seen = 0; seen < 150;) {
    await other.run("{ __typename }");
    seen += app.takeStatements().filter((sql) => sql.includes("queue_pause")).length;
  }
  await other.close();
  lower.resume();
  expect(await client.closed).toEqual({ code: 1013, reason: "Too slow: messages pile up unread" });
});
