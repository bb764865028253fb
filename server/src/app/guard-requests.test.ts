import { once } from "node:events";
import { connect } from "node:net";
import fastify from "fastify";
import { guardRequests } from "#app/guard-requests.ts";

test("a request whose body does not come is not waited for", async () => {
  const http = fastify();
  const read: unknown[] = [];
  guardRequests(http, { config: { auth: { mode: "password" } } as never }, { bodyMs: 50 });
  http.post("/graphql", ({ body }) => read.push(body));
  const { port } = new URL(await http.listen({ port: 0, host: "127.0.0.1" }));
  const socket = connect(Number(port), "127.0.0.1");
  socket.write(
    'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"que',
  );
  await once(socket, "close");
  await http.close();
  expect(read).toEqual([]);
});
