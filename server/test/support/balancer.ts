import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** How often backends are asked whether they are ready, in ms. */
const askEveryMs = 50;

interface Backend {
  url: string;
  isReady: boolean;
}

/**
 * What stands before several APIs, such as a Kubernetes Service: hands each new connection to one of those whose /readyz
 * says so, in turn, and knows nothing of what travels on it.
 */
export class Balancer implements AsyncDisposable {
  readonly #backends = new Map<string, Backend>();
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #timer: NodeJS.Timeout;
  #turn = 0;

  private constructor(server: Server) {
    this.#server = server;
    server.on("connection", (socket) => this.#pass(socket));
    this.#timer = setInterval(() => [...this.#backends.values()].forEach((each) => void this.#ask(each)), askEveryMs);
  }

  static async start(): Promise<Balancer> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Balancer(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Takes a backend in once it is ready. */
  async add(url: string): Promise<void> {
    const backend = { url, isReady: false };
    await this.#ask(backend);
    if (!backend.isReady) throw new Error(`${url} is not ready`);
    this.#backends.set(url, backend);
  }

  remove(url: string): void {
    this.#backends.delete(url);
  }

  async #ask(backend: Backend): Promise<void> {
    const answer = await fetch(`${backend.url}/readyz`, { headers: { connection: "close" } }).catch(() => undefined);
    backend.isReady = answer?.status === 200;
  }

  #pass(client: Socket): void {
    const ready = [...this.#backends.values()].filter((each) => each.isReady);
    const chosen = ready[this.#turn++ % ready.length];
    if (!chosen) return void client.destroy();
    const { hostname, port } = new URL(chosen.url);
    const upstream = connect(Number(port), hostname);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.#sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        this.#sockets.delete(one);
        other.end();
      });
      one.pipe(other);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, "close");
  }
}
