"use client";

import { type ReactNode, useState } from "react";
import { DeleteDialog } from "#features/fragments/delete-dialog.tsx";
import { FragmentDialog } from "#features/fragments/fragment-dialog.tsx";
import { readFragmentRow } from "#features/fragments/fragment-row.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Dialog } from "#ui/dialog.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const OpenFragmentQuery = graphql(`
  query OpenFragment($id: ID!) {
    node(id: $id) {
      __typename
      id
      ...FragmentRow
    }
  }
`);

/** The fragment that the address names, to be edited or deleted. */
export function OpenFragment({ id, onClose }: { id: string; onClose: () => void }) {
  const [result, refetch] = useQuery({ query: OpenFragmentQuery, variables: { id } });
  const [isDeleting, setIsDeleting] = useState(false);
  const waiting = (content: ReactNode) => (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Edit fragment" className="max-w-md">
      {content}
    </Dialog>
  );
  if (!result.data) {
    return waiting(
      <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={3} className="h-10" />}>
        {() => null}
      </QueryPanel>,
    );
  }
  const { node } = result.data;
  if (node?.__typename !== "Fragment") return waiting(<p className="text-ink-2">This fragment does not exist.</p>);
  const fragment = readFragmentRow(node);
  return isDeleting ? (
    <DeleteDialog fragments={[fragment]} onDeleted={onClose} onClose={() => setIsDeleting(false)} />
  ) : (
    <FragmentDialog fragment={fragment} onDelete={() => setIsDeleting(true)} onClose={onClose} />
  );
}
