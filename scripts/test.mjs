// `npm test`: everything the suites need, then Jest; further arguments go to it.
import { buildServer, buildWeb, main, prepare } from "./lib/bootstrap.mjs";
import { jest } from "./lib/jest.mjs";

await main(async () => {
  const args = process.argv.slice(2);
  await prepare();
  if (runsBrowserTests(args)) {
    await buildServer();
    await buildWeb();
  }
  await jest(args);
});

/** Whether the project e2e, which starts the built product, is among those that are selected. */
function runsBrowserTests(args) {
  const at = args.indexOf("--selectProjects");
  return at === -1 || args.slice(at + 1).includes("e2e");
}
