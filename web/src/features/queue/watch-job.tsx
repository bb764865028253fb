"use client";

import { Eye, EyeOff } from "lucide-react";
import { useWatched } from "#lib/notifications/use-notifications.ts";
import { Button } from "#ui/button.tsx";
import { MenuItem } from "#ui/dropdown-menu.tsx";

/** Lets this browser tell when the job ends, or not. */
export function WatchButton({ jobId }: { jobId: string }) {
  const [isWatched, toggle] = useWatched(jobId);
  return (
    <Button
      aria-pressed={isWatched}
      title={isWatched ? "You are told when it ends" : "Be told when it ends"}
      onClick={toggle}
    >
      {isWatched ? <Eye aria-hidden className="text-accent-ink" /> : <EyeOff aria-hidden />}
      {isWatched ? "Watched" : "Watch"}
    </Button>
  );
}

/** The same in a menu, which alone looks after it while it is open. */
export function WatchItem({ jobId, isOver }: { jobId: string; isOver: boolean }) {
  const [isWatched, toggle] = useWatched(jobId);
  return (
    <MenuItem icon={isWatched ? <EyeOff /> : <Eye />} disabled={isOver && !isWatched} onSelect={toggle}>
      {isWatched ? "Stop watching" : "Watch: tell me when it ends"}
    </MenuItem>
  );
}
