"use client";

import { Clapperboard, Plus } from "lucide-react";
import { useState } from "react";
import { SceneTypeDialog } from "#features/prompts/scene-types/scene-type-dialog.tsx";
import { graphql } from "#gql/gql.ts";
import { plural, sentence } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Link } from "#ui/link.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const SceneTypeListQuery = graphql(`
  query SceneTypeList($after: String) {
    sceneTypes(first: 50, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        name
        description
        generationStrategy
        project {
          id
          name
        }
        workflow {
          id
          name
        }
        promptDefaults {
          id
        }
      }
    }
  }
`);

export function SceneTypeList() {
  const [isCreating, setIsCreating] = useState(false);
  const create = (
    <Button needs="CREATOR" variant="primary" onClick={() => setIsCreating(true)}>
      <Plus aria-hidden />
      New scene type
    </Button>
  );
  return (
    <>
      <PageHeader title="Scene types" actions={create} />
      <Pages
        query={SceneTypeListQuery}
        variables={{}}
        select={(data) => data.sceneTypes}
        loading={<SkeletonRows count={4} className="h-14" />}
        more={(load) => <LoadMore onLoad={load} />}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(sceneTypes, { offset }) =>
          offset === 0 && sceneTypes.length === 0 ? (
            <EmptyState icon={Clapperboard} title="No scene type yet" actions={create}>
              A scene type is one kind of shot: prompts written once, rendered for every character.
            </EmptyState>
          ) : (
            <ul className="divide-y border-t last:border-b">
              {sceneTypes.map((sceneType) => (
                <li key={sceneType.id} className="py-2">
                  <Link
                    href={`/scene-types/${encodeURIComponent(sceneType.id)}`}
                    className="text-lg font-medium hover:text-accent-ink"
                  >
                    {sceneType.name}
                  </Link>
                  <p className="flex flex-wrap gap-x-3 text-ink-2">
                    <span>{sceneType.project?.name ?? "Whole studio"}</span>
                    <span>{sceneType.workflow.name}</span>
                    <span>{plural(sceneType.promptDefaults.length, "default")}</span>
                    <span className="text-ink-3">{sentence(sceneType.generationStrategy)}</span>
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Pages>
      {isCreating && <SceneTypeDialog onClose={() => setIsCreating(false)} />}
    </>
  );
}
