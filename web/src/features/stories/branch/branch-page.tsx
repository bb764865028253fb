"use client";

import { Clapperboard, Palette, ScrollText, TextQuote } from "lucide-react";
import { ProjectAssets } from "#features/stories/assets/project-assets.tsx";
import { BranchActions } from "#features/stories/branch/branch-actions.tsx";
import { BranchSwitch } from "#features/stories/branch/branch-switch.tsx";
import { SceneList } from "#features/stories/branch/scene-list.tsx";
import { StateSearch } from "#features/stories/branch/state-search.tsx";
import { useBranchRevision, useRefetchOn } from "#features/stories/use-branch-revision.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { Link } from "#ui/link.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { TabPanel, Tabs } from "#ui/tabs.tsx";

const BranchPageQuery = graphql(`
  query BranchPage($id: ID!) {
    branch(id: $id) {
      id
      updatedAt
      project {
        id
        name
        viewerRole
      }
      forkedFrom {
        id
        name
      }
      scenes(first: 1) {
        totalCount
      }
      assets(first: 1) {
        totalCount
      }
      ...BranchSwitch
      ...BranchActions
    }
  }
`);

const views = ["scenes", "assets", "find"] as const;

/** A branch: its scenes in their order, what appears in them, and where. */
export function BranchPage({ id }: { id: string }) {
  const [result, refetch] = useQuery({ query: BranchPageQuery, variables: { id } });
  const branch = result.data?.branch;
  const revision = useBranchRevision(branch ? [branch] : []);
  useRefetchOn(revision, refetch);
  const [view, setView] = useUrlParam("view");
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={5} className="h-24" />}>
      {({ branch: found }) => {
        if (!found) return <NoBranch />;
        const { project, forkedFrom, scenes, assets } = found;
        return (
          <ProjectAccess role={project.viewerRole}>
            <PageHeader
              title={project.name}
              parent={{ href: "/stories", label: "Stories" }}
              meta={
                <>
                  <BranchSwitch branch={found} />
                  {forkedFrom && <span>{`forked from ${forkedFrom.name}`}</span>}
                </>
              }
              actions={
                <>
                  <Button asChild>
                    <Link href={`/stories/branches/${encodeURIComponent(id)}/executions`}>
                      <Clapperboard aria-hidden />
                      Film
                    </Link>
                  </Button>
                  <Button asChild>
                    <Link href={`/stories/branches/${encodeURIComponent(id)}/prompts`}>
                      <TextQuote aria-hidden />
                      Prompts
                    </Link>
                  </Button>
                  <Button asChild>
                    <Link href={`/stories/styles?project=${encodeURIComponent(project.id)}`}>
                      <Palette aria-hidden />
                      Visual styles
                    </Link>
                  </Button>
                  <BranchActions branch={found} />
                </>
              }
            />
            <Tabs
              label="Branch"
              value={views.find((each) => each === view) ?? "scenes"}
              onValueChange={(next) => setView(next === "scenes" ? "" : next)}
              tabs={[
                { value: "scenes", label: plural(scenes.totalCount, "scene") },
                { value: "assets", label: plural(assets.totalCount, "project asset") },
                { value: "find", label: "Find across scenes" },
              ]}
            >
              <TabPanel value="scenes">
                <ErrorBoundary name="The scenes">
                  <SceneList branchId={id} revision={revision} />
                </ErrorBoundary>
              </TabPanel>
              <TabPanel value="assets">
                <ErrorBoundary name="The project assets">
                  <ProjectAssets branchId={id} projectId={project.id} revision={revision} />
                </ErrorBoundary>
              </TabPanel>
              <TabPanel value="find">
                <ErrorBoundary name="The search">
                  <StateSearch branchId={id} sceneCount={scenes.totalCount} revision={revision} />
                </ErrorBoundary>
              </TabPanel>
            </Tabs>
          </ProjectAccess>
        );
      }}
    </QueryPanel>
  );
}

function NoBranch() {
  return (
    <EmptyState
      icon={ScrollText}
      title="This branch does not exist"
      isPage
      actions={
        <Button asChild>
          <Link href="/stories">All stories</Link>
        </Button>
      }
    />
  );
}
