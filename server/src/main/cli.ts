import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCli, stoppedCode } from "#cli/program.ts";

/** The folder above this file that holds the product. */
function findRoot(folder: string): string {
  return existsSync(join(folder, "prisma", "migrations")) ? folder : findRoot(dirname(folder));
}

const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());
// Whoever read along has read enough, as `head` does: what is watched is let go, and nothing has failed.
let isReaderGone = false;
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    if (stream !== process.stdout) return;
    isReaderGone = true;
    stopping.abort();
  });
const exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  root: findRoot(dirname(fileURLToPath(import.meta.url))),
  stop: stopping.signal,
  isTerminal: process.stdout.isTTY,
  result: (line) => process.stdout.write(`${line}\n`),
  note: (line) => process.stderr.write(`${line}\n`),
});
process.exitCode = exitCode === stoppedCode && isReaderGone ? 0 : exitCode;
