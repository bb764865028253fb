import { readFileSync } from "node:fs";
import { ConfigError } from "#app/config-error.ts";
import { StartError } from "#app/start/start-error.ts";

/** How long a shutdown may take before the process ends regardless, in ms. */
const shutdownLimitMs = 30_000;
/** When everything is closed nothing should keep the process; a timer that a library forgot may, but not for long. */
const lingerLimitMs = 1_000;
/** npm hands on the Ctrl-C that the terminal has sent already; both arrive within moments and are one. */
const sameSignalMs = 750;
const parentCheckMs = 500;

export interface Lifetime {
  /** Aborted when the process shall end. */
  stop: AbortSignal;
  /** Called at a second Ctrl-C, right before the process ends without waiting for anything. */
  onForce: (kill: () => void) => void;
}

/**
 * Runs a whole process: `work` opens what it needs, waits for `stop` and closes everything again, also when it is asked
 * to stop while it is still opening. Stops at Ctrl-C and SIGTERM, and when npm, which would have told us, is killed.
 */
export async function runProcess(work: (lifetime: Lifetime) => Promise<void>): Promise<void> {
  process.setSourceMapsEnabled(true);
  const controller = new AbortController();
  const kills: (() => void)[] = [];
  let firstAt: number | undefined;
  const force = (): void => {
    for (const kill of kills) {
      try {
        kill();
      } catch {
        // Gone already.
      }
    }
    process.exit(130);
  };
  const onSignal = (): void => {
    if (firstAt === undefined) {
      firstAt = Date.now();
      if (process.stderr.isTTY) process.stderr.write("\nStopping … (Ctrl-C again forces)\n");
      controller.abort();
      setTimeout(force, shutdownLimitMs).unref();
    } else if (Date.now() - firstAt > sameSignalMs) {
      force();
    }
  };
  for (const signal of signals()) process.on(signal, onSignal);
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.env["npm_command"] && process.ppid !== parent && firstAt === undefined) onSignal();
  }, parentCheckMs).unref();
  try {
    await work({ stop: controller.signal, onForce: (kill) => kills.push(kill) });
  } catch (error) {
    if (controller.signal.aborted && isAbort(error)) return;
    const expected = error instanceof StartError || error instanceof ConfigError;
    console.error(expected ? `\n${error.message}\n` : error);
    process.exitCode = 1;
  } finally {
    clearInterval(watch);
    setTimeout(() => process.exit(), lingerLimitMs).unref();
  }
}

/** Resolves when the process is asked to end. */
export function stopped(stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise((resolve) => stop.addEventListener("abort", () => resolve(), { once: true }));
}

function signals(): NodeJS.Signals[] {
  return ignoresHangup() ? ["SIGINT", "SIGTERM"] : ["SIGINT", "SIGTERM", "SIGHUP"];
}

/** Started with nohup: a closed terminal shall not end us. */
function ignoresHangup(): boolean {
  if (process.platform !== "linux") return false;
  const ignored = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  return ignored !== undefined && (BigInt(`0x${ignored}`) & 1n) === 1n;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
