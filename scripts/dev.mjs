// `npm run dev`: rebuilds and restarts the server at every change; the web client through Next's development server.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { main, prepare } from "./lib/bootstrap.mjs";
import { root } from "./lib/steps.mjs";

await main(async () => {
  await prepare();
  const env = { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" };
  const webPort = env.WEB_PORT || "3000";
  const apiPort = env.PORT || "4000";
  const web = spawn(process.execPath, [join(root, "scripts/serve-web.mjs")], {
    stdio: "inherit",
    env: {
      ...env,
      WEB_PORT: webPort,
      CALLSHEET_API_URL: `http://127.0.0.1:${apiPort}`,
      CALLSHEET_WS_URL: `ws://localhost:${apiPort}/graphql`,
    },
  });

  let server;
  let isEnding = false;
  let restarting = Promise.resolve();
  const stopServer = async () => {
    if (!server || server.exitCode !== null) return;
    const ended = once(server, "exit");
    server.kill("SIGTERM");
    await ended;
  };
  const restart = async () => {
    await stopServer();
    if (!isEnding)
      server = spawn(process.execPath, ["server/dist/start.js"], { stdio: "inherit", env, detached: true });
  };
  const onBuilt = {
    name: "restart",
    setup: (build) =>
      build.onEnd(({ errors }) => void (errors.length === 0 && (restarting = restarting.then(restart)))),
  };
  const { watchServer } = await import("./build-server.mjs");
  const watching = await watchServer([onBuilt]);

  const end = async () => {
    if (isEnding) return;
    isEnding = true;
    await watching.dispose();
    await restarting;
    await stopServer();
    web.kill("SIGTERM");
  };
  process.on("SIGINT", () => void end());
  process.on("SIGTERM", () => void end());
});
