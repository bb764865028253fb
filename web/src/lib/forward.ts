/** Headers that belong to one connection, or that fetch sets itself. */
const hopByHop = ["connection", "keep-alive", "transfer-encoding", "upgrade", "host", "content-length", "expect"];

function apiUrl(): string {
  return (process.env["CALLSHEET_API_URL"] ?? "http://127.0.0.1:4000").replace(/\/$/, "");
}

/**
 * Passes a request on to the API, bodies streamed both ways, so that the browser needs one origin only. Route
 * handlers instead of rewrites, because rewrites fix the API's address when the client is built.
 */
export async function forward(request: Request): Promise<Response> {
  const { pathname, search, host, protocol } = new URL(request.url);
  const headers = new Headers(request.headers);
  for (const name of hopByHop) headers.delete(name);
  headers.set("accept-encoding", "identity");
  headers.set("x-forwarded-host", host);
  headers.set("x-forwarded-proto", protocol.replace(":", ""));
  try {
    const answer = await fetch(apiUrl() + pathname + search, {
      method: request.method,
      headers,
      redirect: "manual",
      signal: request.signal,
      ...(request.body && { body: request.body, duplex: "half" }),
    });
    const answered = new Headers(answer.headers);
    for (const name of ["connection", "keep-alive", "transfer-encoding"]) answered.delete(name);
    return new Response(answer.body, { status: answer.status, headers: answered });
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    console.error(`The API at ${apiUrl()} does not answer:`, error);
    return new Response("The API does not answer.", { status: 502 });
  }
}
