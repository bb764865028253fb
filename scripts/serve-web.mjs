// Serves the web client and passes what belongs to the API on to it, so that a browser needs one origin only. `npm start`
// and `npm run dev` run it as a child process, docker-compose.yml as a container.
import { existsSync, readFileSync } from "node:fs";
import { Agent, createServer } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createProxyServer } from "httpxy";

const dir = fileURLToPath(new URL("../web", import.meta.url));
const hostname = process.env.HOST || "127.0.0.1";
const port = Number(process.env.WEB_PORT || 3000);
const dev = process.env.NODE_ENV === "development";
const apiUrl = (process.env.CALLSHEET_API_URL || "http://127.0.0.1:4000").replace(/\/$/, "");

/** How long requests are still taken after the word to end, while /readyz tells balancers to ask others. */
const drainMs = 1_000 * Number(process.env.CALLSHEET_DRAIN_SECS || 0);
/** How long requests under way may take to end after that. */
const finishMs = 8_000;

/** How long a connection to the API may lie idle; the API closes it after 72 s. */
const idleMs = 20_000;

/** Paths of the API. The bytes go through as they come: pages of the client have no part in them. */
const ofApi = /^\/(graphql|assets|thumbnails|previews|uploads|recipes|timelines|executions|auth)([/?]|$)/;
// Connections are kept for the next request, but not for as long as the API keeps them: what is sent on one that it is just
// closing is lost, and what is not sure to be repeatable must not be sent again.
const agent = apiUrl.startsWith("https:")
  ? new HttpsAgent({ keepAlive: true, timeout: idleMs })
  : new Agent({ keepAlive: true, timeout: idleMs });
const proxy = createProxyServer({ target: apiUrl, xfwd: true, agent });
proxy.on("error", (error, _request, response) => {
  if (!response) return;
  console.error(`The API at ${apiUrl} does not answer:`, error);
  if (!("writeHead" in response) || response.headersSent) return response.destroy();
  response.writeHead(502, { "content-type": "text/plain" }).end("The API does not answer.");
});

/**
 * Says from where the request came, after what it says itself: the API believes the hosts that it trusts, from the last one on.
 * The proxy would leave what is already there as it is, and anybody could be anywhere.
 */
function withSender(request) {
  const { remoteAddress } = request.socket;
  const said = request.headers["x-forwarded-for"];
  if (remoteAddress) request.headers["x-forwarded-for"] = said ? `${said}, ${remoteAddress}` : remoteAddress;
  return request;
}

/**
 * Pages and scripts go to a browser of this machine as they are: packing them takes longer than sending them. What a proxy on this
 * machine passes on says for whom it is.
 */
function withoutPacking(request) {
  const { headers, socket } = request;
  const isPassedOn = "x-forwarded-for" in headers || "forwarded" in headers || "via" in headers;
  if (/^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? "") && !isPassedOn) delete headers["accept-encoding"];
  return request;
}

// A killed parent can't tell us to end; its end of the channel closes in any case.
process.on("disconnect", () => process.exit());

// In the container image lies Next's stand-alone output, without what reads a configuration: what its build has found is in it.
if (existsSync(join(dir, "server.js"))) {
  const { config } = JSON.parse(readFileSync(join(dir, ".next/required-server-files.json"), "utf8"));
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
}

const next = createRequire(join(dir, "package.json"))("next");
const server = createServer();
const app = next({ dev, dir, hostname, port, httpServer: server });
await app.prepare();
const show = app.getRequestHandler();
let isEnding = false;
server.on("request", (request, response) => {
  // Said beforehand, so that nobody sends the next request on a connection that is just closing.
  if (isEnding) response.setHeader("connection", "close");
  // An answer that had begun before promised that its connection would stay.
  response.once("close", () => setImmediate(() => !server.listening && server.closeIdleConnections()));
  if (request.url === "/readyz") response.writeHead(isEnding ? 503 : 200).end();
  else if (ofApi.test(request.url ?? "")) void proxy.web(withSender(request), response);
  else void show(withoutPacking(request), response);
});
// Live connections: the API's, unless browsers were given its own address, and those of Next's development server.
const showLive = app.getUpgradeHandler();
const live = new Set();
server.on("upgrade", (request, socket, head) => {
  live.add(socket);
  socket.once("close", () => live.delete(socket));
  if (ofApi.test(request.url ?? "")) proxy.ws(withSender(request), socket, {}, head).catch(() => socket.destroy());
  else if (dev) void showLive(request, socket, head);
  else socket.destroy();
});
server.listen(port, hostname, () => process.send?.("ready"));

/** Answers what was asked, then ends. Live connections are cut: whoever watches connects again. */
async function end() {
  if (isEnding) return;
  isEnding = true;
  await setTimeout(drainMs);
  const closed = new Promise((resolve) => server.close(resolve));
  for (const socket of live) socket.destroySoon();
  const finished = new AbortController();
  const cut = setTimeout(finishMs, undefined, finished).then(
    () => server.closeAllConnections(),
    () => undefined,
  );
  await closed;
  finished.abort();
  await cut;
  await app.close().catch(() => undefined);
  process.exit();
}
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => void end());
