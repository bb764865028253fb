import { cn } from "#lib/cn.ts";
import { formatBytes } from "#lib/format.ts";

interface VramMeterProps {
  machine: string;
  /** In bytes, as `free`. */
  total: number;
  free: number;
}

/** What is taken of a machine's memory. */
export function VramMeter({ machine, total, free }: VramMeterProps) {
  const used = Math.max(0, total - free);
  const share = used / total;
  return (
    <div className="flex items-center gap-3">
      <div
        role="meter"
        aria-label={`Memory used on ${machine}`}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={used}
        aria-valuetext={`${formatBytes(used, 1024)} of ${formatBytes(total, 1024)}`}
        className="h-1.5 grow overflow-hidden rounded-full bg-line"
      >
        <div
          className={cn("h-full transition-[width]", share > 0.95 ? "bg-bad" : "bg-ink-3")}
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <span className="shrink-0 text-sm text-ink-2">
        {`VRAM ${formatBytes(free, 1024)} free of ${formatBytes(total, 1024)}`}
      </span>
    </div>
  );
}
