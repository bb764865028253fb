import { FlaskConical } from "lucide-react";
import { MachineActions } from "#features/machines/machine-actions.tsx";
import { MachineHealth } from "#features/machines/machine-health.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { formatBytes, plural } from "#lib/format.ts";
import { Badge } from "#ui/badge.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const MachineRowFields = graphql(`
  fragment MachineRow on Machine {
    id
    name
    url
    isEnabled
    isSimulator
    isReachable
    isPaused
    isSuspended
    pools
    concurrency
    version
    gpuName
    vramTotalBytes
    vramFreeBytes
    queueDepth
    activeRuns
    lastSeenAt
    lastError
  }
`);

export function MachineRow(props: { machine: FragmentType<typeof MachineRowFields> }) {
  const machine = readFragment(MachineRowFields, props.machine);
  const { vramTotalBytes: total, vramFreeBytes: free } = machine;
  return (
    <li className="flex items-start gap-3 py-3">
      <div className="min-w-0 grow">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="text-lg font-medium">{machine.name}</h2>
          <MachineHealth machine={machine} />
          {machine.isSimulator && (
            <Badge tone="warn">
              <FlaskConical aria-hidden />
              Simulator
            </Badge>
          )}
          {machine.pools.map((pool) => (
            <Badge key={pool}>{pool}</Badge>
          ))}
        </div>
        <p className="flex flex-wrap gap-x-3 text-ink-2">
          <span className="break-all">{machine.url}</span>
          {machine.version && <span>{`ComfyUI ${machine.version}`}</span>}
          {machine.gpuName && <span>{machine.gpuName}</span>}
          <span>{`${plural(machine.activeRuns, "run")} active of ${machine.concurrency}`}</span>
          {machine.queueDepth != null && machine.queueDepth > 0 && (
            <span>{`${machine.queueDepth} in its own queue`}</span>
          )}
          {!machine.isReachable && machine.lastSeenAt && (
            <span>
              Last seen <TimeAgo at={machine.lastSeenAt} />
            </span>
          )}
        </p>
        {!machine.isReachable && machine.lastError && <p className="break-words text-bad">{machine.lastError}</p>}
        {total != null && free != null && total > 0 && (
          <div className="mt-1.5 flex max-w-md items-center gap-3">
            <div
              role="meter"
              aria-label={`Memory used on ${machine.name}`}
              aria-valuemin={0}
              aria-valuemax={total}
              aria-valuenow={total - free}
              aria-valuetext={`${formatBytes(total - free, 1024)} of ${formatBytes(total, 1024)}`}
              className="h-1 grow overflow-hidden rounded-full bg-line"
            >
              <div className="h-full bg-ink-3" style={{ width: `${((total - free) / total) * 100}%` }} />
            </div>
            <span className="shrink-0 text-sm text-ink-3">{`VRAM ${formatBytes(free, 1024)} free of ${formatBytes(total, 1024)}`}</span>
          </div>
        )}
      </div>
      <MachineActions machine={machine} />
    </li>
  );
}
