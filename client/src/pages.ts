/** A page of a connection. */
export interface ConnectionPage<Node> {
  nodes: readonly Node[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null | undefined };
}

/**
 * All entries of a connection, page after page, fetched as they are read.
 * @param fetchPage gives the page behind a cursor; undefined when there is nothing
 */
export async function* readPages<Node>(
  fetchPage: (after: string | undefined) => Promise<ConnectionPage<Node> | null | undefined>,
): AsyncGenerator<Node> {
  let after: string | undefined;
  for (;;) {
    const page = await fetchPage(after);
    if (!page) return;
    yield* page.nodes;
    if (!page.pageInfo.hasNextPage || !page.pageInfo.endCursor) return;
    after = page.pageInfo.endCursor;
  }
}
