import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The product for one suite alone, on ports and in a state directory of its own, with the demo studio in it. */
export interface OwnStudio extends AsyncDisposable {
  web: string;
  /** What of its console it was waited for. */
  said: RegExpExecArray;
}

/**
 * Starts the product with these environment variables and waits until its console says `ready`.
 * @throws when the product ends at its start
 */
export async function startOwnStudio(settings: Record<string, string>, ready: RegExp): Promise<OwnStudio> {
  const state = await mkdtemp(join(tmpdir(), "callsheet-own-"));
  // Root's database runs as an account of its own, which must be able to enter.
  await chmod(state, 0o755);
  const [port, webPort, simulatorPort] = (await freePorts(3)) as [number, number, number];
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ["server/dist/start.js"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH,
      HOME,
      PORT: String(port),
      WEB_PORT: String(webPort),
      CALLSHEET_SIMULATOR_PORT: String(simulatorPort),
      CALLSHEET_STATE_DIR: state,
      ...settings,
    },
  });
  return {
    web: `http://localhost:${webPort}`,
    said: await consoleSays(child, ready),
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGTERM");
      await once(child, "exit");
      await rm(state, { recursive: true, force: true });
    },
  };
}

function consoleSays(child: ChildProcess, words: RegExp): Promise<RegExpExecArray> {
  let output = "";
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        const said = words.exec(output);
        if (said) resolve(said);
      });
    }
    child.once("exit", (code) => reject(new Error(`The product ended at its start (${code}):\n${output}`)));
  });
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}
