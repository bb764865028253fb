"use client";

import { Languages } from "lucide-react";
import { ChapterList } from "#features/works/chapters/chapter-list.tsx";
import { PromptPanel } from "#features/works/prompt/prompt-panel.tsx";
import { DeleteWorkButton } from "#features/works/delete-work.tsx";
import { WorkSettings } from "#features/works/work-settings.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Link } from "#ui/link.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const WorkDetailQuery = graphql(`
  query WorkDetail($id: ID!) {
    work(id: $id) {
      id
      title
      language
      targetLanguage
      project {
        id
        name
        viewerRole
      }
      chapters(first: 1) {
        totalCount
      }
      ...WorkFields
      ...WorkPromptPanel
    }
  }
`);

/** A work: its chapters, how they are translated, and what prompts are told of it. */
export function WorkDetail({ id }: { id: string }) {
  const [result, refetch] = useQuery({ query: WorkDetailQuery, variables: { id } });
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={4} className="h-24" />}>
      {({ work }) =>
        work ? (
          <ProjectAccess role={work.project?.viewerRole}>
            <PageHeader
              title={work.title}
              parent={{ href: "/works", label: "Works" }}
              meta={
                <>
                  <span>{work.project?.name ?? "Whole studio"}</span>
                  <span>{`${work.language} → ${work.targetLanguage}`}</span>
                </>
              }
              actions={<DeleteWorkButton id={work.id} title={work.title} chapterCount={work.chapters.totalCount} />}
            />
            <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
              <div className="flex min-w-0 flex-col gap-8">
                <ErrorBoundary name="The chapters">
                  <ChapterList workId={work.id} />
                </ErrorBoundary>
                <ErrorBoundary name="The details">
                  <WorkSettings work={work} />
                </ErrorBoundary>
              </div>
              <ErrorBoundary name="The prompt">
                <PromptPanel work={work} />
              </ErrorBoundary>
            </div>
          </ProjectAccess>
        ) : (
          <EmptyState
            icon={Languages}
            title="This work does not exist"
            isPage
            actions={
              <Button asChild>
                <Link href="/works">All works</Link>
              </Button>
            }
          />
        )
      }
    </QueryPanel>
  );
}
