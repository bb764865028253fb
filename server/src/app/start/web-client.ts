import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Config } from "#app/config.ts";
import { isLoopback } from "#app/config-auth.ts";
import { StartError } from "#app/start/start-error.ts";

/** From the repository's root. */
const program = "scripts/serve-web.mjs";
const build = "web/.next/BUILD_ID";

/** A client that ends by itself is started again after this long, in ms. */
const restartDelayMs = 1_000;

export interface WebClient extends AsyncDisposable {
  kill: () => void;
}

/**
 * Serves the built web client from a process of its own, so that rendering pages never holds up the API. It ends with
 * us, however we end: it watches the channel between us.
 */
export async function startWebClient(config: Config, log: (line: string) => void): Promise<WebClient> {
  if (!existsSync(build)) throw new StartError("The web client is not built. Start with: npm start");
  let closing = false;
  let timer: NodeJS.Timeout | undefined;
  let child: ChildProcess;
  const launch = (): Promise<void> => {
    child = spawn(process.execPath, [resolve(program)], {
      // A session of its own: the terminal's Ctrl-C reaches only us, and we end it when its turn has come.
      detached: true,
      windowsHide: true,
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: webEnvironment(config),
    });
    return new Promise((ready, failed) => {
      let isReady = false;
      child.once("error", failed);
      child.once("message", () => {
        isReady = true;
        ready();
      });
      child.once("exit", (code, signal) => {
        if (closing) return;
        if (!isReady) return failed(new StartError(`The web client ended at its start (${signal ?? code}).`));
        log(`The web client ended (${signal ?? code}); starting it again.`);
        timer = setTimeout(() => void launch().catch((error: Error) => log(error.message)), restartDelayMs);
      });
    });
  };
  await launch();
  return {
    kill: () => void child.kill("SIGKILL"),
    [Symbol.asyncDispose]: async () => {
      closing = true;
      clearTimeout(timer);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise<void>((done) => child.once("exit", () => done()));
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** What the client needs to know, and nothing of what the server knows: passwords of databases stay here. */
function webEnvironment(config: Config): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, SystemRoot, TEMP } = process.env;
  return {
    PATH,
    HOME,
    TMPDIR,
    SystemRoot,
    TEMP,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    HOST: config.host,
    WEB_PORT: String(config.webPort),
    CALLSHEET_API_URL: `http://127.0.0.1:${config.port}`,
    // On this machine browsers reach the API itself; others, and cookies, know the page's own address only.
    ...(config.auth.mode === "local" && isLoopback(config.host)
      ? { CALLSHEET_WS_URL: `ws://localhost:${config.port}/graphql` }
      : {}),
  };
}
