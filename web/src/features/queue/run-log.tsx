"use client";

import { useCallback, useMemo, useRef, useState } from "react";
import { useClient, useSubscription } from "urql";
import { type LogLine, withNews } from "#features/queue/log-lines.ts";
import { RunLogLines } from "#features/queue/run-log-lines.tsx";
import { graphql } from "#gql/gql.ts";
import type { RunLogNewsSubscription } from "#gql/graphql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { type Failure, failureOf } from "#lib/graphql/failure.ts";
import { SkeletonRows } from "#ui/skeleton.tsx";

const RunLogNews = graphql(`
  subscription RunLogNews($id: ID!) {
    runLogged(id: $id) {
      cursor
      at
      attempt
      level
      message
    }
  }
`);

const EarlierRunLog = graphql(`
  query EarlierRunLog($id: ID!, $before: String!) {
    node(id: $id) {
      __typename
      id
      ... on Run {
        logs(last: 200, before: $before) {
          pageInfo {
            hasPreviousPage
          }
          nodes {
            cursor
            at
            attempt
            level
            message
          }
        }
      }
    }
  }
`);

/** As many lines the server gives at first: with fewer there are no earlier ones. */
const atFirst = 100;

/** What happened to a run, line by line, as it happens; earlier lines are read when somebody scrolls up to them. */
export function RunLog({ id }: { id: string }) {
  const [{ data: news, error }] = useSubscription(
    { query: RunLogNews, variables: useMemo(() => ({ id }), [id]) },
    (before: readonly LogLine[] | undefined, { runLogged }: RunLogNewsSubscription) =>
      withNews(before ?? [], runLogged),
  );
  const { lines: earlier, isComplete, failure, load } = useEarlier(id);
  const lines = useMemo(() => (news ? [...earlier, ...news] : null), [earlier, news]);
  if (error && !lines) return <FailureNotice failure={failureOf(error)} />;
  if (!lines) return <SkeletonRows count={3} className="h-5" />;
  const [first] = lines;
  if (!first) return <p className="text-ink-2">Nothing has happened yet.</p>;
  const hasEarlier = !isComplete && lines.length >= atFirst;
  return (
    <>
      {failure && <FailureNotice failure={failure} onRetry={() => load(first.cursor)} />}
      <RunLogLines lines={lines} onTop={hasEarlier && !failure ? () => load(first.cursor) : null} />
    </>
  );
}

/** The lines before those that came by themselves, page by page. */
function useEarlier(id: string) {
  const client = useClient();
  const [state, setState] = useState<{ lines: readonly LogLine[]; isComplete: boolean; failure: Failure | null }>({
    lines: [],
    isComplete: false,
    failure: null,
  });
  // Where the page that was asked for last ends: each is asked for once.
  const asked = useRef<string | null>(null);
  const load = useCallback(
    (before: string) => {
      if (asked.current === before) return;
      asked.current = before;
      void client
        .query(EarlierRunLog, { id, before }, { requestPolicy: "network-only" })
        .toPromise()
        .then(({ data, error }) => {
          if (error) asked.current = null;
          const page = data?.node?.__typename === "Run" ? data.node.logs : null;
          setState(({ lines }) => ({
            lines: [...(page?.nodes ?? []), ...lines],
            isComplete: page !== null && !page.pageInfo.hasPreviousPage,
            failure: error ? failureOf(error) : null,
          }));
        });
    },
    [client, id],
  );
  return { ...state, load };
}
