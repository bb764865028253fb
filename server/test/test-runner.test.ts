import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "callsheet-runner-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** In all processes but the first: what comes while it works is read at once. */
const busy = `
if (process.send && process.env.TINYPOOL_WORKER_ID !== "1") {
  const work = () => {
    for (const end = Date.now() + 60; Date.now() < end; );
    setTimeout(work, 1).unref();
  };
  work();
}`;

test("a process that reads its first test late runs it all the same", async () => {
  const suites = ["one", "two", "three"];
  for (const name of suites) await writeFile(join(folder, `${name}.test.mjs`), `test("${name}", () => {});`);
  await writeFile(join(folder, "busy.mjs"), busy);
  const config = {
    rootDir: folder,
    testMatch: ["<rootDir>/*.test.mjs"],
    transform: {},
    maxWorkers: suites.length,
    runner: file("scripts/lib/test-runner.mjs"),
    setupFilesAfterEnv: [file("scripts/lib/usual-test-process.mjs")],
  };
  const { stderr } = await promisify(execFile)(
    process.execPath,
    [file("node_modules/jest/bin/jest.js"), "--config", JSON.stringify(config)],
    { cwd: folder, timeout: 60_000, env: { ...process.env, NODE_OPTIONS: `--import ${join(folder, "busy.mjs")}` } },
  );
  expect(stderr).toContain("Tests:       3 passed, 3 total");
});
