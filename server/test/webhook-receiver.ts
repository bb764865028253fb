import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A server that keeps what is posted to it. */
export async function startReceiver(answer: (response: ServerResponse, request: Received) => void = ok) {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  let reply = answer;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts).toString("utf8");
      const each = { path: request.url ?? "", headers: request.headers, body };
      received.push(each);
      reply(response, each);
      for (const wake of waiting) wake();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answer: (next: typeof answer) => (reply = next),
    /** Resolves once so many requests have come, with all of them. */
    until: async (count: number): Promise<Received[]> => {
      while (received.length < count) {
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            waiting.delete(wake);
            resolve();
          };
          waiting.add(wake);
        });
      }
      return received;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function ok(response: ServerResponse): void {
  response.writeHead(200).end("thanks");
}
