import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { TestApp } from "#test/test-app.ts";

const bundle = fileURLToPath(new URL("../../dist/test/app-process.js", import.meta.url));

/** A process of the product on the database, files and queue of a test's app. */
export class AppProcess implements AsyncDisposable {
  readonly #app: TestApp;
  readonly #roles: { api: boolean; worker: boolean };
  readonly #env: Record<string, string>;
  #child: ChildProcess | undefined;
  #port = 0;
  kills = 0;
  /** Between the end of a start and the next kill. */
  isUp = false;

  constructor(app: TestApp, roles: { api?: boolean; worker?: boolean }, env: Record<string, string> = {}) {
    this.#app = app;
    this.#env = env;
    this.#roles = { api: roles.api ?? false, worker: roles.worker ?? false };
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Resolves when it works. */
  async start(): Promise<void> {
    const orders = { config: this.#app.config, databaseUrl: this.#app.databaseUrl, roles: this.#roles };
    const child = fork(bundle, {
      env: { ...process.env, ...this.#env, NODE_OPTIONS: "", CALLSHEET_DRILL: JSON.stringify(orders) },
      execArgv: ["--enable-source-maps"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.#child = child;
    const [message] = (await Promise.race([
      once(child, "message"),
      once(child, "exit").then(([code]) =>
        Promise.reject(new Error(`the process ended with ${String(code)} before it was ready`)),
      ),
    ])) as [{ port: number }];
    this.#port = message.port;
    this.isUp = true;
  }

  /** kill -9, without a chance to say goodbye. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    this.isUp = false;
    if (!child || child.exitCode !== null) return;
    this.kills += 1;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}
