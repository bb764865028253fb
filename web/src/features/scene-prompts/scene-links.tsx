"use client";

import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { Button } from "#ui/button.tsx";
import { Link } from "#ui/link.tsx";

const SceneLinksQuery = graphql(`
  query SceneLinks($branchId: ID!, $after: String) {
    branch(id: $branchId) {
      id
      scenes(first: 50, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          number
          title
        }
      }
    }
  }
`);

const none = { nodes: [], pageInfo: { hasNextPage: false }, totalCount: 0 };

/** The ways to the prompts of a branch's scenes. */
export function SceneLinks({ branchId, revision }: { branchId: string; revision: number }) {
  return (
    <nav aria-label="Prompts of scenes" className="mb-5 flex flex-wrap gap-1.5">
      <Pages
        query={SceneLinksQuery}
        variables={{ branchId }}
        select={(data) => data.branch?.scenes ?? none}
        revision={revision}
        loading={null}
        more={(load) => (
          <Button size="sm" onClick={load}>
            More scenes
          </Button>
        )}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(scenes) =>
          scenes.map(({ id, number, title }) => (
            <Button key={id} asChild size="sm" className="max-w-full">
              <Link href={`/stories/scenes/${encodeURIComponent(id)}/prompts`}>
                <span className="min-w-0 truncate">{`${number} ${title}`}</span>
              </Link>
            </Button>
          ))
        }
      </Pages>
    </nav>
  );
}
