import { type Client, createClient } from "graphql-ws";

export type SocketState = "connecting" | "online" | "offline";

/** The live connection to the API: its state, and word when it came back after a loss. */
export interface Socket {
  readonly client: Client;
  readonly subscribe: Client["subscribe"];
  /** Goes on with what the end of a session has cut off. */
  readonly resume: () => void;
  /** The API does not take the connection for anybody any more. */
  readonly onCutOff: (listener: () => void) => () => void;
  readonly state: () => SocketState;
  readonly onChange: (listener: () => void) => () => void;
  readonly onReconnect: (listener: () => void) => () => void;
}

const pongWithin = 5_000;

/** The close code of somebody who is not signed in any more; the client does not come back by itself. */
const signedOut = 4401;

/** Waits 0.5 s, 1 s, 2 s … 8 s with jitter, or until the browser says that the network is back. */
async function waitBeforeRetry(retries: number): Promise<void> {
  const delay = Math.min(8_000, 500 * 2 ** retries) * (0.75 + Math.random() / 2);
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, delay);
    window.addEventListener("online", done);
  });
}

/** @param url asked before each connection; must not reject */
export function createSocket(url: () => Promise<string>): Socket {
  let state: SocketState = "connecting";
  let wasOnline = false;
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  const changed = new Set<() => void>();
  const reconnected = new Set<() => void>();
  const signedOff = new Set<() => void>();
  const become = (next: SocketState) => {
    if (next === state) return;
    state = next;
    for (const listener of changed) listener();
  };
  const listenTo = (listeners: Set<() => void>) => (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };

  const client = createClient({
    url,
    lazy: false,
    onNonLazyError: () => become("offline"),
    keepAlive: 12_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: waitBeforeRetry,
    on: {
      // A half-open connection never closes by itself: no answer to a ping means that it is gone.
      ping: (received) => {
        if (!received) pongTimer = setTimeout(() => client.terminate(), pongWithin);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
      connected: () => {
        become("online");
        if (wasOnline) for (const listener of reconnected) listener();
        wasOnline = true;
      },
      closed: () => {
        clearTimeout(pongTimer);
        become("offline");
      },
    },
  });
  const cutOff = new Set<() => void>();
  const subscribe: Client["subscribe"] = (payload, sink) => {
    let stop = () => {};
    const begin = () => {
      cutOff.delete(begin);
      stop = client.subscribe(payload, {
        ...sink,
        next: (value) => sink.next(value as never),
        complete: () => sink.complete(),
        error: (error) => {
          if ((error as { code?: unknown } | null)?.code !== signedOut) return sink.error(error);
          cutOff.add(begin);
          for (const listener of signedOff) listener();
        },
      });
    };
    begin();
    return () => {
      cutOff.delete(begin);
      stop();
    };
  };
  return {
    client,
    subscribe,
    resume: () => [...cutOff].forEach((begin) => begin()),
    state: () => state,
    onChange: listenTo(changed),
    onReconnect: listenTo(reconnected),
    onCutOff: listenTo(signedOff),
  };
}
