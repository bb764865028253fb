"use client";

import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from "react";
import { Provider } from "urql";
import { whoIsSignedIn } from "#lib/auth/auth-api.ts";
import { createGraphqlClient } from "#lib/graphql/client.ts";
import { createLiveAddress } from "#lib/graphql/live-address.ts";
import { createPictureRefresh } from "#lib/graphql/picture-refresh.ts";
import { RefetchContext } from "#lib/graphql/use-query.ts";
import { createSession, type Session, type SessionState } from "#lib/graphql/session.ts";
import { createSocket, type Socket, type SocketState } from "#lib/graphql/socket.ts";
import { PictureFailureContext } from "#ui/picture-failure.ts";

const SessionContext = createContext<(Session & { resume: () => void }) | null>(null);
const SocketContext = createContext<Socket | null>(null);

function connect() {
  const live = typeof window === "undefined" ? null : createSocket(createLiveAddress(window.location.origin));
  const refresh = createPictureRefresh();
  const session = createSession();
  const graphql = createGraphqlClient(live, session);
  live?.onReconnect(graphql.refetchAll);
  refresh.onWanted(graphql.refetchAll);
  const resume = () => {
    live?.resume();
    graphql.refetchAll();
  };
  const look = () => void whoIsSignedIn().then(({ data }) => data?.user && resume());
  live?.onCutOff(seldom(look));
  session.onChange(() => {
    // What was asked before the next session came may be answered after it.
    if (session.state() === "over") setTimeout(look, answersArriveMs);
  });
  return { ...graphql, socket: live, pictures: refresh, session: { ...session, resume } };
}

/** Within this time, in ms, a browser has the answers that are under way. */
const answersArriveMs = 1_000;

/** How long a second look is enough, in ms. */
const lookAgainMs = 10_000;

/**
 * Of a second look whether this browser has a session after all: another tab signed in again, or a new password came
 * with a new one.
 */
function seldom(look: () => void): () => void {
  let lastAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (Date.now() - lastAt < lookAgainMs) return;
    lastAt = Date.now();
    look();
  };
}

/** One for each tab: React may begin the first render several times, and each beginning would leave a socket open. */
let ofThisTab: ReturnType<typeof connect> | undefined;

export function GraphqlProvider({ children }: { children: ReactNode }) {
  const [{ client, refetch, socket, pictures, session }] = useState(() =>
    typeof window === "undefined" ? connect() : (ofThisTab ??= connect()),
  );
  return (
    <SocketContext value={socket}>
      <PictureFailureContext value={pictures.report}>
        <RefetchContext value={refetch}>
          <SessionContext value={session}>
            <Provider value={client}>{children}</Provider>
          </SessionContext>
        </RefetchContext>
      </PictureFailureContext>
    </SocketContext>
  );
}

/** The live connection of this tab; null while the server renders. */
export const useSocket = (): Socket | null => use(SocketContext);

/** Whether live updates arrive. The first seconds of connecting do not count as offline. */
export function useSocketState(): SocketState {
  const socket = use(SocketContext);
  const state = useSyncExternalStore<SocketState>(
    (listener) => socket?.onChange(listener) ?? (() => undefined),
    () => socket?.state() ?? "connecting",
    () => "connecting",
  );
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), 4_000);
    return () => clearTimeout(timer);
  }, []);
  return state === "connecting" && isSlow ? "offline" : state;
}

/** Whether the API takes this tab for somebody, and how to go on after signing in again. */
export function useSession(): { state: SessionState; resume: () => void } {
  const session = use(SessionContext);
  const state = useSyncExternalStore<SessionState>(
    (listener) => session?.onChange(listener) ?? (() => undefined),
    () => session?.state() ?? "unknown",
    () => "unknown",
  );
  return { state, resume: session?.resume ?? (() => undefined) };
}
