"use client";

import { formatAgo } from "#lib/format.ts";
import { useNow } from "#lib/hooks/use-now.ts";

/** When something happened; the exact time is its title. */
export function TimeAgo({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={new Date(at).toLocaleString()} suppressHydrationWarning className="whitespace-nowrap">
      {now === null ? "" : formatAgo(at, now)}
    </time>
  );
}
