import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { TestApp } from "#test/test-app.ts";

const bundle = fileURLToPath(new URL("../../dist/test/worker.js", import.meta.url));

export interface WorkerLine {
  level: number;
  time: string;
  msg: string;
  event?: string;
  [field: string]: unknown;
}

/** The product's own worker, as an operator starts it: told by its environment, with metrics on a port and a log. */
export class WorkerProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #waiting = new Set<() => void>();
  readonly url: string;
  readonly lines: WorkerLine[] = [];

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.url = `http://127.0.0.1:${port}`;
    createInterface({ input: child.stderr as NodeJS.ReadableStream }).on("line", (line) => {
      this.lines.push(JSON.parse(line) as WorkerLine);
      for (const wake of this.#waiting) wake();
    });
  }

  /** @param env beside where database, files and metrics are */
  static async start(app: TestApp, env: Record<string, string> = {}): Promise<WorkerProcess> {
    const port = await freePort();
    const { PATH, HOME } = process.env as Record<string, string>;
    const child = spawn(process.execPath, ["--enable-source-maps", bundle], {
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        PATH,
        HOME,
        NODE_ENV: "test",
        DATABASE_URL: app.databaseUrl,
        CALLSHEET_STATE_DIR: app.config.stateDir,
        CALLSHEET_METRICS_PORT: String(port),
        CALLSHEET_LOG_LEVEL: "debug",
        CALLSHEET_HEALTH_INTERVAL_MS: "1000",
        CALLSHEET_CLEANUP_CRON: "off",
        ...env,
      },
    });
    const worker = new WorkerProcess(child, port);
    await worker.untilLine(({ msg }) => msg === "the worker runs");
    return worker;
  }

  /** The first line that is so, also one that is there already. @throws when the process ends without one */
  async untilLine(isSo: (line: WorkerLine) => boolean): Promise<WorkerLine> {
    const ended = once(this.#child, "close").then(() => Promise.reject(new Error("the worker ended")));
    ended.catch(() => undefined);
    for (;;) {
      const found = this.lines.find(isSo);
      if (found) return found;
      let wake = (): void => undefined;
      const more = new Promise<void>((resolve) => this.#waiting.add((wake = resolve)));
      await Promise.race([more, ended]).finally(() => this.#waiting.delete(wake));
    }
  }

  /** Asks it to end, as systemd and Docker do. @returns its exit code */
  async stop(): Promise<number | null> {
    if (this.#child.exitCode !== null) return this.#child.exitCode;
    this.#child.kill("SIGTERM");
    const [code] = (await once(this.#child, "close")) as [number | null];
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
