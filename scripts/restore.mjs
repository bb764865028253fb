// `npm run db:restore -- BACKUP`: returns the embedded database to a copy that a start made before it changed it.
import { buildServer, main, prepare } from "./lib/bootstrap.mjs";
import { runNode } from "./lib/run.mjs";

await main(async () => {
  await prepare();
  await buildServer();
  await runNode("server/dist/restore.js", process.argv.slice(2));
});
