// Starts the product for the browser tests, as `npm start` does, on ports and in a state directory of its own: once for each
// worker, since suites that run at the same time pause the queue, clear it, and drain machines.
import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "./chromium.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const simulators = 3;
/** A first build takes a minute on a slow machine. */
const startLimitMs = 300_000;

export default async function setUp({ maxWorkers, testPathPatterns }) {
  if (!findChromium()) {
    console.warn("Browser tests are skipped: there is no Chromium. Install one, or give its path in CHROMIUM_PATH.");
    return;
  }
  // Products that run already, for quick repetitions while writing tests.
  if (process.env.CALLSHEET_E2E_STUDIOS) return;
  const suites = await readdir(join(root, "e2e/src"));
  const chosen = testPathPatterns.toExecutor({ rootDir: root });
  const count = suites.filter(
    (name) => name.endsWith(".test.ts") && chosen.isMatch(join(root, "e2e/src", name)),
  ).length;
  globalThis.callsheetProducts = [];
  const studios = await Promise.all(Array.from({ length: Math.min(maxWorkers, count) }, start));
  process.env.CALLSHEET_E2E_STUDIOS = JSON.stringify(studios);
}

/** @returns where a suite finds the product, and a folder of the server that jobs may take their inputs from */
async function start() {
  const stateDir = await mkdtemp(join(tmpdir(), "callsheet-e2e-"));
  // The embedded database of a root user runs as somebody else, who has to reach the folder.
  await chmod(stateDir, 0o755);
  const inputs = join(stateDir, "inputs");
  await mkdir(inputs);
  const [port, webPort] = await freePorts(2);
  const simulatorPort = await freeRange(simulators);
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...cleanEnvironment(),
      NODE_ENV: "production",
      PORT: String(port),
      WEB_PORT: String(webPort),
      CALLSHEET_STATE_DIR: stateDir,
      CALLSHEET_SIMULATORS: String(simulators),
      CALLSHEET_SIMULATOR_PORT: String(simulatorPort),
      CALLSHEET_SIMULATOR_STEP_MS: "25",
      CALLSHEET_HEALTH_INTERVAL_MS: "1000",
      CALLSHEET_INPUT_ROOTS: inputs,
      // Suites receive on this machine what the product sends.
      CALLSHEET_WEBHOOK_ALLOW_PRIVATE: "true",
    },
  });
  const product = { child, stateDir, ports: [port, webPort], output: "" };
  globalThis.callsheetProducts.push(product);
  child.stdout.on("data", (chunk) => (product.output += chunk));
  child.stderr.on("data", (chunk) => (product.output += chunk));
  await ready(product);
  return { api: `http://localhost:${port}`, web: `http://localhost:${webPort}`, inputs };
}

function ready(product) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail("did not get ready"), startLimitMs);
    const fail = (what) => {
      clearTimeout(timer);
      product.child.kill("SIGKILL");
      reject(new Error(`The product ${what}:\n${product.output}`));
    };
    product.child.once("exit", (code, signal) => fail(`ended at its start (${signal ?? code})`));
    product.child.stdout.on("data", () => {
      if (!product.output.includes("Callsheet is ready")) return;
      clearTimeout(timer);
      product.child.removeAllListeners("exit");
      resolve();
    });
  });
}

/** Nothing of the developer's own configuration reaches the product under test. */
function cleanEnvironment() {
  const foreign = /^(CALLSHEET_|DATABASE_URL$|REDIS_URL$|COMFY_URLS$|NODE_OPTIONS$|JEST_WORKER_ID$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

/** The first of `count` neighbouring ports that are free. */
async function freeRange(count) {
  for (;;) {
    const [first] = await freePorts(1);
    const servers = await Promise.all(
      Array.from({ length: count }, (_, index) => listen(first + index).catch(() => null)),
    );
    await Promise.all(servers.map((server) => server && new Promise((done) => server.close(done))));
    if (servers.every(Boolean)) return first;
  }
}

function listen(port) {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
