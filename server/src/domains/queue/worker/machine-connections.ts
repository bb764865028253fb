import { setMaxListeners } from "node:events";
import type { Log } from "#platform/log/log.ts";
import type { Machine } from "#platform/db/generated/client.ts";
import type { RunFailure } from "#domains/queue/logic/run-error.ts";
import { clientFor } from "#domains/machines/machine-client.ts";
import { detached } from "#platform/work/scope.ts";
import type { ComfyClient } from "#platform/comfy/client.ts";
import { ComfySocket } from "#platform/comfy/socket.ts";

/** How long the first prompts wait for the socket. */
const openingMs = 500;

type Address = Pick<Machine, "id" | "url" | "apiKey">;

export interface MachineConnection {
  machine: Address;
  client: ComfyClient;
  socket: ComfySocket;
  /** Resolves when the socket has opened for the first time, or is late: the ends are then found by asking. */
  opened: Promise<void>;
  /** Input files that this process has put, or is putting, on the machine since it connected, by name. */
  uploaded: Map<string, Promise<RunFailure | null>>;
  /** Aborted when those who use this connection shall let go: at shutdown, or when the machine's address changed. */
  released: AbortSignal;
}

interface Held {
  connection: MachineConnection;
  controller: AbortController;
  users: number;
}

/** One client and one socket to each machine, opened when the first run needs it and kept while the machine is there. */
export class MachineConnections {
  readonly #open = new Map<string, Held>();
  readonly #log: Log;
  readonly #onReconnected: (machineId: string) => void;
  #isReleased = false;

  /** @param onReconnected told when a connection that had broken is there again */
  constructor(log: Log, onReconnected: (machineId: string) => void) {
    this.#log = log;
    this.#onReconnected = onReconnected;
  }

  /** Lends the connection to a machine for as long as the work takes. */
  async use<Result>(machine: Address, work: (connection: MachineConnection) => Promise<Result>): Promise<Result> {
    const held = this.#hold(machine);
    held.users += 1;
    try {
      return await work(held.connection);
    } finally {
      held.users -= 1;
      if (held.users === 0 && this.#open.get(machine.id) !== held) await this.#close(held);
    }
  }

  /** Closes the connections to machines that are no more, or not there any more. */
  keepOnly(machines: readonly Address[]): void {
    const known = new Map(machines.map((machine) => [machine.id, machine]));
    for (const held of this.#open.values()) {
      const machine = known.get(held.connection.machine.id);
      if (!machine || !isSame(machine, held.connection.machine)) this.#drop(held, machine !== undefined);
    }
  }

  /** Tells all users to let go. */
  release(): void {
    this.#isReleased = true;
    for (const { controller } of this.#open.values()) controller.abort();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map((held) => this.#close(held)));
    this.#open.clear();
  }

  #hold(machine: Address): Held {
    const known = this.#open.get(machine.id);
    if (known && isSame(machine, known.connection.machine)) return known;
    if (known) this.#drop(known, true);
    const controller = new AbortController();
    // As many runs as the machine has places, each with several requests, listen for it.
    setMaxListeners(0, controller.signal);
    if (this.#isReleased) controller.abort();
    // It outlives the run that needs it first.
    const socket = detached(
      () =>
        new ComfySocket({
          baseUrl: machine.url,
          ...(machine.apiKey ? { apiKey: machine.apiKey } : {}),
          logger: this.#log,
          onReconnected: () => this.#onReconnected(machine.id),
        }),
    );
    const connection: MachineConnection = {
      machine,
      client: clientFor(machine),
      socket,
      opened: socket.ready(openingMs).catch(() => undefined),
      uploaded: new Map(),
      released: controller.signal,
    };
    const held = { connection, controller, users: 0 };
    this.#open.set(machine.id, held);
    return held;
  }

  /** The last user closes it. A machine that has moved is the same one: its prompts are looked for at the new address. */
  #drop(held: Held, hasMoved: boolean): void {
    this.#open.delete(held.connection.machine.id);
    if (hasMoved) held.controller.abort();
    if (held.users === 0) void this.#close(held);
  }

  async #close({ connection: { client, socket } }: Held): Promise<void> {
    await socket.close();
    await client.close();
  }
}

function isSame(a: Address, b: Address): boolean {
  return a.url === b.url && a.apiKey === b.apiKey;
}
