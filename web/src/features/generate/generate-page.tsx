"use client";

import { FileUp } from "lucide-react";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { GenerateForm } from "#features/generate/generate-form.tsx";
import { WorkflowChoice } from "#features/generate/workflow-choice.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Select } from "#ui/select.tsx";
import { Skeleton, SkeletonRows } from "#ui/skeleton.tsx";

const GenerateQuery = graphql(`
  query Generate($id: ID!, $hasWorkflow: Boolean!) {
    workflows(first: 200) {
      nodes {
        id
        name
        description
      }
    }
    pools {
      name
    }
    workflow(id: $id) @include(if: $hasWorkflow) {
      id
      name
      description
      ...GenerateForm
    }
  }
`);

/** The submit form of the workflow that the address names. */
export function GeneratePage() {
  const router = useRouter();
  const id = useSearchParams().get("workflow");
  const [result, refetch] = useQuery({
    query: GenerateQuery,
    variables: { id: id ?? "", hasWorkflow: Boolean(id) },
  });
  const choose = (next: string) => router.replace(`/generate?workflow=${encodeURIComponent(next)}`, { scroll: false });
  return (
    <QueryPanel
      result={result}
      onRetry={refetch}
      loading={
        <>
          <Skeleton className="mb-6 h-9 w-72" />
          <SkeletonRows count={3} className="h-28" />
        </>
      }
    >
      {({ workflows, workflow, pools }) =>
        workflows.nodes.length === 0 ? (
          <EmptyState
            icon={FileUp}
            title="No workflow to generate with"
            isPage
            actions={
              <Button asChild variant="primary">
                <Link href="/workflows">Import a workflow</Link>
              </Button>
            }
          >
            Import a ComfyUI graph first; its prompts and settings become the form here.
          </EmptyState>
        ) : (
          <>
            <PageHeader
              title="Generate"
              meta={workflow?.description}
              actions={
                <Select
                  aria-label="Workflow"
                  className="w-64 max-w-full"
                  value={workflow?.id ?? ""}
                  onValueChange={choose}
                  options={[
                    ...(workflow ? [] : [{ value: "", label: "Choose a workflow" }]),
                    ...workflows.nodes.map(({ id: value, name }) => ({ value, label: name })),
                  ]}
                />
              }
            />
            {workflow ? (
              <ErrorBoundary name="The form">
                <GenerateForm key={workflow.id} workflow={workflow} pools={pools.map((pool) => pool.name)} />
              </ErrorBoundary>
            ) : (
              <WorkflowChoice
                title={id && !result.fetching ? "This workflow does not exist" : "Choose a workflow"}
                workflows={workflows.nodes}
              />
            )}
          </>
        )
      }
    </QueryPanel>
  );
}
