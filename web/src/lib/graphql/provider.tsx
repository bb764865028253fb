"use client";

import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from "react";
import { Provider } from "urql";
import { createGraphqlClient } from "#lib/graphql/client.ts";
import { createPictureRefresh } from "#lib/graphql/picture-refresh.ts";
import { RefetchContext } from "#lib/graphql/use-query.ts";
import { createSocket, type Socket, type SocketState } from "#lib/graphql/socket.ts";
import { PictureFailureContext } from "#ui/picture-failure.ts";

const SocketContext = createContext<Socket | null>(null);

function socketUrl(configured: string | null): string {
  if (configured) return configured;
  const scheme = window.location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${window.location.hostname}:4000/graphql`;
}

function connect(wsUrl: string | null) {
  const live = typeof window === "undefined" ? null : createSocket(socketUrl(wsUrl));
  const refresh = createPictureRefresh();
  const graphql = createGraphqlClient(live);
  live?.onReconnect(graphql.refetchAll);
  refresh.onWanted(graphql.refetchAll);
  return { ...graphql, socket: live, pictures: refresh };
}

/** One for each tab: React may begin the first render several times, and each beginning would leave a socket open. */
let ofThisTab: ReturnType<typeof connect> | undefined;

/** @param wsUrl the API's WebSocket address; null derives it from the page's host and port 4000 */
export function GraphqlProvider({ wsUrl, children }: { wsUrl: string | null; children: ReactNode }) {
  const [{ client, refetch, socket, pictures }] = useState(() =>
    typeof window === "undefined" ? connect(wsUrl) : (ofThisTab ??= connect(wsUrl)),
  );
  return (
    <SocketContext value={socket}>
      <PictureFailureContext value={pictures.report}>
        <RefetchContext value={refetch}>
          <Provider value={client}>{children}</Provider>
        </RefetchContext>
      </PictureFailureContext>
    </SocketContext>
  );
}

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
