import { once } from "node:events";
import { WebSocket } from "ws";
import { percentile } from "./support.ts";

/** What to listen to; without a query the socket speaks no GraphQL. */
export interface Watch {
  url: string;
  subscribers: number;
  query: string | null;
}
export interface Heard {
  messages: number;
  p50: number;
  p99: number;
}

/** Many subscribers in a process of their own. A message holds the moment of its change as the job's name. */
const latencies: number[] = [];
const sockets: WebSocket[] = [];

process.on("message", (message: Watch | "stop") => {
  if (message !== "stop") return void listen(message).then(() => process.send?.("listening"));
  process.send?.({ messages: latencies.length, p50: percentile(latencies, 50), p99: percentile(latencies, 99) });
  for (const socket of sockets) socket.terminate();
  process.disconnect();
});

async function listen({ url, subscribers, query }: Watch): Promise<void> {
  for (let n = 0; n < subscribers; n += 1) {
    const socket = new WebSocket(url, query === null ? [] : ["graphql-transport-ws"]);
    await once(socket, "open");
    if (query !== null) {
      socket.send(JSON.stringify({ type: "connection_init" }));
      await once(socket, "message");
      socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query } }));
    }
    socket.on("message", (data: Buffer) => {
      const changedAt = /"name":"(\d+\.\d+)"/.exec(data.toString())?.[1];
      if (changedAt) latencies.push(performance.timeOrigin + performance.now() - Number(changedAt));
    });
    sockets.push(socket);
  }
}
