"use client";

import { Bell } from "lucide-react";
import dynamic from "next/dynamic";
import { useCallback, useEffect, useState } from "react";
import { plural } from "#lib/format.ts";
import { unreadIn, withAllRead } from "#lib/notifications/notes.ts";
import { changeNotifications } from "#lib/notifications/store.ts";
import { useNotifications } from "#lib/notifications/use-notifications.ts";
import { notificationsEvent } from "#lib/palette.ts";

// Loaded when it is first opened.
const NotificationList = dynamic(
  async () => (await import("#features/shell/notifications/notification-list.tsx")).NotificationList,
);

interface BellProps {
  /** Jobs whose ends will be told. */
  waitingFor: readonly { id: string; name: string }[];
}

/** The list of what ended, behind a bell with the number of those that nobody has seen. */
export function NotificationBell({ waitingFor }: BellProps) {
  const all = useNotifications();
  const unread = unreadIn(all);
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const setOpen = useCallback((next: boolean) => {
    setIsOpen(next);
    if (next) setWasOpen(true);
    // Those that were new stay marked for as long as the list is open.
    else changeNotifications(withAllRead);
  }, []);
  useEffect(() => {
    const open = () => setOpen(true);
    window.addEventListener(notificationsEvent, open);
    return () => window.removeEventListener(notificationsEvent, open);
  }, [setOpen]);
  return (
    <>
      <button
        type="button"
        aria-label={unread > 0 ? `Notifications, ${unread} new` : "Notifications"}
        title="Notifications"
        onClick={() => setOpen(true)}
        className="relative grid h-6 min-w-6 place-items-center rounded-sm text-ink-3 hover:text-ink max-md:h-8 max-md:min-w-10"
      >
        <span className="flex items-center gap-1">
          <Bell aria-hidden className="size-4" />
          {unread > 0 && (
            <span aria-hidden className="rounded-full bg-accent px-1.5 text-xs font-semibold text-on-accent">
              {unread}
            </span>
          )}
        </span>
      </button>
      <span role="status" className="sr-only">
        {unread > 0 ? plural(unread, "new notification") : ""}
      </span>
      {wasOpen && <NotificationList waitingFor={waitingFor} isOpen={isOpen} onOpenChange={setOpen} />}
    </>
  );
}
