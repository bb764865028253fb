"use client";

import { CirclePause, FlaskConical, TriangleAlert } from "lucide-react";
import { useSubscription } from "urql";
import { graphql } from "#gql/gql.ts";
import { MachineLight } from "#features/shell/machine-light.tsx";
import { NotificationBell } from "#features/shell/notifications/bell.tsx";
import { useJobEnds } from "#features/shell/notifications/use-job-ends.ts";
import { ThemeSwitch } from "#features/shell/theme-switch.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { formatSeconds, plural } from "#lib/format.ts";
import { usePoll } from "#lib/hooks/use-poll.ts";
import { useThrottled } from "#lib/hooks/use-throttled.ts";
import { Badge } from "#ui/badge.tsx";
import { Link } from "#ui/link.tsx";

const StatusBarQuery = graphql(`
  query StatusBar {
    systemStatus {
      version
      isPaused
      pending
      active
      throughputPerMinute
      remainingSecs
      workers {
        id
        isAlive
      }
      machines {
        id
        isSimulator
        ...MachineLight
      }
    }
  }
`);

const StatusBarEvents = graphql(`
  subscription StatusBarEvents {
    queueUpdated {
      job {
        id
        status
        ...JobEnd
      }
    }
  }
`);

/** Few are told in tenths. */
const formatRate = (perMinute: number): string =>
  perMinute < 10 ? perMinute.toFixed(1) : String(Math.round(perMinute));

/** The strip at the window's edge: what the machines do, and anything an operator must know. */
export function StatusBar() {
  const [{ data, error }, refresh] = useQuery({ query: StatusBarQuery });
  const ends = useJobEnds();
  const refreshSoon = useThrottled(refresh, 700);
  usePoll(refresh, 5_000);
  useSubscription({ query: StatusBarEvents }, (_previous, event) => {
    refreshSoon();
    ends.hear(event.queueUpdated.job);
    return event;
  });
  const status = data?.systemStatus;
  const isSimulated = status?.machines.some((machine) => machine.isSimulator) ?? false;
  const lacksWorker = status && status.pending > 0 && !status.workers.some((worker) => worker.isAlive);
  return (
    <footer
      aria-label="Studio status"
      className="sticky z-20 flex min-h-8 items-center gap-x-4 overflow-x-auto bg-surface px-3 text-sm text-ink-3 max-md:top-0 max-md:order-first max-md:border-b md:bottom-0 md:border-t"
    >
      {isSimulated && (
        <Badge tone="warn" title="No GPU is at work: pictures are labelled placeholders">
          <FlaskConical aria-hidden />
          Simulator
        </Badge>
      )}
      {lacksWorker && (
        <Badge tone="bad">
          <TriangleAlert aria-hidden />
          {`${plural(status.pending, "run")} waiting, no worker is alive`}
        </Badge>
      )}
      {status?.isPaused && (
        <Badge tone="calm">
          <CirclePause aria-hidden />
          Queue paused
        </Badge>
      )}
      {status && <span className="whitespace-nowrap">{`${status.active} running, ${status.pending} pending`}</span>}
      {status && status.throughputPerMinute > 0 && (
        <span className="whitespace-nowrap max-lg:hidden" title="Over the last ten minutes">
          {`${formatRate(status.throughputPerMinute)} a minute`}
        </span>
      )}
      {status?.remainingSecs != null && status.pending + status.active > 0 && (
        <span
          className="whitespace-nowrap max-sm:hidden"
          title="Execution until the queue is empty, as far as is known"
        >
          {`done in about ${formatSeconds(status.remainingSecs)}`}
        </span>
      )}
      {error && !data && <span className="text-bad">The studio's server does not answer</span>}
      {status?.machines.length === 0 && (
        <Link href="/machines" className="whitespace-nowrap text-accent-ink hover:underline">
          No machine yet: add one
        </Link>
      )}
      <div className="flex gap-4 max-md:hidden">
        {status?.machines.slice(0, 6).map((machine) => (
          <MachineLight key={machine.id} machine={machine} />
        ))}
        {status && status.machines.length > 6 && (
          <Link
            href="/machines"
            className="whitespace-nowrap hover:text-ink"
          >{`${status.machines.length - 6} more`}</Link>
        )}
      </div>
      <div className="ml-auto flex items-center gap-3">
        <NotificationBell waitingFor={ends.jobs} />
        <span className="flex items-center gap-3 max-md:hidden">
          {status && <span className="whitespace-nowrap max-lg:hidden">{`Callsheet ${status.version}`}</span>}
          <ThemeSwitch />
        </span>
      </div>
    </footer>
  );
}
