"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { type AnyVariables, type TypedDocumentNode } from "urql";
import { type Failure, failureOf } from "#lib/graphql/failure.ts";
import { useQuery } from "#lib/graphql/use-query.ts";

interface Connection<Item> {
  nodes: readonly Item[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  totalCount: number;
}

interface PagesProps<Data, Variables, Item> {
  query: TypedDocumentNode<Data, Variables & { after?: string | null }>;
  variables: Variables;
  select: (data: Data) => Connection<Item>;
  children: (items: readonly Item[], context: { offset: number; totalCount: number }) => ReactNode;
  loading: ReactNode;
  /** The end of the list so far: asks for more when it is seen or pressed. */
  more: (load: () => void) => ReactNode;
  failed: (failure: Failure, retry: () => void) => ReactNode;
  /** Every change fetches the pages on screen again. */
  revision?: number;
}

/**
 * A cursor connection page by page, each page its own query, so that cached records update in place and a list
 * whose head has grown fetches every page from its new cursor.
 */
export function Pages<Data, Variables extends AnyVariables & object, Item>(
  props: PagesProps<Data, Variables, Item>,
): ReactNode {
  return <Page {...props} after={null} offset={0} />;
}

function Page<Data, Variables extends AnyVariables & object, Item>(
  props: PagesProps<Data, Variables, Item> & { after: string | null; offset: number },
): ReactNode {
  const { query, variables, select, children, loading, more, failed, revision = 0, after, offset } = props;
  const [{ data, error }, refetch] = useQuery({
    query,
    variables: { ...variables, after } as Variables & { after: string | null },
  });
  const [wantsNext, setWantsNext] = useState(false);
  const seen = useRef(revision);
  useEffect(() => {
    if (seen.current === revision) return;
    seen.current = revision;
    refetch();
  }, [revision, refetch]);

  if (!data) {
    return error ? failed(failureOf(error), refetch) : loading;
  }
  const { nodes, pageInfo, totalCount } = select(data);
  return (
    <>
      {children(nodes, { offset, totalCount })}
      {pageInfo.hasNextPage &&
        pageInfo.endCursor &&
        (wantsNext ? (
          <Page {...props} after={pageInfo.endCursor} offset={offset + nodes.length} />
        ) : (
          more(() => setWantsNext(true))
        ))}
    </>
  );
}
