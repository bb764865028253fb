"use client";

import { FileUp, Pencil, Sparkles } from "lucide-react";
import { useState } from "react";
import { categoryLabels } from "#lib/categories.ts";
import { WorkflowDropTarget } from "#features/workflows/import/drop-target.tsx";
import { ImportDialog } from "#features/workflows/import/import-dialog.tsx";
import { WorkflowStatusBadge } from "#features/workflows/workflow-status-badge.tsx";
import { WorkflowEditDialog } from "#features/workflows/workflow-edit-dialog.tsx";
import { WorkflowTabs } from "#features/workflows/workflow-tabs.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Link } from "#ui/link.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const WorkflowDetailQuery = graphql(`
  query WorkflowDetail($id: ID!) {
    workflow(id: $id) {
      id
      name
      description
      category
      status
      inputKind
      ...WorkflowTabs
      ...WorkflowEdit
    }
  }
`);

const inputWords = { IMAGE: "Takes an image", VIDEO: "Takes a video", NONE: "Needs no input" } as const;

export function WorkflowDetail({ id }: { id: string }) {
  const [result, refetch] = useQuery({ query: WorkflowDetailQuery, variables: { id } });
  const [dialog, setDialog] = useState<"import" | "edit" | null>(null);
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows />}>
      {({ workflow }) =>
        !workflow ? (
          <EmptyState
            icon={FileUp}
            title="This workflow does not exist"
            isPage
            actions={
              <Button asChild>
                <Link href="/workflows">All workflows</Link>
              </Button>
            }
          />
        ) : (
          <>
            <PageHeader
              title={workflow.name}
              parent={{ href: "/workflows", label: "Workflows" }}
              meta={
                <>
                  <WorkflowStatusBadge status={workflow.status} />
                  <span>{categoryLabels[workflow.category]}</span>
                  <span>{inputWords[workflow.inputKind]}</span>
                </>
              }
              actions={
                <>
                  <Button needs="ADMIN" variant="quiet" onClick={() => setDialog("edit")}>
                    <Pencil aria-hidden />
                    Rename
                  </Button>
                  <Button needs="ADMIN" onClick={() => setDialog("import")}>
                    <FileUp aria-hidden />
                    New version
                  </Button>
                  <Button asChild variant="primary">
                    <Link href={`/generate?workflow=${encodeURIComponent(workflow.id)}`}>
                      <Sparkles aria-hidden />
                      Generate
                    </Link>
                  </Button>
                </>
              }
            />
            {workflow.description && <p className="-mt-2 mb-4 max-w-3xl text-ink-2">{workflow.description}</p>}
            <WorkflowTabs workflow={workflow} />
            <WorkflowDropTarget existingName={workflow.name} />
            {dialog === "import" && (
              <ImportDialog
                initial={{ name: workflow.name, text: "" }}
                existingName={workflow.name}
                onClose={() => setDialog(null)}
              />
            )}
            {dialog === "edit" && <WorkflowEditDialog workflow={workflow} onClose={() => setDialog(null)} />}
          </>
        )
      }
    </QueryPanel>
  );
}
