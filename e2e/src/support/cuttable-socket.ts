import type { Page } from "playwright-core";

/** Puts a switch into the page's WebSocket to the API. Before the page is opened. */
export async function cuttableSocket(page: Page) {
  let isCut = false;
  const sockets = new Set<{ close: (options?: { code?: number }) => Promise<void> }>();
  await page.routeWebSocket(/\/graphql/, (socket) => {
    if (isCut) return void socket.close({ code: 1012 });
    const server = socket.connectToServer();
    sockets.add(socket);
    server.onClose(() => sockets.delete(socket));
  });
  return {
    open: () => sockets.size,
    /** @param code 4401: whoever connected is not signed in any more */
    cut: (code = 1012) => {
      isCut = true;
      for (const socket of sockets) void socket.close({ code });
      sockets.clear();
    },
    mend: () => {
      isCut = false;
    },
  };
}
