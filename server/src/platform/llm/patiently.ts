import { setTimeout as wait } from "node:timers/promises";
import { LlmBusyError } from "#platform/llm/errors.ts";

/** How often a server that takes no more requests is asked again, and how long a wait that it asks for is waited at most, in s. */
const busyTries = 5;
const busyWait = { usual: 5, most: 60 };

/** Asks again when the server is busy, after the time that it asks for. @throws what the last try threw, the signal's reason */
export async function patiently<Value>(signal: AbortSignal, ask: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      const secs = error instanceof LlmBusyError ? (error.retryAfterSecs ?? busyWait.usual) : Number.POSITIVE_INFINITY;
      if (tries >= busyTries || secs > busyWait.most) throw error;
      await wait(secs * 1_000, undefined, { signal });
    }
  }
}
