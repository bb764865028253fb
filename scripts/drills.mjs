// `npm run drills`: the failure drills in their long form. DRILL_RUNS sets how many runs; further arguments go to Jest, and
// `--testPathPatterns` chooses among them.
import { main, prepare } from "./lib/bootstrap.mjs";
import { jest } from "./lib/jest.mjs";

await main(async () => {
  await prepare();
  process.env.DRILL_RUNS ??= "1000";
  const args = process.argv.slice(2);
  const all = args.includes("--testPathPatterns") ? [] : ["--testPathPatterns", "test/drills"];
  // In one process, which a drill may leave with timers of connections that were cut.
  await jest(["--selectProjects", "server", "--runInBand", "--forceExit", ...all, ...args]);
});
