import { buildServer, buildWeb, main, prepare, webNeedsBuild } from "./lib/bootstrap.mjs";
import { runNode } from "./lib/run.mjs";

await main(async () => {
  process.env.NODE_ENV ??= "production";
  await prepare();
  await buildServer();
  if (await webNeedsBuild()) {
    // The build takes longer than everything else: what would stop the start is better known before it.
    await runNode("server/dist/preflight.js", []);
    await buildWeb();
  }
  await import("../server/dist/start.js");
});
