"use client";

import { useMemo } from "react";
import { useSubscription } from "urql";
import { graphql } from "#gql/gql.ts";
import type { RunLogLinesSubscription } from "#gql/graphql.ts";
import { cn } from "#lib/cn.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { failureOf } from "#lib/graphql/failure.ts";
import { SkeletonRows } from "#ui/skeleton.tsx";

const RunLogLines = graphql(`
  subscription RunLogLines($id: ID!) {
    runLogged(id: $id) {
      at
      attempt
      level
      event
      message
    }
  }
`);

type Line = RunLogLinesSubscription["runLogged"][number];

/** As many as the server keeps of one run. */
const maxLines = 500;

const tones = { INFO: "text-ink-2", WARNING: "text-warn", ERROR: "text-bad" } as const;
const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

/** What happened to a run, line by line, as it happens. */
export function RunLog({ id }: { id: string }) {
  const [{ data: lines, error }] = useSubscription(
    { query: RunLogLines, variables: useMemo(() => ({ id }), [id]) },
    (before: readonly Line[] | undefined, { runLogged }: RunLogLinesSubscription) => merge(before ?? [], runLogged),
  );
  if (error && !lines) return <FailureNotice failure={failureOf(error)} />;
  if (!lines) return <SkeletonRows count={3} className="h-5" />;
  if (lines.length === 0) return <p className="text-ink-2">Nothing has happened yet.</p>;
  const attempts = new Set(lines.map(({ attempt }) => attempt)).size;
  return (
    <ol aria-label="Log" role="log" className="max-h-80 overflow-y-auto rounded-sm bg-sunken p-2 font-mono text-sm">
      {lines.map((line) => (
        <li key={keyOf(line)} className="flex gap-3 py-0.5">
          <time dateTime={line.at} className="shrink-0 text-ink-3">
            {clock.format(new Date(line.at))}
          </time>
          {attempts > 1 && <span className="shrink-0 text-ink-3">{`#${line.attempt}`}</span>}
          <span className={cn("min-w-0 break-words", tones[line.level])}>{line.message}</span>
        </li>
      ))}
    </ol>
  );
}

const keyOf = ({ at, event, message }: Line): string => `${at} ${event} ${message}`;

/** After a reconnect the newest lines come once more. */
function merge(before: readonly Line[], more: readonly Line[]): readonly Line[] {
  const known = new Set(before.map(keyOf));
  return [...before, ...more.filter((line) => !known.has(keyOf(line)))].slice(-maxLines);
}
