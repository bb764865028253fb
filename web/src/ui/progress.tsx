import { Progress as Radix } from "radix-ui";
import { cn } from "#lib/cn.ts";

interface ProgressProps {
  label: string;
  /** 0…1 */
  value: number;
  isLive?: boolean;
  className?: string;
}

export function Progress({ label, value, isLive = true, className }: ProgressProps) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <Radix.Root
      aria-label={label}
      value={percent}
      className={cn("h-1 w-full overflow-hidden rounded-full bg-line", className)}
    >
      <Radix.Indicator
        style={{ transform: `translateX(${percent - 100}%)` }}
        className={cn("h-full w-full transition-transform", isLive ? "bg-accent" : "bg-ink-3")}
      />
    </Radix.Root>
  );
}
