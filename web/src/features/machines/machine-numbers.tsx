import { cn } from "#lib/cn.ts";

interface MachineNumbersProps {
  machine: {
    activeRuns: number;
    concurrency: number;
    queueDepth?: number | null;
    throughputPerMinute: number;
    recentFailures: number;
  };
}

/** How much a machine does, in four numbers. */
export function MachineNumbers({ machine }: MachineNumbersProps) {
  const { activeRuns, concurrency, queueDepth, throughputPerMinute, recentFailures } = machine;
  const numbers: { name: string; value: string; title: string; isBad?: boolean }[] = [
    { name: "Runs", value: `${activeRuns} of ${concurrency}`, title: "In hand, of those that it is given at once" },
    {
      name: "Own queue",
      value: queueDepth == null ? "–" : String(queueDepth),
      title: "Prompts in the machine's own queue, other people's included",
    },
    {
      name: "A minute",
      value: throughputPerMinute.toFixed(1),
      title: "Runs that succeeded, over the last ten minutes",
    },
    {
      name: "Failed",
      value: String(recentFailures),
      title: "Runs that failed for good in the last ten minutes",
      isBad: recentFailures > 0,
    },
  ];
  return (
    <dl className="grid grid-cols-4 gap-3">
      {numbers.map(({ name, value, title, isBad }) => (
        <div key={name} title={title} className="min-w-0">
          <dt className="truncate text-sm text-ink-3">{name}</dt>
          <dd className={cn("text-lg whitespace-nowrap", isBad && "text-bad")}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
