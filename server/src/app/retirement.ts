import type { FastifyInstance } from "fastify";

/** How long requests under way may take to end when the server closes, in ms. */
export const finishMs = 8_000;

export interface Retirement {
  isRetiring: () => boolean;
  /** From now on each answer is the last one on its connection, and balancers are told to ask others. */
  begin: () => void;
  /** Closes the server once all requests are answered; what takes too long is cut off. */
  close: () => Promise<void>;
}

/**
 * The end of an HTTP server that loses no request. A connection that is kept for the next request is the trap: closed at the
 * moment at which that request is sent, it loses it. So answers say beforehand that their connection ends.
 */
export function prepareRetirement(http: FastifyInstance): Retirement {
  let isRetiring = false;
  let isClosing = false;
  http.addHook("onSend", (_request, reply, payload, done) => {
    if (isRetiring) reply.header("connection", "close");
    done(null, payload);
  });
  // An answer that had begun before promised that its connection would stay; the server would wait for its client to go.
  http.addHook("onResponse", (_request, _reply, done) => {
    if (isClosing) setImmediate(() => http.server.closeIdleConnections());
    done();
  });
  const begin = (): void => {
    isRetiring = true;
  };
  return {
    isRetiring: () => isRetiring,
    begin,
    close: async () => {
      begin();
      isClosing = true;
      const cut = setTimeout(() => http.server.closeAllConnections(), finishMs);
      await http.close();
      clearTimeout(cut);
    },
  };
}
