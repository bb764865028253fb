"use client";

import { FolderPlus, LibraryBig, ScrollText } from "lucide-react";
import { useState } from "react";
import { ProjectStory } from "#features/stories/project-story.tsx";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { ProjectDialog } from "#lib/graphql/project-dialog.tsx";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Link } from "#ui/link.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const StoriesQuery = graphql(`
  query Stories($after: String) {
    projects(first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...ProjectStory
      }
    }
  }
`);

/** What the projects tell: each with its branches, and the faces of the one that it is told in. */
export function StoriesPage() {
  const [isCreating, setIsCreating] = useState(false);
  const create = (
    <Button variant="primary" needs="CREATOR" onClick={() => setIsCreating(true)}>
      <FolderPlus aria-hidden />
      New project
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Stories"
        actions={
          <>
            <Button asChild>
              <Link href="/asset-library">
                <LibraryBig aria-hidden />
                Asset library
              </Link>
            </Button>
            {create}
          </>
        }
      />
      <Pages
        query={StoriesQuery}
        variables={{}}
        select={(data) => data.projects}
        loading={<SkeletonRows count={3} className="h-40" />}
        more={(load) => <LoadMore onLoad={load} />}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(projects, { offset }) =>
          offset === 0 && projects.length === 0 ? (
            <EmptyState icon={ScrollText} title="No story yet" actions={create}>
              A project tells a story: scenes in their order, with the characters, places and props that appear in them.
            </EmptyState>
          ) : (
            <ul className="divide-y border-t last:border-b">
              {projects.map((project) => (
                <ProjectStory key={project.id} project={project} />
              ))}
            </ul>
          )
        }
      </Pages>
      {isCreating && <ProjectDialog onClose={() => setIsCreating(false)} />}
    </>
  );
}
