"use client";

import { InheritanceChain } from "#features/stories/scene/state/inheritance-chain.tsx";
import { AuditTrail } from "#features/stories/scene/state/audit-trail.tsx";
import { StateForm } from "#features/stories/scene/state/state-form.tsx";
import { useRefetchOn } from "#features/stories/use-branch-revision.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Disclosure } from "#ui/disclosure.tsx";
import { Skeleton, SkeletonRows } from "#ui/skeleton.tsx";

const OpenSceneAsset = graphql(`
  query OpenSceneAsset($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on SceneAsset {
        modificationCount
        ...StateFields
        ...InheritanceChain
      }
    }
  }
`);

interface Props {
  id: string;
  projectId: string;
  revision: number;
  onRemoved: () => void;
}

/** The state of one asset when the scene starts: its picture first, then what is written of it. */
export function StateEditor({ id, projectId, revision, onRemoved }: Props) {
  const [result, refetch] = useQuery({ query: OpenSceneAsset, variables: { id } });
  useRefetchOn(revision, refetch);
  return (
    <QueryPanel
      result={result}
      onRetry={refetch}
      loading={
        <div className="flex flex-col gap-4">
          <Skeleton className="mx-auto aspect-[3/4] h-[46vh]" />
          <SkeletonRows count={2} className="h-16" />
        </div>
      }
    >
      {({ node }) =>
        node?.__typename === "SceneAsset" ? (
          <div className="flex flex-col gap-6">
            <StateForm key={node.id} state={node} projectId={projectId} onRemoved={onRemoved} />
            <InheritanceChain state={node} />
            <Disclosure title={`Record of ${plural(node.modificationCount, "change")}`}>
              <AuditTrail id={node.id} revision={revision} />
            </Disclosure>
          </div>
        ) : (
          <p className="py-8 text-center text-ink-2">This asset is not in the scene any more.</p>
        )
      }
    </QueryPanel>
  );
}
