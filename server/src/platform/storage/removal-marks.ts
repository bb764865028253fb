import { setTimeout as pause } from "node:timers/promises";
import type { S3Objects } from "#platform/storage/s3-objects.ts";

/** For how long a mark can be in force: whoever set it does nothing more after half of that. */
const inForceMs = 60_000;
const lookAgainMs = 200;

/**
 * Keeps a removal and somebody who stores the same bytes from missing each other, where an object can't be looked at and
 * deleted in one step. The remover sets a mark, then looks at the age, then deletes. Whoever stores writes first and looks
 * for a mark afterwards: either the remover sees the new age, or its mark is seen, or the object is gone again, which the
 * writer sees by looking for it last.
 */
export class RemovalMarks {
  readonly #objects: S3Objects;

  constructor(objects: S3Objects) {
    this.#objects = objects;
  }

  /** Runs `work` under a mark. Once the signal is aborted it may change nothing more. */
  async during<Result>(sha256: string, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const signal = AbortSignal.timeout(inForceMs / 2);
    await this.#objects.putBytes(keyOf(sha256), new Uint8Array());
    try {
      return await work(signal);
    } finally {
      await this.#objects.delete(keyOf(sha256));
    }
  }

  /** Waits while a mark is in force. @returns whether there was one */
  async wait(sha256: string): Promise<boolean> {
    const until = performance.now() + inForceMs;
    for (let looks = 0; ; looks++) {
      if (!(await this.#objects.head(keyOf(sha256)))) return looks > 0;
      // Its remover is gone.
      if (performance.now() > until) await this.#objects.delete(keyOf(sha256));
      else await pause(lookAgainMs);
    }
  }

  /** Deletes marks whose removers are gone. */
  async sweep(setBefore: Date): Promise<number> {
    let count = 0;
    for await (const { key, modifiedAt } of this.#objects.list("removing/")) {
      if (modifiedAt > setBefore) continue;
      await this.#objects.delete(key);
      count += 1;
    }
    return count;
  }
}

const keyOf = (sha256: string): string => `removing/${sha256}`;
