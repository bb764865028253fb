import { ConfigError } from "#app/config.ts";
import { StartError } from "#app/start/start-error.ts";

/** How long a shutdown may take before the process ends regardless, in ms. */
const shutdownLimitMs = 30_000;
/** npm hands on the Ctrl-C that the terminal has sent already; both arrive within moments and are one. */
const sameSignalMs = 750;

export interface Lifetime {
  /** Aborted when the process shall end. */
  stop: AbortSignal;
  /** Called at a second Ctrl-C, right before the process ends without waiting for anything. */
  onForce(kill: () => void): void;
}

/**
 * Runs a whole process: `work` opens what it needs, waits for `stop` and closes everything again, also when it is asked
 * to stop while it is still opening.
 */
export async function runProcess(work: (lifetime: Lifetime) => Promise<void>): Promise<void> {
  process.setSourceMapsEnabled(true);
  const controller = new AbortController();
  const kills: (() => void)[] = [];
  let firstAt: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (firstAt === undefined) {
      firstAt = Date.now();
      if (process.stderr.isTTY) process.stderr.write(signal === "SIGINT" ? "\nStopping … (Ctrl-C again forces)\n" : "");
      controller.abort();
      setTimeout(force, shutdownLimitMs).unref();
    } else if (Date.now() - firstAt > sameSignalMs) {
      force();
    }
  };
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
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  try {
    await work({ stop: controller.signal, onForce: (kill) => kills.push(kill) });
  } catch (error) {
    if (controller.signal.aborted && isAbort(error)) return;
    const expected = error instanceof StartError || error instanceof ConfigError;
    console.error(expected ? `\n${error.message}\n` : error);
    process.exitCode = 1;
  } finally {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.off(signal, onSignal);
    // Everything is closed, so nothing keeps the process; should something do so after all, it does not for long.
    setTimeout(() => process.exit(), 5_000).unref();
  }
}

/** Resolves when the process is asked to end. */
export function stopped(stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise((resolve) => stop.addEventListener("abort", () => resolve(), { once: true }));
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
