"use client";

import { ChangeLine } from "#features/stories/scene/state/change-line.tsx";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { Button } from "#ui/button.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const AuditTrailQuery = graphql(`
  query AuditTrail($id: ID!, $after: String) {
    node(id: $id) {
      __typename
      id
      ... on SceneAsset {
        changes(first: 20, after: $after) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            id
            ...ChangeLine
          }
        }
      }
    }
  }
`);

const none = { nodes: [], pageInfo: { hasNextPage: false }, totalCount: 0 };

/** Who changed what of a state, when and why; the newest first. */
export function AuditTrail({ id, revision }: { id: string; revision: number }) {
  return (
    <Pages
      query={AuditTrailQuery}
      variables={{ id }}
      select={({ node }) => (node?.__typename === "SceneAsset" ? node.changes : none)}
      revision={revision}
      loading={<SkeletonRows count={2} className="h-10" />}
      more={(load) => (
        <Button size="sm" className="mt-2" onClick={load}>
          Older changes
        </Button>
      )}
      failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
    >
      {(changes, { offset }) =>
        offset === 0 && changes.length === 0 ? (
          <p className="text-ink-3">Nothing was changed since it was made.</p>
        ) : (
          <ol aria-label="Changes" className="divide-y">
            {changes.map((change) => (
              <ChangeLine key={change.id} change={change} />
            ))}
          </ol>
        )
      }
    </Pages>
  );
}
