"use client";

import { Languages, Plus } from "lucide-react";
import { useState } from "react";
import { WorkDialog } from "#features/works/work-dialog.tsx";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Link } from "#ui/link.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SearchInput } from "#ui/search-input.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const WorkListQuery = graphql(`
  query WorkList($after: String, $search: String) {
    works(first: 50, after: $after, search: $search) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        title
        author
        language
        targetLanguage
        updatedAt
        project {
          id
          name
        }
        prompt {
          id
        }
        chapters(first: 1) {
          totalCount
        }
      }
    }
  }
`);

/** Novels and web series that scenes are written from. */
export function WorkList() {
  const [search, setSearch] = useState("");
  const [isCreating, setIsCreating] = useState(false);
  const settled = useDebounced(search.trim(), 200);
  const newWork = (
    <Button needs="CREATOR" variant="primary" onClick={() => setIsCreating(true)}>
      <Plus aria-hidden />
      New work
    </Button>
  );
  return (
    <>
      <PageHeader title="Works" actions={newWork} />
      <SearchInput label="Search works" value={search} onValueChange={setSearch} className="mb-3 max-w-sm" />
      <Pages
        query={WorkListQuery}
        variables={{ search: settled || null }}
        select={(data) => data.works}
        loading={<SkeletonRows count={5} className="h-14" />}
        more={(load) => <LoadMore onLoad={load} />}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(works, { offset }) =>
          offset === 0 && works.length === 0 ? (
            settled ? (
              <EmptyState icon={Languages} title={`No work matches “${settled}”`} />
            ) : (
              <EmptyState icon={Languages} title="No work yet" actions={newWork}>
                A work is a novel or a web series. Add one with its language, bring in its chapters, and a language
                model translates them into the text that scenes are written from.
              </EmptyState>
            )
          ) : (
            <ul className="divide-y border-t last:border-b">
              {works.map((work) => (
                <li key={work.id} className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 py-2">
                  <div className="min-w-0 grow basis-60">
                    <Link
                      href={`/works/${encodeURIComponent(work.id)}`}
                      className="block truncate font-medium hover:text-accent-ink"
                    >
                      {work.title}
                    </Link>
                    <p className="truncate text-ink-3">
                      {[work.author, work.project?.name ?? "Whole studio"].filter(Boolean).join(" · ")}
                    </p>
                  </div>
                  <span className="text-ink-2">{`${work.language} → ${work.targetLanguage}`}</span>
                  <span className="text-ink-2 tabular-nums">{plural(work.chapters.totalCount, "chapter")}</span>
                  {!work.prompt && <Badge tone="warn">No prompt yet</Badge>}
                  <span className="text-ink-3">
                    <TimeAgo at={work.updatedAt} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Pages>
      {isCreating && <WorkDialog onClose={() => setIsCreating(false)} />}
    </>
  );
}
