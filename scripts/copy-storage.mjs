// `npm run storage:copy -- to-s3|to-disk`: copies all files from the disk to the bucket, or back.
import { buildServer, main, prepare } from "./lib/bootstrap.mjs";
import { runNode } from "./lib/run.mjs";

await main(async () => {
  await prepare();
  await buildServer();
  await runNode("server/dist/copy-storage.js", process.argv.slice(2));
});
