"use client";

import { BookText } from "lucide-react";
import type { ReactNode } from "react";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Link } from "#ui/link.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const LibraryListQuery = graphql(`
  query LibraryList($after: String) {
    libraries(first: 50, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        name
        delimiter
        entryCount
        project {
          id
          name
        }
      }
    }
  }
`);

/** All libraries, newest first. */
export function LibraryList({ create }: { create: ReactNode }) {
  return (
    <Pages
      query={LibraryListQuery}
      variables={{}}
      select={(data) => data.libraries}
      loading={<SkeletonRows count={4} className="h-12" />}
      more={(load) => <LoadMore onLoad={load} />}
      failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
    >
      {(libraries, { offset }) =>
        offset === 0 && libraries.length === 0 ? (
          <EmptyState icon={BookText} title="No library yet" actions={create}>
            A library holds named snippets. Prompts insert them as %key%, and they may insert each other.
          </EmptyState>
        ) : (
          <ul className="divide-y last:border-b first-of-type:-mt-3">
            {libraries.map((library) => (
              <li key={library.id} className="py-2">
                <Link
                  href={`/libraries/${encodeURIComponent(library.id)}`}
                  className="text-lg font-medium break-words hover:text-accent-ink"
                >
                  {library.name}
                </Link>
                <p className="flex flex-wrap gap-x-3 text-ink-2">
                  <span>{library.project?.name ?? "Whole studio"}</span>
                  <span>{plural(library.entryCount, "entry", "entries")}</span>
                  {library.delimiter !== "%" && <code className="font-mono text-sm">{library.delimiter}</code>}
                </p>
              </li>
            ))}
          </ul>
        )
      }
    </Pages>
  );
}
