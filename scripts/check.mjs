// `npm run check`: all that must hold before a change is merged. `-- --no-tests` leaves out the suites.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildClient, buildServer, buildWeb, main, prepare, printSchema } from "./lib/bootstrap.mjs";
import { jest } from "./lib/jest.mjs";
import { CommandFailed, npm, runNode } from "./lib/run.mjs";
import { root } from "./lib/steps.mjs";

const quiet = { quiet: true };
const checks = {
  Format: () => runNode("node_modules/oxfmt/bin/oxfmt", ["--check", "."], quiet),
  Lint: () => npm(["run", "--silent", "lint"], quiet),
  Types: () => npm(["run", "--silent", "typecheck"], { quiet: true, env: { TURBO_TELEMETRY_DISABLED: "1" } }),
  "Unused code": () => runNode("node_modules/knip/bin/knip.js", ["--no-progress"], quiet),
  Schema: schemaIsCurrent,
  "Schema rules": () => npm(["run", "--silent", "schema:lint", "-w", "server"], quiet),
  "Schema changes": () => npm(["run", "--silent", "schema:diff", "-w", "server"], quiet),
  ...(process.argv.includes("--no-tests") ? {} : { Tests: tests }),
};

await main(async () => {
  await prepare();
  await buildClient();
  const failed = [];
  for (const [name, check] of Object.entries(checks)) {
    const startedAt = performance.now();
    try {
      await check();
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      if (error.message) console.error(error.message);
      failed.push(name);
    }
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.error(`${failed.includes(name) ? "✗" : "✓"} ${name} (${seconds} s)`);
  }
  if (failed.length > 0) throw new CommandFailed(`Failed: ${failed.join(", ")}`);
});

async function schemaIsCurrent() {
  const folder = await mkdtemp(join(tmpdir(), "callsheet-schema-"));
  try {
    const printed = join(folder, "schema.graphql");
    await printSchema(printed);
    const [now, committed] = await Promise.all([
      readFile(printed, "utf8"),
      readFile(join(root, "server/schema.graphql"), "utf8"),
    ]);
    if (now !== committed) throw new CommandFailed("server/schema.graphql is not what the code says: npm run generate");
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function tests() {
  await buildServer();
  await buildWeb();
  await jest([]);
}
