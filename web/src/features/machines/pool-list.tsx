import { CirclePause } from "lucide-react";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { formatSeconds, plural } from "#lib/format.ts";
import { Badge } from "#ui/badge.tsx";
import { PoolPause } from "#features/machines/pool-pause.tsx";

export const PoolFields = graphql(`
  fragment PoolItem on Pool {
    name
    isPaused
    pending
    active
    throughputPerMinute
    remainingSecs
    machines {
      id
    }
  }
`);

/** The pools with what waits for them. */
export function PoolList(props: { pools: readonly FragmentType<typeof PoolFields>[] }) {
  const pools = readFragment(PoolFields, props.pools);
  return (
    <section aria-labelledby="pools-title" className="mb-6">
      <h2 id="pools-title" className="mb-1 border-b pb-2 text-lg">
        Pools
      </h2>
      <ul className="divide-y">
        {pools.map(({ name, isPaused, pending, active, throughputPerMinute, remainingSecs, machines }) => (
          <li key={name} className="flex min-h-11 items-center gap-x-4 py-1.5">
            <div className="flex min-w-0 grow flex-wrap items-center gap-x-4 gap-y-1">
              <span className="flex min-w-0 grow flex-wrap items-center gap-x-3">
                <span className="font-medium break-words">{name}</span>
                {isPaused && (
                  <Badge tone="calm">
                    <CirclePause aria-hidden />
                    Paused
                  </Badge>
                )}
                <span className={machines.length === 0 && pending > 0 ? "text-bad" : "text-ink-3"}>
                  {machines.length === 0 ? "no machine" : plural(machines.length, "machine")}
                </span>
              </span>
              <span className="text-ink-2">{`${active} running, ${pending} pending`}</span>
              {throughputPerMinute > 0 && (
                <span className="text-ink-3">{`${throughputPerMinute.toFixed(1)} a minute`}</span>
              )}
              {remainingSecs != null && pending + active > 0 && (
                <span className="text-ink-3">{`done in about ${formatSeconds(remainingSecs)}`}</span>
              )}
            </div>
            <PoolPause name={name} isPaused={isPaused} />
          </li>
        ))}
      </ul>
    </section>
  );
}
