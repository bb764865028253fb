"use client";

import { BookOpen, FileText, Plus } from "lucide-react";
import { useState } from "react";
import { useSubscription } from "urql";
import { ChapterDialog } from "#features/works/chapters/chapter-dialog.tsx";
import { ChapterPage } from "#features/works/chapters/chapter-page.tsx";
import { ImportChaptersDialog } from "#features/works/chapters/import-chapters-dialog.tsx";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { Panel } from "#ui/panel.tsx";
import { SearchInput } from "#ui/search-input.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const WorkChaptersQuery = graphql(`
  query WorkChapters($workId: ID!, $after: String, $search: String) {
    work(id: $workId) {
      id
      chapters(first: 100, after: $after, search: $search) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          ...ChapterCard
        }
      }
    }
  }
`);

/** The cache learns which translation is a chapter's newest. */
const WorkTranslationEvents = graphql(`
  subscription WorkTranslationEvents($workId: ID!) {
    workTranslationUpdated(workId: $workId) {
      id
      ...TranslationState
      chapter {
        id
        latestTranslation {
          id
        }
      }
    }
  }
`);

const nothing = { nodes: [], pageInfo: { hasNextPage: false }, totalCount: 0 };

/** A work's chapters in their order, each with what its newest translation is made with. */
export function ChapterList({ workId }: { workId: string }) {
  const [search, setSearch] = useState("");
  const [dialog, setDialog] = useState<"chapter" | "import" | null>(null);
  const settled = useDebounced(search.trim(), 200);
  useSubscription({ query: WorkTranslationEvents, variables: { workId } });
  const actions = (
    <>
      <Button needs="CREATOR" size="sm" onClick={() => setDialog("import")}>
        <FileText aria-hidden />
        Import text
      </Button>
      <Button needs="CREATOR" size="sm" onClick={() => setDialog("chapter")}>
        <Plus aria-hidden />
        Add chapter
      </Button>
    </>
  );
  return (
    <Panel title="Chapters" actions={actions}>
      <Pages
        query={WorkChaptersQuery}
        variables={{ workId, search: settled || null }}
        select={(data) => data.work?.chapters ?? nothing}
        loading={<SkeletonRows count={4} className="h-14" />}
        more={(load) => <LoadMore onLoad={load} />}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(chapters, { offset, totalCount }) => (
          <>
            {offset === 0 && (totalCount > 8 || search !== "") && (
              <SearchInput label="Search chapters" value={search} onValueChange={setSearch} className="mb-2 max-w-sm" />
            )}
            {offset === 0 && chapters.length === 0 ? (
              settled ? (
                <EmptyState icon={BookOpen} title={`No chapter matches “${settled}”`} />
              ) : (
                <EmptyState icon={BookOpen} title="No chapter yet">
                  Add one, or import the text of the whole book: it is cut at its headings.
                </EmptyState>
              )
            ) : (
              <ChapterPage workId={workId} chapters={chapters} isSearch={settled !== ""} />
            )}
          </>
        )}
      </Pages>
      {dialog === "chapter" && <ChapterDialog workId={workId} onClose={() => setDialog(null)} />}
      {dialog === "import" && <ImportChaptersDialog workId={workId} onClose={() => setDialog(null)} />}
    </Panel>
  );
}
