"use client";

import { useCallback, useSyncExternalStore } from "react";
import { noNotifications, type Notifications, withoutWatched, withWatched } from "#lib/notifications/notes.ts";
import { changeNotifications, presentNotifications, watchNotifications } from "#lib/notifications/store.ts";

/** What this browser keeps; nothing until the page has taken over from the server's HTML. */
export function useNotifications(): Notifications {
  return useSyncExternalStore(watchNotifications, presentNotifications, () => noNotifications);
}

/** Whether the end of a job is told, and a function to change that. */
export function useWatched(jobId: string): [isWatched: boolean, toggle: () => void] {
  const isWatched = useSyncExternalStore(
    watchNotifications,
    () => presentNotifications().watched.includes(jobId),
    () => false,
  );
  const toggle = useCallback(
    () =>
      void changeNotifications((all) =>
        all.watched.includes(jobId) ? withoutWatched(all, jobId) : withWatched(all, [jobId]),
      ),
    [jobId],
  );
  return [isWatched, toggle];
}

/** Jobs were submitted in this browser: their ends are told unless the person has switched that off. */
export function watchOwn(jobIds: readonly string[]): void {
  changeNotifications((all) => (all.watchesOwn ? withWatched(all, jobIds) : all));
}
