"use client";

import { CircleX } from "lucide-react";
import { CleanupLogQuery, CleanupsQuery } from "#features/settings/retention/retention-operations.ts";
import { formatBytes, plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Disclosure } from "#ui/disclosure.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

/** The latest clean-ups, each with its log of files. */
export function LastCleanups() {
  const [result, retry] = useQuery({ query: CleanupsQuery });
  return (
    <div>
      <h3 className="mb-1">Last clean-ups</h3>
      <QueryPanel result={result} onRetry={retry} loading={<SkeletonRows count={2} className="h-8" />}>
        {({ cleanups }) =>
          cleanups.totalCount === 0 ? (
            <p className="text-ink-2">None so far.</p>
          ) : (
            <ul className="divide-y">
              {cleanups.nodes.map(({ id, startedAt, finishedAt, isScheduled, files, bytes, failures }) => (
                <li key={id} className="py-1.5">
                  <Disclosure
                    title={
                      <span className="flex flex-wrap items-center gap-x-3 text-left">
                        <span className="text-ink">
                          {finishedAt
                            ? `${plural(files, "file")}, ${formatBytes(bytes)}`
                            : "At work, or cut off: the next one takes up what it left"}
                        </span>
                        <TimeAgo at={startedAt} />
                        <span className="text-ink-3">{isScheduled ? "by schedule" : "by hand"}</span>
                        {failures > 0 && (
                          <Badge tone="bad">
                            <CircleX aria-hidden />
                            {`${failures} not deleted`}
                          </Badge>
                        )}
                      </span>
                    }
                  >
                    <CleanupLog id={id} />
                  </Disclosure>
                </li>
              ))}
            </ul>
          )
        }
      </QueryPanel>
    </div>
  );
}

const noItems = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null }, totalCount: 0 };

function CleanupLog({ id }: { id: string }) {
  return (
    <div className="ml-5 flex flex-col gap-1">
      <Pages
        query={CleanupLogQuery}
        variables={{ id }}
        select={({ node }) => (node?.__typename === "Cleanup" ? node.items : noItems)}
        loading={<SkeletonRows count={2} className="h-6" />}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
        more={(load) => (
          <Button size="sm" className="self-start" onClick={load}>
            Show more files
          </Button>
        )}
      >
        {(items, { totalCount }) =>
          totalCount === 0 ? (
            <p className="text-ink-2">It found nothing to delete.</p>
          ) : (
            <ul>
              {items.map(({ name, bytes, reason, error }) => (
                <li key={`${name} ${reason}`} className="py-0.5">
                  <span className="break-all">{name}</span>
                  <span className="ml-2 text-ink-3">{`${formatBytes(bytes)}, ${reason}`}</span>
                  {error && <span className="ml-2 text-bad">{error}</span>}
                </li>
              ))}
            </ul>
          )
        }
      </Pages>
    </div>
  );
}
