import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Answer, findRoute, readBody, type Route, serverTrouble, write } from "./http.ts";
import { ImageStore } from "./image-store.ts";
import { type Execution, Machine } from "./machine.ts";
import { simulatorModels } from "./models.ts";
import { nodeDefinitions } from "./nodes/registry.ts";
import type { SimulatorFaults, SimulatorOptions } from "./options.ts";
import { fileRoutes } from "./routes/file-routes.ts";
import { infoRoutes } from "./routes/info-routes.ts";
import { historyRoutes, jobRoutes } from "./routes/job-routes.ts";
import { promptRoutes } from "./routes/prompt-routes.ts";
import { userdataRoutes } from "./routes/userdata-routes.ts";

/** Starts a ComfyUI look-alike that needs no GPU: for demos and tests. It says so in every picture. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "comfy-simulator-")));
  const store = new ImageStore(dataDir);
  await store.prepare();
  const machine = new Machine({ store, definitions: nodeDefinitions, models: simulatorModels }, options);
  const simulator = new Simulator(machine, options.dataDir === undefined);
  await simulator.start();
  return simulator;
}

/** A running simulator; `await using` stops it and removes its temporary folder. */
export class Simulator implements AsyncDisposable {
  readonly #machine: Machine;
  readonly #isTemporary: boolean;
  readonly #routes: Route[];
  readonly #apiRoutes: Route[];
  #server: Server | undefined;
  #port: number;
  /** Requests seen so far, by method and route. */
  readonly requests = new Map<string, number>();

  constructor(machine: Machine, isTemporary: boolean) {
    this.#machine = machine;
    this.#isTemporary = isTemporary;
    this.#port = machine.options.port ?? 0;
    this.#routes = [
      ...promptRoutes(machine),
      ...historyRoutes(machine),
      ...infoRoutes(machine),
      ...fileRoutes(machine),
      ...userdataRoutes(machine),
    ];
    this.#apiRoutes = [...this.#routes, ...jobRoutes(machine)];
  }

  get url(): string {
    return `http://${this.#machine.options.host ?? "127.0.0.1"}:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  get dataDir(): string {
    return this.#machine.store.root;
  }

  /** The prompts that were begun, oldest first, the latest 10,000; kept over restarts. */
  get executions(): readonly Execution[] {
    return this.#machine.executions;
  }

  get socketCount(): number {
    return this.#machine.hub.size;
  }

  /** Changes these faults and leaves the others as they are; `undefined` ends one. */
  setFault(faults: { [Name in keyof SimulatorFaults]?: SimulatorFaults[Name] | undefined }): void {
    const merged = { ...this.#machine.faults, ...faults };
    this.#machine.faults = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
  }

  clearFaults(): void {
    this.#machine.faults = {};
  }

  /** Cuts all sockets now. */
  dropSockets(): void {
    this.#machine.hub.dropAll();
  }

  /** Becomes unreachable; what is queued and running goes on, as behind a broken network. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    this.#machine.hub.dropAll();
    server.closeAllConnections();
    await closed;
  }

  /** Listens, on the same port as before. */
  async start(): Promise<void> {
    if (this.#server !== undefined) return;
    const server = createServer((request, response) => void this.#answer(request, response));
    server.on("upgrade", (request, socket, head) => {
      const path = new URL(request.url ?? "/", "http://simulator").pathname;
      if (path === "/ws" || path === "/api/ws") this.#machine.hub.accept(request, socket, head);
      else socket.destroy();
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.#port, this.#machine.options.host ?? "127.0.0.1", resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Dies and comes back: queue, history, counter, cache and temporary files are lost; outputs stay. */
  async restart(): Promise<void> {
    await this.stop();
    await this.#machine.reset();
    await this.start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.#machine.reset();
    if (this.#isTemporary) await rm(this.dataDir, { recursive: true, force: true });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://simulator");
    const isApi = url.pathname.startsWith("/api/");
    const path = isApi ? url.pathname.slice(4) : url.pathname;
    const method = request.method ?? "GET";
    const fault = this.#takeHttpFault(method, path);
    if (fault !== undefined) return write(response, fault);
    const found = findRoute(isApi ? this.#apiRoutes : this.#routes, method, path);
    if (!("route" in found)) return write(response, found);
    const { route, params } = found;
    const name = `${route.method} ${route.path}`;
    this.requests.set(name, (this.requests.get(name) ?? 0) + 1);
    const answer = await this.#handle(route, { request, url, params, body: () => readBody(request) });
    if (response.destroyed) return;
    if (this.#takeLostReply(path)) return void response.destroy();
    write(response, this.#spoil(route, answer));
  }

  async #handle(route: Route, call: Parameters<Route["handle"]>[0]): Promise<Answer> {
    try {
      return await route.handle(call);
    } catch {
      return serverTrouble;
    }
  }

  #takeHttpFault(method: string, path: string): Answer | undefined {
    const fault = this.#machine.faults.httpError;
    if (fault === undefined || fault.times <= 0 || !path.startsWith(fault.route)) return undefined;
    if (fault.method !== undefined && fault.method !== method) return undefined;
    fault.times -= 1;
    return { ...serverTrouble, status: fault.status ?? 500 };
  }

  #takeLostReply(path: string): boolean {
    const fault = this.#machine.faults.loseReply;
    if (fault === undefined || fault.times <= 0 || !path.startsWith(fault.route)) return false;
    fault.times -= 1;
    return true;
  }

  #spoil(route: Route, answer: Answer): Answer {
    const { faults } = this.#machine;
    const isAboutOne = route.path === "/history/{id}" || route.path === "/jobs/{id}";
    if (!isAboutOne || (faults.malformedHistory ?? 0) <= 0) return answer;
    faults.malformedHistory = (faults.malformedHistory ?? 0) - 1;
    return { status: 200, bytes: Buffer.from('{"oops": [1, 2'), headers: { "content-type": "application/json" } };
  }
}
