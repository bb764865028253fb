"use client";

import { formatSeconds, plural } from "#lib/format.ts";
import { useNow } from "#lib/hooks/use-now.ts";
import { Notice } from "#ui/notice.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

interface MachineTroubleProps {
  machine: {
    isEnabled: boolean;
    isReachable: boolean;
    isDraining: boolean;
    isSuspended: boolean;
    suspendedUntil?: string | null;
    failureStreak: number;
    activeRuns: number;
    lastSeenAt?: string | null;
    lastError?: string | null;
  };
}

/** Why a machine gets no runs although it should, and what happens next. */
export function MachineTrouble({ machine }: MachineTroubleProps) {
  if (!machine.isEnabled) return null;
  if (!machine.isReachable) {
    return (
      <Notice tone="bad" title={machine.lastError ?? "It has not answered yet"}>
        {machine.lastSeenAt && (
          <>
            Last seen <TimeAgo at={machine.lastSeenAt} />.{" "}
          </>
        )}
        It is asked again every few seconds; its runs wait for it.
      </Notice>
    );
  }
  if (machine.isSuspended && machine.suspendedUntil) {
    return (
      <Notice tone="warn" title={`It failed ${plural(machine.failureStreak, "time")} in a row and rests`}>
        <NextProbe at={machine.suspendedUntil} /> Reading it again ends the rest at once.
      </Notice>
    );
  }
  if (machine.isDraining) {
    return (
      <Notice tone="info" title="It drains: nothing new is given to it">
        {`It is disabled when ${plural(machine.activeRuns, "run")} in hand ${machine.activeRuns === 1 ? "is" : "are"} over.`}
      </Notice>
    );
  }
  if (machine.failureStreak > 0) {
    return (
      <p className="text-warn">{`Failed ${plural(machine.failureStreak, "time")} in a row; it rests from the third on.`}</p>
    );
  }
  return null;
}

function NextProbe({ at }: { at: string }) {
  const now = useNow(1_000);
  if (now === null) return null;
  const secs = Math.ceil((Date.parse(at) - now) / 1000);
  return secs > 0 ? `Tried again in ${formatSeconds(secs < 10 ? secs : Math.round(secs))}.` : "Tried again now.";
}
