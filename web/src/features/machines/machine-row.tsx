import { FlaskConical, Tag } from "lucide-react";
import { CurrentRuns } from "#features/machines/current-runs.tsx";
import { MachineActions } from "#features/machines/machine-actions.tsx";
import { MachineHealth } from "#features/machines/machine-health.tsx";
import { MachineNumbers } from "#features/machines/machine-numbers.tsx";
import { MachineTrouble } from "#features/machines/machine-trouble.tsx";
import { VramMeter } from "#features/machines/vram-meter.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { Badge } from "#ui/badge.tsx";
import { Link } from "#ui/link.tsx";

export const MachineRowFields = graphql(`
  fragment MachineRow on Machine {
    id
    name
    url
    isEnabled
    isDraining
    isSimulator
    isReachable
    isPaused
    isSuspended
    suspendedUntil
    failureStreak
    pools
    labels
    concurrency
    version
    gpuName
    vramTotalBytes
    vramFreeBytes
    queueDepth
    activeRuns
    throughputPerMinute
    recentFailures
    lastSeenAt
    lastError
    likelyModels
    lastWorkflow {
      id
      name
    }
    currentRuns {
      id
      ...CurrentRun
    }
  }
`);

/** One machine: whether it gets runs, what it does, how it does, and what can be done with it. */
export function MachineRow(props: { machine: FragmentType<typeof MachineRowFields> }) {
  const machine = readFragment(MachineRowFields, props.machine);
  const { name, vramTotalBytes: total, vramFreeBytes: free, lastWorkflow, likelyModels } = machine;
  return (
    <li className="py-4">
      <article aria-label={name} className="flex flex-col gap-2">
        <header className="flex items-start gap-2">
          <div className="flex min-w-0 grow flex-wrap items-center gap-x-2 gap-y-1">
            <h2 className="mr-1 min-w-0 text-lg font-medium break-words">{name}</h2>
            <MachineHealth machine={machine} />
            {machine.isSimulator && (
              <Badge tone="warn">
                <FlaskConical aria-hidden />
                Simulator
              </Badge>
            )}
            {machine.pools.map((pool) => (
              <Badge key={pool} title={`Pool ${pool}`}>
                {pool}
              </Badge>
            ))}
            {machine.labels.map((label) => (
              <Badge key={label} title={`Label ${label}`} className="bg-transparent px-0">
                <Tag aria-hidden />
                {label}
              </Badge>
            ))}
          </div>
          <MachineActions machine={machine} />
        </header>
        <p className="flex flex-wrap gap-x-3 text-ink-2">
          <span className="break-all">{machine.url}</span>
          {machine.version && <span>{`ComfyUI ${machine.version}`}</span>}
          {machine.gpuName && <span>{machine.gpuName}</span>}
        </p>
        <MachineTrouble machine={machine} />
        <div className="grid gap-x-10 gap-y-3 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
          <div className="flex min-w-0 flex-col gap-2">
            <CurrentRuns runs={machine.currentRuns} others={machine.activeRuns - machine.currentRuns.length} />
            {lastWorkflow && (
              <p className="break-words text-ink-3">
                Last ran{" "}
                <Link
                  href={`/workflows/${encodeURIComponent(lastWorkflow.id)}`}
                  className="text-ink-2 underline decoration-line-strong underline-offset-2 hover:text-accent-ink"
                >
                  {lastWorkflow.name}
                </Link>
                {likelyModels.length > 0 && (
                  <span title="ComfyUI does not tell what is in its memory; these are the models of what it ran last">
                    {`; likely loaded: ${likelyModels.join(", ")}`}
                  </span>
                )}
              </p>
            )}
          </div>
          <div className="flex min-w-0 flex-col gap-2">
            <MachineNumbers machine={machine} />
            {total != null && free != null && total > 0 && <VramMeter machine={name} total={total} free={free} />}
          </div>
        </div>
      </article>
    </li>
  );
}
