// Serves the web client and passes what belongs to the API on to it, so that a browser needs one origin only. `npm start`
// and `npm run dev` run it as a child process, docker-compose.yml as a container.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createProxyServer } from "httpxy";

const dir = fileURLToPath(new URL("../web", import.meta.url));
const hostname = process.env.HOST || "127.0.0.1";
const port = Number(process.env.WEB_PORT || 3000);
const dev = process.env.NODE_ENV === "development";
const apiUrl = (process.env.CALLSHEET_API_URL || "http://127.0.0.1:4000").replace(/\/$/, "");

/** Paths of the API. The bytes go through as they come: pages of the client have no part in them. */
const ofApi = /^\/(graphql|assets|thumbnails|previews|uploads|recipes|timelines)([/?]|$)/;
const proxy = createProxyServer({ target: apiUrl, xfwd: true });
proxy.on("error", (error, _request, response) => {
  if (!response || !("writeHead" in response)) return;
  console.error(`The API at ${apiUrl} does not answer:`, error);
  if (response.headersSent) return response.destroy();
  response.writeHead(502, { "content-type": "text/plain" }).end("The API does not answer.");
});

// A killed parent can't tell us to end; its end of the channel closes in any case.
process.on("disconnect", () => process.exit());

const next = createRequire(join(dir, "package.json"))("next");
const server = createServer();
const app = next({ dev, dir, hostname, port, httpServer: server });
await app.prepare();
const show = app.getRequestHandler();
server.on("request", (request, response) => {
  if (ofApi.test(request.url ?? "")) void proxy.web(request, response);
  else void show(request, response);
});
// Only Next's development server speaks over sockets; the client's live connection goes to the API itself.
if (dev) server.on("upgrade", app.getUpgradeHandler());
server.listen(port, hostname, () => process.send?.("ready"));

for (const signal of ["SIGTERM", "SIGINT"]) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
    app.close().finally(() => process.exit());
  });
}
