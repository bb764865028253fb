"use client";

import { useState } from "react";
import { UpgradeDialog } from "#features/workflows/versions/upgrade-dialog.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { Button } from "#ui/button.tsx";
import { Link } from "#ui/link.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { Panel } from "#ui/panel.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const OutdatedSceneTypesFields = graphql(`
  fragment OutdatedSceneTypes on Workflow {
    id
    outdatedSceneTypeCount
    currentVersion {
      id
      number
    }
  }
`);

const SceneTypesQuery = graphql(`
  query SceneTypesToUpgrade($after: String) {
    sceneTypes(first: 100, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        name
        project {
          id
          viewerRole
        }
        workflow {
          id
        }
        workflowVersion {
          id
          number
        }
      }
    }
  }
`);

interface Outdated {
  id: string;
  name: string;
}

/** Scene types that still use an older version, each with the way to the current one; nothing when there are none. */
export function OutdatedSceneTypes(props: { workflow: FragmentType<typeof OutdatedSceneTypesFields> }) {
  const { id, outdatedSceneTypeCount: count, currentVersion } = readFragment(OutdatedSceneTypesFields, props.workflow);
  const [upgrading, setUpgrading] = useState<Outdated | null>(null);
  if (count === 0 && !upgrading) return null;
  return (
    <Panel title={`${plural(count, "scene type")} ${count === 1 ? "uses" : "use"} an older version`}>
      <p className="mb-2 text-ink-2">
        {`They go on rendering as before. Upgrading moves one to version ${currentVersion.number} and first shows what becomes of its texts.`}
      </p>
      <Pages
        query={SceneTypesQuery}
        variables={{}}
        select={(data) => data.sceneTypes}
        loading={<SkeletonRows count={2} className="h-9" />}
        more={(load) => <LoadMore onLoad={load} />}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(sceneTypes) => (
          <ul className="divide-y border-y">
            {sceneTypes
              .filter(({ workflow, workflowVersion }) => workflow.id === id && workflowVersion.id !== currentVersion.id)
              .map((sceneType) => (
                <li key={sceneType.id} className="flex min-h-10 items-center gap-3 py-1">
                  <Link
                    href={`/scene-types/${encodeURIComponent(sceneType.id)}`}
                    className="min-w-0 truncate font-medium hover:text-accent-ink"
                  >
                    {sceneType.name}
                  </Link>
                  <span className="grow text-ink-3">{`version ${sceneType.workflowVersion.number}`}</span>
                  <ProjectAccess role={sceneType.project?.viewerRole}>
                    <Button
                      needs="CREATOR"
                      size="sm"
                      aria-label={`Upgrade ${sceneType.name}`}
                      onClick={() => setUpgrading(sceneType)}
                    >
                      Upgrade…
                    </Button>
                  </ProjectAccess>
                </li>
              ))}
          </ul>
        )}
      </Pages>
      {upgrading && (
        <UpgradeDialog sceneTypeId={upgrading.id} name={upgrading.name} onClose={() => setUpgrading(null)} />
      )}
    </Panel>
  );
}
