import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The built product, as `npm start` runs it; the build is done before the suites. */
const root = fileURLToPath(new URL("../../", import.meta.url));
/** Generous, for two busy cores: some tests start it twice. */
const startTimeoutMs = 240_000;

let state: string;
const running = new Set<ChildProcess>();
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), "callsheet start "));
  // Root's database runs as an account of its own, which must be able to enter.
  await chmod(state, 0o755);
});
afterEach(async () => {
  for (const child of running) {
    child.kill("SIGTERM");
    await once(child, "exit");
  }
  await rm(state, { recursive: true, force: true });
});

interface Started {
  child: ChildProcess;
  output: () => string;
  api: string;
  web: string;
  ended: Promise<number | null>;
}

async function start(): Promise<Started> {
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
    },
  });
  running.add(child);
  const ended = once(child, "exit").then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  let output = "";
  const isReady = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes("Callsheet is ready")) resolve();
      });
    }
  });
  await Promise.race([isReady, ended]);
  return { child, output: () => output, api: `http://127.0.0.1:${port}`, web: `http://127.0.0.1:${webPort}`, ended };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}

/** Fails to connect: nobody is there any more. */
const nobodyAt = (url: string) => expect(fetch(url)).rejects.toThrow();

async function databaseIsStopped(): Promise<boolean> {
  return (await readFile(join(state, "postgres/data/postmaster.pid"), "utf8").catch(() => "")) === "";
}

test(
  "the product starts with one simulator, serves API and web client, and leaves nothing behind at Ctrl-C",
  async () => {
    const product = await start();
    expect(product.output()).toMatch(/Callsheet is ready[^]*Web[^]*GraphQL[^]*simulator/);
    expect(await (await fetch(`${product.api}/healthz`)).json()).toEqual({ status: "ok" });
    const page = await fetch(product.web);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("Callsheet");
    const answer = await fetch(`${product.web}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ machines { isSimulator isReachable } }" }),
    });
    expect(await answer.json()).toMatchObject({ data: { machines: [{ isSimulator: true }] } });

    product.child.kill("SIGINT");
    expect(await product.ended).toBe(0);
    await nobodyAt(product.api);
    await nobodyAt(product.web);
    expect(await databaseIsStopped()).toBe(true);
  },
  startTimeoutMs,
);

test(
  "after kill -9 the web client ends by itself and the next start takes the database over",
  async () => {
    const first = await start();
    first.child.kill("SIGKILL");
    await first.ended;
    const second = await start();
    expect(second.output()).toContain("Took over the database");
    await nobodyAt(first.web);
    second.child.kill("SIGTERM");
    expect(await second.ended).toBe(0);
    expect(await databaseIsStopped()).toBe(true);
  },
  startTimeoutMs,
);

test(
  "a second start on the same state directory says who is there and ends",
  async () => {
    const first = await start();
    const second = await start();
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/running already[^]*CALLSHEET_STATE_DIR/);
    first.child.kill("SIGTERM");
    await first.ended;
  },
  startTimeoutMs,
);
