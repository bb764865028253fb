"use client";

import { ChevronLeft, ChevronRight, Clapperboard, TextQuote } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { ContinuityHeader } from "#features/stories/scene/continuity-header.tsx";
import { EndState } from "#features/stories/scene/end-state.tsx";
import { ReadinessGate } from "#features/stories/scene/readiness-gate.tsx";
import { SceneActions } from "#features/stories/scene/scene-actions.tsx";
import { SceneBoard } from "#features/stories/scene/scene-board.tsx";
import { SceneScript } from "#features/stories/scene/scene-script.tsx";
import { ShotList } from "#features/stories/scene/shot-list.tsx";
import { SceneStatusBadge } from "#features/stories/scene-status.tsx";
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

const ScenePageQuery = graphql(`
  query ScenePage($id: ID!) {
    scene(id: $id) {
      id
      number
      title
      status
      shotCount
      assets {
        id
      }
      branch {
        id
        name
        updatedAt
        project {
          id
          name
          viewerRole
        }
        scenes(first: 1) {
          totalCount
        }
      }
      previous {
        id
        number
        title
      }
      next {
        id
        number
        title
      }
      ...ContinuityHeader
      ...SceneBoard
      ...SceneScript
      ...ShotList
      ...EndState
    }
  }
`);

const views = ["assets", "script"] as const;

/** A scene: the state in which its assets start, its script and shots, and how it ends. */
export function ScenePage({ id }: { id: string }) {
  const router = useRouter();
  const [result, refetch] = useQuery({ query: ScenePageQuery, variables: { id } });
  const branch = result.data?.scene?.branch;
  const revision = useBranchRevision(branch ? [branch] : []);
  useRefetchOn(revision, refetch);
  const [view, setView] = useUrlParam("view");
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={4} className="h-32" />}>
      {({ scene }) => {
        if (!scene) return <NoScene />;
        const { number, title, branch: own, previous, next } = scene;
        const branchPath = `/stories/branches/${encodeURIComponent(own.id)}`;
        return (
          <ProjectAccess role={own.project.viewerRole}>
            <PageHeader
              title={`${number} · ${title}`}
              parent={{ href: branchPath, label: `${own.project.name}, ${own.name}` }}
              meta={
                <>
                  <SceneStatusBadge status={scene.status} />
                  <span>{`Scene ${number} of ${own.scenes.totalCount}`}</span>
                </>
              }
              actions={
                <>
                  <Beside scene={previous} label="Previous scene" icon={<ChevronLeft aria-hidden />} />
                  <Beside scene={next} label="Next scene" icon={<ChevronRight aria-hidden />} />
                  <Button asChild>
                    <Link href={`/stories/scenes/${encodeURIComponent(id)}/prompts`}>
                      <TextQuote aria-hidden />
                      Prompts
                    </Link>
                  </Button>
                  <SceneActions
                    scene={{ id, title, number, assetCount: scene.assets.length }}
                    sceneCount={own.scenes.totalCount}
                    onDeleted={() => router.push(branchPath)}
                  />
                  <ErrorBoundary name="The gate">
                    <ReadinessGate sceneId={id} status={scene.status} revision={revision} />
                  </ErrorBoundary>
                </>
              }
            />
            <Tabs
              label="Scene"
              value={views.find((each) => each === view) ?? "assets"}
              onValueChange={(to) => setView(to === "assets" ? "" : to)}
              tabs={[
                { value: "assets", label: "Assets" },
                {
                  value: "script",
                  label: scene.shotCount > 0 ? `Script and ${plural(scene.shotCount, "shot")}` : "Script",
                },
              ]}
            >
              <TabPanel value="assets">
                <ErrorBoundary name="The scene before">
                  <ContinuityHeader scene={scene} revision={revision} />
                </ErrorBoundary>
                <ErrorBoundary name="The assets">
                  <SceneBoard scene={scene} revision={revision} />
                </ErrorBoundary>
              </TabPanel>
              <TabPanel value="script">
                <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
                  <div className="flex min-w-0 flex-col gap-8">
                    <ErrorBoundary name="The script">
                      <SceneScript scene={scene} />
                    </ErrorBoundary>
                    <ErrorBoundary name="The shots">
                      <ShotList key={id} scene={scene} />
                    </ErrorBoundary>
                  </div>
                  <ErrorBoundary name="The end of the scene">
                    <EndState scene={scene} projectId={own.project.id} />
                  </ErrorBoundary>
                </div>
              </TabPanel>
            </Tabs>
          </ProjectAccess>
        );
      }}
    </QueryPanel>
  );
}

interface BesideProps {
  scene: { id: string; number: number; title: string } | null | undefined;
  label: string;
  icon: ReactNode;
}

/** The way to the scene before or after. */
function Beside({ scene, label, icon }: BesideProps) {
  if (!scene) {
    return (
      <Button variant="quiet" size="icon" disabled aria-label={label}>
        {icon}
      </Button>
    );
  }
  const name = `${label}: ${scene.number} ${scene.title}`;
  return (
    <Button asChild variant="quiet" size="icon">
      <Link href={`/stories/scenes/${encodeURIComponent(scene.id)}`} aria-label={name} data-tooltip={name}>
        {icon}
      </Link>
    </Button>
  );
}

function NoScene() {
  return (
    <EmptyState
      icon={Clapperboard}
      title="This scene does not exist"
      isPage
      actions={
        <Button asChild>
          <Link href="/stories">All stories</Link>
        </Button>
      }
    />
  );
}
