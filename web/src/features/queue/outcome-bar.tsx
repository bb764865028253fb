import type { Counts } from "#features/queue/job-status.ts";
import { cn } from "#lib/cn.ts";

interface OutcomeBarProps {
  label: string;
  counts: Counts;
  /** 0…1, runs in progress counted by their share. */
  progress: number;
  className?: string;
}

/** A job's progress with what came of it: live in the accent, failed runs in red, canceled ones dim. */
export function OutcomeBar({ label, counts, progress, className }: OutcomeBarProps) {
  const total = Math.max(1, counts.total);
  const isLive = counts.active + counts.pending + counts.canceling > 0;
  const failed = counts.failed / total;
  const canceled = counts.canceled / total;
  const done = Math.max(counts.succeeded / total, Math.min(progress, 1) - failed - canceled);
  const percent = Math.round(Math.min(1, progress) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={cn("flex h-1 w-full gap-px overflow-hidden rounded-full bg-line", className)}
    >
      <Part share={done} className={isLive ? "bg-accent" : "bg-ink-3"} />
      <Part share={failed} className="bg-bad" />
      <Part share={canceled} className="bg-line-strong" />
    </div>
  );
}

function Part({ share, className }: { share: number; className: string }) {
  return (
    share > 0 && <span className={cn("h-full transition-[width]", className)} style={{ width: `${share * 100}%` }} />
  );
}
