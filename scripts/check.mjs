// `npm run check`: all that must hold before a change is merged. `-- --no-tests` leaves out the suites.
import { outdatedApiDocuments } from "./lib/api-documents.mjs";
import { buildClient, buildServer, buildWeb, main, prepare } from "./lib/bootstrap.mjs";
import { jest } from "./lib/jest.mjs";
import { CommandFailed, npm, runNode } from "./lib/run.mjs";

const quiet = { quiet: true };
const checks = {
  Format: () => runNode("node_modules/oxfmt/bin/oxfmt", ["--check", "."], quiet),
  Lint: () => npm(["run", "--silent", "lint"], quiet),
  Types: () => npm(["run", "--silent", "typecheck"], { quiet: true, env: { TURBO_TELEMETRY_DISABLED: "1" } }),
  "Unused code": () => runNode("node_modules/knip/bin/knip.js", ["--no-progress"], quiet),
  "Schema, reference, changelog": apiDocumentsAreCurrent,
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

async function apiDocumentsAreCurrent() {
  const outdated = await outdatedApiDocuments();
  if (outdated.length > 0)
    throw new CommandFailed(`Not what the code says, until \`npm run generate\` writes it: ${outdated.join(", ")}`);
}

async function tests() {
  await buildServer();
  await buildWeb();
  await jest([]);
}
