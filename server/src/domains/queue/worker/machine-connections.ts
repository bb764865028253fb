import type { Log } from "#platform/log/log.ts";
import type { Machine } from "#platform/db/generated/client.ts";
import { clientFor } from "#domains/machines/machines.service.ts";
import type { ComfyClient } from "#platform/comfy/client.ts";
import { ComfySocket } from "#platform/comfy/socket.ts";

export interface MachineConnection {
  machine: Pick<Machine, "id" | "url" | "apiKey">;
  client: ComfyClient;
  socket: ComfySocket;
  /** Names of input files that this process has put on the machine since it connected. */
  uploaded: Set<string>;
}

/** One client and one socket to each machine, opened when the first run needs it and kept. */
export class MachineConnections {
  readonly #open = new Map<string, MachineConnection>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  get(machine: Pick<Machine, "id" | "url" | "apiKey">): MachineConnection {
    const known = this.#open.get(machine.id);
    if (known && known.machine.url === machine.url && known.machine.apiKey === machine.apiKey) return known;
    if (known) void this.#close(known);
    const connection: MachineConnection = {
      machine,
      client: clientFor(machine),
      socket: new ComfySocket({ baseUrl: machine.url, ...(machine.apiKey ? { apiKey: machine.apiKey } : {}), logger: this.#log }),
      uploaded: new Set(),
    };
    this.#open.set(machine.id, connection);
    return connection;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map((connection) => this.#close(connection)));
    this.#open.clear();
  }

  async #close({ client, socket }: MachineConnection): Promise<void> {
    await socket.close();
    await client.close();
  }
}
