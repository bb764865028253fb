import type { IncomingMessage, ServerResponse } from "node:http";
import { stringifyJson } from "#lib/json.ts";

export type Answer = {
  status: number;
  json?: unknown;
  text?: string;
  bytes?: Buffer;
  headers?: Record<string, string>;
};

export type Call = {
  request: IncomingMessage;
  url: URL;
  /** Parts of the path that the route names, decoded. */
  params: Record<string, string>;
  body(): Promise<Buffer>;
};

export type Route = { method: "GET" | "POST" | "DELETE"; path: string; handle: (call: Call) => Answer | Promise<Answer> };

export const nothing: Answer = { status: 200 };
export const serverTrouble: Answer = { status: 500, text: "500 Internal Server Error\n\nServer got itself in trouble" };

export function json(value: unknown, status = 200): Answer {
  return { status, json: value };
}

/** Finds the route of a path, or says like the real machine why there is none. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; params: Record<string, string> } | Answer {
  let isPathKnown = false;
  for (const route of routes) {
    const params = match(route.path, path);
    if (params === undefined) continue;
    if (route.method === method || (method === "HEAD" && route.method === "GET")) return { route, params };
    isPathKnown = true;
  }
  if (method === "OPTIONS") return nothing;
  if (isPathKnown) return { status: 405, text: "405: Method Not Allowed" };
  return { status: 404, bytes: Buffer.alloc(0), headers: { "content-type": "application/octet-stream" } };
}

/** `{name}` stands for one part of the path, which may hold encoded slashes. */
function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith("{")) params[part.slice(1, -1)] = decodeURIComponent(value);
    else if (part !== value) return undefined;
  }
  return params;
}

export function write(response: ServerResponse, answer: Answer): void {
  const [type, body] = content(answer);
  const headers = { ...(type === undefined ? {} : { "content-type": type }), ...answer.headers };
  response.writeHead(answer.status, { ...headers, "content-length": String(body.length) });
  response.end(response.req.method === "HEAD" ? undefined : body);
}

function content(answer: Answer): [string | undefined, Buffer] {
  if (answer.json !== undefined) {
    return ["application/json; charset=utf-8", Buffer.from(stringifyJson(answer.json))];
  }
  if (answer.text !== undefined) return ["text/plain; charset=utf-8", Buffer.from(answer.text)];
  return [undefined, answer.bytes ?? Buffer.alloc(0)];
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
