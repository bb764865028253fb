import { buildServer, main, prepare } from "./lib/bootstrap.mjs";
import { runNode } from "./lib/run.mjs";

await main(async () => {
  await prepare();
  await buildServer();
  await runNode("server/dist/new-migration.js", process.argv.slice(2));
});
