import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A way to a server that can be cut, as by a crash or a network that is gone, and is there again later. */
export class CutOff implements AsyncDisposable {
  readonly #sockets = new Set<Socket>();
  #port = 0;
  #server: Server | undefined;

  private constructor(readonly target: URL) {}

  static async to(target: string): Promise<CutOff> {
    const way = new CutOff(new URL(target));
    await way.mend();
    return way;
  }

  /** The target's address by this way. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = "127.0.0.1";
    url.port = String(this.#port);
    return url.href;
  }

  async cut(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(server, "close");
  }

  async mend(): Promise<void> {
    this.#server = createServer((socket) => this.#join(socket)).listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  #join(socket: Socket): void {
    const onward = connect(Number(this.target.port), this.target.hostname);
    for (const each of [socket, onward]) {
      this.#sockets.add(each);
      each.on("error", () => undefined);
      each.on("close", () => {
        this.#sockets.delete(each);
        socket.destroy();
        onward.destroy();
      });
    }
    socket.pipe(onward).pipe(socket);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cut();
  }
}
