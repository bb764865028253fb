import { buffer } from "node:stream/consumers";
import type { MachineConnection } from "#domains/queue/worker/machine-connections.ts";
import type { ComfyFileEntry } from "#platform/comfy/outputs.ts";

/** Files up to this size are handled in memory. */
export const inMemoryBytes = 8 * 1024 ** 2;
/** What the early files of one run may take in memory together. */
const earlyBytes = 16 * 1024 ** 2;
/** More files than these are left to the end. */
const earlyFiles = 16;

/**
 * Fetches small outputs as soon as their node is done, so that the end of a run need not wait for them. They stay in
 * memory: should the run fail or be canceled, no file is left behind. What can't be had early is fetched at the end.
 */
export class EarlyOutputs {
  readonly #connection: Pick<MachineConnection, "client" | "released">;
  readonly #fetched = new Map<string, Promise<Buffer | undefined>>();
  #bytes = 0;

  constructor(connection: Pick<MachineConnection, "client" | "released">) {
    this.#connection = connection;
  }

  begin(files: readonly ComfyFileEntry[]): void {
    for (const file of files) {
      const key = keyOf(file);
      if (file.type !== "output" || this.#fetched.has(key) || this.#fetched.size >= earlyFiles) continue;
      this.#fetched.set(
        key,
        this.#fetch(file).catch(() => undefined),
      );
    }
  }

  /** The file's bytes, when they were fetched early. */
  async take(file: ComfyFileEntry): Promise<Buffer | undefined> {
    return this.#fetched.get(keyOf(file));
  }

  async #fetch(file: ComfyFileEntry): Promise<Buffer | undefined> {
    const { client, released } = this.#connection;
    const { body, bytes } = await client.view(file, { signal: released });
    if (bytes === undefined || bytes > inMemoryBytes || this.#bytes + bytes > earlyBytes) {
      body.destroy();
      return undefined;
    }
    this.#bytes += bytes;
    return buffer(body);
  }
}

const keyOf = ({ type, subfolder, filename }: ComfyFileEntry): string => JSON.stringify([type, subfolder, filename]);
