import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { TestApp } from "#test/test-app.ts";

type Role = "api" | "worker";

const bundleOf = (role: Role): string => fileURLToPath(new URL(`../../dist/test/${role}.js`, import.meta.url));
const readyLine: Record<Role, string> = { api: "the API listens", worker: "the worker runs" };

export interface LogLine {
  level: number;
  time: string;
  msg: string;
  event?: string;
  [field: string]: unknown;
}

/** The product's own API or worker, as an operator starts it: told by its environment, with a port and a log. */
export class ProductProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #waiting = new Set<() => void>();
  readonly url: string;
  readonly lines: LogLine[] = [];

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.url = `http://127.0.0.1:${port}`;
    createInterface({ input: child.stderr as NodeJS.ReadableStream }).on("line", (line) => {
      this.lines.push(JSON.parse(line) as LogLine);
      for (const wake of this.#waiting) wake();
    });
  }

  /** @param env beside where database, queue, files and metrics are */
  static async start(app: TestApp, role: Role, env: Record<string, string> = {}): Promise<ProductProcess> {
    const port = await freePort();
    const { PATH, HOME } = process.env as Record<string, string>;
    const child = spawn(process.execPath, ["--enable-source-maps", bundleOf(role)], {
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        PATH,
        HOME,
        NODE_ENV: "test",
        DATABASE_URL: app.databaseUrl,
        CALLSHEET_STATE_DIR: app.config.stateDir,
        ...(app.config.redisUrl ? { REDIS_URL: app.config.redisUrl } : {}),
        CALLSHEET_REDIS_PREFIX: app.config.redisPrefix,
        [role === "api" ? "PORT" : "CALLSHEET_METRICS_PORT"]: String(port),
        CALLSHEET_LOG_LEVEL: "debug",
        CALLSHEET_HEALTH_INTERVAL_MS: "1000",
        CALLSHEET_CLEANUP_CRON: "off",
        ...env,
      },
    });
    const started = new ProductProcess(child, port);
    await started.untilLine(({ msg }) => msg === readyLine[role]);
    return started;
  }

  /** The first line that is so, also one that is there already. @throws when the process ends without one */
  async untilLine(isSo: (line: LogLine) => boolean): Promise<LogLine> {
    const ended = once(this.#child, "close").then(() => Promise.reject(new Error("the process ended")));
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

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
