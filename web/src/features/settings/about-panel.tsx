"use client";

import { graphql } from "#gql/gql.ts";
import { formatBytes, plural } from "#lib/format.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { openShortcuts } from "#lib/palette.ts";
import { Facts } from "#ui/facts.tsx";
import { Link } from "#ui/link.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const AboutQuery = graphql(`
  query About {
    systemStatus {
      version
      queueBackend
      isLocalMode
      database {
        version
        isEmbedded
        bytes
      }
      machines {
        id
        isReachable
        isEnabled
      }
      workers {
        id
        host
        isAlive
      }
    }
  }
`);

const link = "text-accent-ink hover:underline";

/** What this installation is made of, and where to read on. */
export function AboutPanel() {
  const [result, retry] = useQuery({ query: AboutQuery });
  return (
    <QueryPanel result={result} onRetry={retry} loading={<SkeletonRows count={4} className="h-5" />}>
      {({ systemStatus: { version, queueBackend, isLocalMode, database, machines, workers } }) => {
        const ready = machines.filter((machine) => machine.isEnabled && machine.isReachable).length;
        const alive = workers.filter((worker) => worker.isAlive);
        return (
          <div className="flex flex-col gap-4">
            <Facts
              facts={[
                ["Callsheet", version],
                [
                  "Database",
                  `PostgreSQL ${database.version}${database.isEmbedded ? ", started by Callsheet" : ""}, ${formatBytes(database.bytes)}`,
                ],
                ["Queue", queueBackend === "redis" ? "Redis" : "In the database"],
                [
                  "Machines",
                  <Link key="machines" href="/machines" className={link}>
                    {`${ready} of ${plural(machines.length, "machine")} ready`}
                  </Link>,
                ],
                [
                  "Workers",
                  alive.length > 0 ? alive.map(({ host }) => host).join(", ") : "None alive: nothing is rendered",
                ],
                ["Access", isLocalMode ? "Local mode: no login, this machine only" : "With login"],
              ]}
            />
            <ul className="flex flex-wrap gap-x-4 gap-y-1">
              <li>
                <Link href="/api-explorer" className={link}>
                  API explorer, with the schema&rsquo;s documentation
                </Link>
              </li>
              <li>
                <button type="button" className={link} onClick={openShortcuts}>
                  Keyboard shortcuts
                </button>
              </li>
            </ul>
          </div>
        );
      }}
    </QueryPanel>
  );
}
