"use client";

import { FileUp } from "lucide-react";
import { useCallback, useEffect } from "react";
import { ModeSwitch } from "#features/generate/mode-switch.tsx";
import { useUploads } from "#features/generate/inputs/use-uploads.ts";
import { useRemix } from "#features/generate/use-remix.ts";
import { useRequestedWorkflow } from "#features/generate/use-requested-workflow.ts";
import { WorkspaceForm } from "#features/generate/workspace-form.tsx";
import { freshWorkspaces, opened, withMode, withUploaded } from "#features/generate/workspaces/changes.ts";
import { type ChangeWorkspaces, useWorkspaces } from "#features/generate/workspaces/use-workspaces.ts";
import { activeOf, workflowIn } from "#features/generate/workspaces/workspace.ts";
import { changeWorkspaces } from "#features/generate/workspaces/workspace-store.ts";
import { WorkspaceTabs } from "#features/generate/workspaces/workspace-tabs.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { uniqueKey } from "#lib/unique-key.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Link } from "#ui/link.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Skeleton, SkeletonRows } from "#ui/skeleton.tsx";

const GenerateQuery = graphql(`
  query Generate {
    workflows(first: 1) {
      nodes {
        id
      }
    }
    pools {
      name
    }
    machines {
      id
      labels
    }
    systemStatus {
      stageOnSubmit
    }
    resolutionPresets {
      name
      width
      height
    }
  }
`);

const GenerateWorkflow = graphql(`
  query GenerateWorkflow($id: ID!) {
    workflow(id: $id) {
      id
      name
      description
      category
      inputKind
      ...GenerateForm
    }
  }
`);

const loading = (
  <>
    <Skeleton className="mb-6 h-9 w-72" />
    <SkeletonRows count={3} className="h-28" />
  </>
);

/** The submit page: workspaces side by side, each with its mode, workflow and form. The address names the workflow. */
export function GeneratePage() {
  const all = useWorkspaces();
  const { requested, settle, follow } = useRequestedWorkflow();
  const active = all && activeOf(all);
  const id = requested ?? (active ? workflowIn(active) : "");
  const [lists, refetch] = useQuery({ query: GenerateQuery });
  const [found] = useQuery({ query: GenerateWorkflow, variables: { id }, pause: id === "" });
  const workflow = id && found.data?.workflow?.id === id ? found.data.workflow : null;
  const isMissing = Boolean(id) && !found.fetching && !found.stale && found.data?.workflow === null;

  const change = useCallback<ChangeWorkspaces>(
    (next) => {
      settle();
      changeWorkspaces(next);
    },
    [settle],
  );
  const uploads = useUploads((key, picture) => changeWorkspaces((before) => withUploaded(before, key, picture)));
  const isReady = all !== null;
  const isRemixing = useRemix(isReady);
  useEffect(() => {
    if (!isReady || !requested || !workflow) return;
    changeWorkspaces((before) => opened(before, workflow));
    settle();
  }, [isReady, requested, workflow, settle]);
  const shown = requested === null && active ? workflowIn(active) : null;
  useEffect(() => {
    if (shown !== null) follow(shown);
  }, [shown, follow]);

  return (
    <QueryPanel result={lists} onRetry={refetch} loading={loading}>
      {({ workflows, pools, machines, systemStatus, resolutionPresets }) =>
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
            <PageHeader title="Generate" meta={workflow?.description} />
            {!all || !active || isRemixing ? (
              loading
            ) : (
              <>
                <WorkspaceTabs all={all} onChange={change} onReset={() => change(() => freshWorkspaces(uniqueKey()))} />
                <div className="mb-4">
                  <ModeSwitch
                    mode={active.mode}
                    imageMode={active.imageMode}
                    onModeChange={(mode) => change((before) => withMode(before, mode))}
                  />
                </div>
                <ErrorBoundary key={`${active.id} ${active.mode} ${id}`} name="The form">
                  <WorkspaceForm
                    workspace={active}
                    workflow={workflow}
                    isMissing={isMissing}
                    isLoading={id !== "" && !isMissing && (requested !== null || !workflow)}
                    loading={loading}
                    pools={pools.map((pool) => pool.name)}
                    labels={[...new Set(machines.flatMap((machine) => machine.labels))]}
                    stageOnSubmit={systemStatus.stageOnSubmit}
                    resolutions={resolutionPresets}
                    uploads={uploads}
                    onChange={change}
                  />
                </ErrorBoundary>
              </>
            )}
          </>
        )
      }
    </QueryPanel>
  );
}
