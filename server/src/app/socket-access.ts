import type { WebSocket } from "ws";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";

/** Sessions and keys expire without an event, and events can be lost: this often, in ms, every socket is looked at again. */
const lookAgainMs = 60_000;

/** Whoever comes back with the same credentials is refused. */
const signedOut = { code: 4401, reason: "Unauthorized" };
/** Clients connect again, and ask for what they may see now. */
const changed = { code: 4403, reason: "Access has changed" };

/**
 * Ends the sockets of people whose session or key is over, or who may see other things than when they connected: what they
 * watch was let in by what held then.
 */
export function watchAccess({ bus, config, log }: Pick<Deps, "bus" | "config" | "log">) {
  const sockets = new Map<WebSocket, { viewer: Viewer; look: () => Promise<Viewer | null> }>();
  const check = async (socket: WebSocket): Promise<void> => {
    const known = sockets.get(socket);
    if (!known) return;
    const now = await known.look();
    if (now === null) socket.close(signedOut.code, signedOut.reason);
    else if (accessOf(now) !== accessOf(known.viewer)) socket.close(changed.code, changed.reason);
  };
  const checkAll = (userId?: string): void => {
    for (const [socket, { viewer }] of sockets) {
      if (userId !== undefined && viewer.userId !== userId) continue;
      // When it can't be told, the socket stays: the next look tells.
      check(socket).catch((error: unknown) => log.warn({ err: error }, "who a socket belongs to"));
    }
  };
  // In local mode there is nothing that ends.
  const isWatched = config.auth.mode !== "local";
  const stop = isWatched ? bus.subscribe("access.changed", ({ userId }) => checkAll(userId)) : undefined;
  const timer = isWatched ? setInterval(checkAll, lookAgainMs).unref() : undefined;
  return {
    /** @param look tells who the socket's credentials stand for now */
    add: (socket: WebSocket, viewer: Viewer, look: () => Promise<Viewer | null>): void => {
      sockets.set(socket, { viewer, look });
      socket.once("close", () => sockets.delete(socket));
      // What changed between the first look and this moment was heard by nobody.
      if (bus.recent("access.changed").some(({ userId }) => userId === viewer.userId)) checkAll(viewer.userId);
    },
    [Symbol.dispose]: () => {
      clearInterval(timer);
      stop?.();
    },
  };
}

/** What a viewer may do and see, as text to compare. */
function accessOf({ role, projectIds, projectRoles }: Viewer): string {
  if (projectIds === "all") return role;
  return `${role} ${projectIds
    .map((id) => `${id} ${projectRoles?.[id] ?? role}`)
    .toSorted()
    .join(" ")}`;
}
