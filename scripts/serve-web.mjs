// Serves the built web client: `npm start` runs it as a child process, docker-compose.yml as a container.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const dir = fileURLToPath(new URL("../web", import.meta.url));
const hostname = process.env.HOST || "127.0.0.1";
const port = Number(process.env.WEB_PORT || 3000);

// A killed parent can't tell us to end; its end of the channel closes in any case.
process.on("disconnect", () => process.exit());

const next = createRequire(join(dir, "package.json"))("next");
const app = next({ dev: false, dir, hostname, port });
await app.prepare();
const server = createServer(app.getRequestHandler());
server.listen(port, hostname, () => process.send?.("ready"));

for (const signal of ["SIGTERM", "SIGINT"]) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
    app.close().finally(() => process.exit());
  });
}
