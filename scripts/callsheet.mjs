// The command `callsheet`: builds what it needs, then runs where it was called, so that paths mean what they say.
import { buildServer, main, prepare } from "./lib/bootstrap.mjs";

const calledFrom = process.cwd();
await main(async () => {
  await prepare();
  await buildServer();
  process.chdir(calledFrom);
  await import("../server/dist/cli.js");
});
