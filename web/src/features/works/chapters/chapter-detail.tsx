"use client";

import { BookOpen, ChevronLeft, ChevronRight } from "lucide-react";
import { ChapterActions } from "#features/works/chapters/chapter-actions.tsx";
import { ChapterSource } from "#features/works/chapters/chapter-source.tsx";
import { TranslateForm } from "#features/works/translations/translate-form.tsx";
import { TranslationList } from "#features/works/translations/translation-list.tsx";
import { TranslationView } from "#features/works/translations/translation-view.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Link } from "#ui/link.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const ChapterDetailQuery = graphql(`
  query ChapterDetail($id: ID!) {
    chapter(id: $id) {
      id
      number
      title
      previous {
        id
        number
      }
      next {
        id
        number
      }
      work {
        id
        title
        project {
          id
          viewerRole
        }
      }
      latestTranslation {
        id
      }
      ...ChapterActions
      ...ChapterSource
      ...TranslateForm
      ...TranslationList
    }
    llmStatus {
      isReachable
      isSimulated
      hint
      models
    }
  }
`);

/** A chapter: its text, and beside it a translation, which is seen as it is written. */
export function ChapterDetail({ id }: { id: string }) {
  const [result, refetch] = useQuery({ query: ChapterDetailQuery, variables: { id } });
  const [chosen, choose] = useUrlParam("translation");
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={4} className="h-24" />}>
      {({ chapter, llmStatus }) => {
        if (!chapter)
          return (
            <EmptyState
              icon={BookOpen}
              title="This chapter does not exist"
              isPage
              actions={
                <Button asChild>
                  <Link href="/works">All works</Link>
                </Button>
              }
            />
          );
        const { work, previous, next } = chapter;
        const shown = chosen || chapter.latestTranslation?.id;
        return (
          <ProjectAccess role={work.project?.viewerRole}>
            <PageHeader
              title={`${chapter.number} ${chapter.title || "Without a title"}`}
              parent={{ href: `/works/${encodeURIComponent(work.id)}`, label: work.title }}
              actions={
                <>
                  {previous && <Neighbour chapter={previous} icon={<ChevronLeft aria-hidden />} word="Previous" />}
                  {next && <Neighbour chapter={next} icon={<ChevronRight aria-hidden />} word="Next" />}
                  <ChapterActions chapter={chapter} />
                </>
              }
            />
            <div className="mb-6">
              <TranslateForm chapter={chapter} llm={llmStatus} onStarted={choose} />
            </div>
            <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 lg:grid-cols-2">
              <ErrorBoundary name="The text">
                <ChapterSource key={chapter.id} chapter={chapter} />
              </ErrorBoundary>
              <ErrorBoundary name="The translation">
                {shown ? (
                  <TranslationView key={shown} id={shown} />
                ) : (
                  <Panel title="Translation">
                    <p className="text-ink-2">Not translated yet. The text appears here as it is written.</p>
                  </Panel>
                )}
              </ErrorBoundary>
            </div>
            <div className="mt-8">
              <TranslationList chapter={chapter} shownId={shown ?? ""} onChoose={choose} />
            </div>
          </ProjectAccess>
        );
      }}
    </QueryPanel>
  );
}

interface NeighbourProps {
  chapter: { id: string; number: number };
  icon: React.ReactNode;
  word: string;
}

function Neighbour({ chapter, icon, word }: NeighbourProps) {
  return (
    <Button asChild size="icon">
      <Link
        href={`/works/chapters/${encodeURIComponent(chapter.id)}`}
        aria-label={`${word}: chapter ${chapter.number}`}
        title={`${word}: chapter ${chapter.number}`}
      >
        {icon}
      </Link>
    </Button>
  );
}
