"use client";

import { BellOff, EyeOff } from "lucide-react";
import { NotificationSettings } from "#features/shell/notifications/notification-settings.tsx";
import { withoutWatched } from "#lib/notifications/notes.ts";
import { changeNotifications } from "#lib/notifications/store.ts";
import { useNotifications } from "#lib/notifications/use-notifications.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Link } from "#ui/link.tsx";
import { Sheet } from "#ui/sheet.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

interface NotificationListProps {
  /** Jobs whose ends will be told. */
  waitingFor: readonly { id: string; name: string }[];
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** What ended, what is waited for, and how this browser tells. */
export function NotificationList({ waitingFor, isOpen, onOpenChange: setOpen }: NotificationListProps) {
  const all = useNotifications();
  return (
    <Sheet isOpen={isOpen} onOpenChange={setOpen} title="Notifications">
      <div className="flex flex-col gap-6">
        {all.notes.length === 0 ? (
          <EmptyState icon={BellOff} title="Nothing has ended yet">
            Jobs that you submit here, and those that you watch, are told when they end.
          </EmptyState>
        ) : (
          <div>
            <ul className="divide-y" aria-label="What ended">
              {all.notes.map(({ jobId, name, status, summary, at, isRead }) => (
                <li key={`${jobId} ${at}`} className="flex items-start gap-2 py-2">
                  <span className="min-w-0 grow">
                    <Link
                      href={`/jobs/${encodeURIComponent(jobId)}`}
                      onClick={() => setOpen(false)}
                      className="font-medium break-words hover:text-accent-ink"
                    >
                      {name}
                    </Link>
                    {!isRead && <span className="ml-2 text-sm text-accent-ink">new</span>}
                    <span className="block text-sm text-ink-3">
                      {summary}, <TimeAgo at={at} />
                    </span>
                  </span>
                  <StatusBadge status={status} />
                </li>
              ))}
            </ul>
            <Button
              size="sm"
              variant="quiet"
              className="mt-1"
              onClick={() => void changeNotifications((before) => ({ ...before, notes: [] }))}
            >
              Clear the list
            </Button>
          </div>
        )}
        {waitingFor.length > 0 && (
          <section aria-labelledby="waiting-for">
            <h3 id="waiting-for" className="mb-1">
              Waiting for
            </h3>
            <ul>
              {waitingFor.map(({ id, name }) => (
                <li key={id} className="flex items-center gap-2">
                  <span className="min-w-0 grow truncate text-ink-2">{name}</span>
                  <IconButton
                    label={`Stop watching ${name}`}
                    size="iconSm"
                    icon={<EyeOff />}
                    onClick={() => void changeNotifications((before) => withoutWatched(before, id))}
                  />
                </li>
              ))}
            </ul>
          </section>
        )}
        <NotificationSettings settings={all} />
      </div>
    </Sheet>
  );
}
