"use client";

import { ProjectAssetEditor } from "#features/stories/assets/project-asset-editor.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Sheet } from "#ui/sheet.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const OpenProjectAsset = graphql(`
  query OpenProjectAsset($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on ProjectAsset {
        name
        ...ProjectAssetEditor
      }
    }
  }
`);

interface Props {
  id: string;
  projectId: string;
  onClose: () => void;
}

/** One project asset, beside the grid. */
export function ProjectAssetSheet({ id, projectId, onClose }: Props) {
  const [result, refetch] = useQuery({ query: OpenProjectAsset, variables: { id } });
  const node = result.data?.node;
  const asset = node?.__typename === "ProjectAsset" ? node : null;
  return (
    <Sheet isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={asset?.name ?? "Project asset"}>
      <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={3} className="h-24" />}>
        {() =>
          asset ? (
            <ErrorBoundary name="The asset">
              <ProjectAssetEditor asset={asset} projectId={projectId} onDeleted={onClose} />
            </ErrorBoundary>
          ) : (
            <p className="text-ink-2">This asset does not exist any more.</p>
          )
        }
      </QueryPanel>
    </Sheet>
  );
}
