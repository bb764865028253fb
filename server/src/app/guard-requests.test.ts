import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import fastify, { type FastifyInstance } from "fastify";
import { limitBodies } from "#app/guard-requests.ts";

/** Long enough for a machine that stops for a moment. */
const bodyMs = 1_000;
let http: FastifyInstance;
let read: string[];

beforeEach(() => {
  http = fastify();
  read = [];
  limitBodies(http, bodyMs);
  http.addContentTypeParser("*", (_request, _payload, done) => done(null));
  for (const url of ["/graphql", "/uploads/1"]) http.post(url, ({ raw }) => receive(raw));
});
afterEach(() => http.close());

/** As a storage that takes its time once all has come. */
async function receive(body: IncomingMessage): Promise<string> {
  const all = await buffer(body);
  await new Promise((resolve) => setTimeout(resolve, 1.2 * bodyMs));
  read.push(all.toString());
  return "read";
}

async function begin(url: string, length: number): Promise<Socket> {
  const { port } = new URL(await http.listen({ port: 0, host: "127.0.0.1" }));
  const socket = connect(Number(port), "127.0.0.1");
  socket.write(`POST ${url} HTTP/1.1\r\nhost: x\r\ncontent-type: a/b\r\ncontent-length: ${length}\r\n\r\n`);
  return socket;
}

test.each(["/graphql", "/uploads/1"])("a request to %s whose body stops coming is not waited for", async (url) => {
  const socket = await begin(url, 100);
  socket.write("some");
  await once(socket, "close");
  expect(read).toEqual([]);
});

test("an upload that keeps coming may take longer, and so may what is done with it", async () => {
  const socket = await begin("/uploads/1", 12);
  let sent = 0;
  const sending = setInterval(() => {
    socket.write("x");
    if (++sent === 12) clearInterval(sending);
  }, bodyMs / 10);
  const [answer] = (await once(socket, "data")) as [Buffer];
  expect(answer.toString()).toContain("200 OK");
  expect(read).toEqual(["x".repeat(12)]);
  socket.destroy();
});

test("what a process asks itself, without a socket, is answered", async () => {
  const headers = { "content-type": "a/b" };
  const answer = await http.inject({ method: "POST", url: "/uploads/1", headers, payload: "some" });
  expect([answer.statusCode, read]).toEqual([200, ["some"]]);
});
