"use client";

import { formatSeconds, formatSpan } from "#lib/format.ts";
import { useNow } from "#lib/hooks/use-now.ts";

/** How long something took, or has been going on for, second by second. */
export function Elapsed({ from, to }: { from: string; to: string | null | undefined }) {
  return <span className="whitespace-nowrap">{to ? formatSpan(from, to) : <Running from={from} />}</span>;
}

function Running({ from }: { from: string }) {
  const now = useNow(1_000);
  if (now === null) return null;
  const seconds = Math.max(0, Math.floor((now - Date.parse(from)) / 1000));
  return seconds < 10 ? `${seconds} s` : formatSeconds(seconds);
}
