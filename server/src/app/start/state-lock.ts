import { createHash } from "node:crypto";
import { mkdir, realpath, rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartError } from "#app/start/start-error.ts";

/**
 * Takes a state directory for this process, so that a second start on it stops with a clear message. The lock is a
 * local socket that we listen on: the system gives it back when we die, however we die, and it answers who we are.
 * @throws StartError when another process has it
 */
export async function lockState(directory: string, about: string): Promise<AsyncDisposable> {
  await mkdir(directory, { recursive: true });
  const place = await realpath(directory);
  const address = addressFor(place);
  let server = await listen(address, about);
  if (!server) {
    const holder = await askHolder(address);
    if (holder !== undefined) {
      throw new StartError(
        `Callsheet is running already on ${place} (${holder}).\nStop it first, or keep a second studio apart: ` +
          `CALLSHEET_STATE_DIR=.callsheet-2 PORT=4010 WEB_PORT=3010 CALLSHEET_SIMULATOR_PORT=8388 npm start`,
      );
    }
    // Only where the address is a file: its process is gone and left it behind.
    await rm(address, { force: true });
    server = await listen(address, about);
  }
  if (!server) throw new StartError(`The state directory ${place} is in use by another process.`);
  const held = server;
  return { [Symbol.asyncDispose]: () => new Promise<void>((resolve) => held.close(() => resolve())) };
}

function addressFor(place: string): string {
  const id = createHash("sha256").update(place).digest("hex").slice(0, 24);
  if (process.platform === "win32") return `\\\\.\\pipe\\callsheet-${id}`;
  // A leading zero byte is Linux's abstract namespace: no file that could stay behind.
  if (process.platform === "linux") return `\0callsheet-${id}`;
  return join(tmpdir(), `callsheet-${id}.sock`);
}

function listen(address: string, about: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.end(about);
    });
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(undefined) : reject(error),
    );
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** What the holder says of itself; undefined when nobody answers. */
function askHolder(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(address);
    socket.setEncoding("utf8");
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on("data", (text: string) => (answer += text));
    socket.once("error", () => resolve(undefined));
    socket.once("close", () => resolve(answer));
  });
}
