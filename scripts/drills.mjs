// `npm run drills`: the failure drills in their long form. DRILL_RUNS sets how many runs; further arguments go to Jest.
import { main, prepare } from "./lib/bootstrap.mjs";
import { jest } from "./lib/jest.mjs";

await main(async () => {
  await prepare();
  process.env.DRILL_RUNS ??= "1000";
  const args = process.argv.slice(2);
  await jest(["--selectProjects", "server", "--runInBand", "--testPathPatterns", "test/drills", ...args]);
});
