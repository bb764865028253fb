import type { Keeping } from "#features/libraries/draft-keeper.ts";

const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayAndTime = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

/** `12:30`, with the day when it is not today's. */
export function formatClock(at: string, now = new Date()): string {
  const date = new Date(at);
  return (date.toDateString() === now.toDateString() ? time : dayAndTime).format(date);
}

/** Where the changes are that are not saved; null when there are none. */
export function keepingWords({ state, draft, failure, willRetry }: Keeping, now = new Date()): string | null {
  if (state === "kept" && draft) return `Draft kept until ${formatClock(draft.expiresAt, now)}`;
  if (state === "waiting") return "Keeping the draft…";
  if (state === "failed")
    return `Not kept: ${(failure?.message ?? "").replace(/\.$/, "")}${willRetry ? ", tried again" : ""}`;
  return null;
}
