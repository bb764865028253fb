"use client";

import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { plural } from "#lib/format.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Link } from "#ui/link.tsx";
import { Panel } from "#ui/panel.tsx";
import { Segments } from "#ui/segments.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const PromptNamesQuery = graphql(`
  query PromptNames($branchId: ID, $projectId: ID, $after: String) {
    promptNames(branchId: $branchId, projectId: $projectId, first: 50, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        name
        sceneCount
        missingCount
        missingIn {
          id
          number
          title
          branch {
            id
            name
          }
        }
      }
    }
  }
`);

/** Scenes named before the rest is a number. */
const shownScenes = 12;

interface Props {
  branchId: string;
  projectId: string;
  /** The scene that is edited: where it lacks a name, that is said. */
  sceneId: string | null;
  /** Every change asks again. */
  revision: number;
}

/** Every name that scenes of the branch or project know, and which of them lack it. */
export function AvailableNames({ branchId, projectId, sceneId, revision }: Props) {
  const [scope, setScope] = useUrlParam("names");
  const isProject = scope === "project";
  return (
    <Panel
      title="Available names"
      actions={
        <Segments
          label="Names of"
          value={isProject ? "project" : "branch"}
          onValueChange={(next) => setScope(next === "project" ? "project" : "")}
          segments={[
            { value: "branch", label: "Branch" },
            { value: "project", label: "Project" },
          ]}
          className="mb-1"
        />
      }
    >
      <Pages
        key={scope}
        query={PromptNamesQuery}
        variables={isProject ? { projectId } : { branchId }}
        select={(data) => data.promptNames}
        revision={revision}
        loading={<SkeletonRows count={3} className="h-8" />}
        more={(load) => (
          <Button className="mt-2" onClick={load}>
            Show more names
          </Button>
        )}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(names, { offset }) =>
          offset === 0 && names.length === 0 ? (
            <p className="text-ink-2">No scene has a prompt yet.</p>
          ) : (
            <ul aria-label={`Names${offset > 0 ? `, from ${offset + 1}` : ""}`} className="divide-y">
              {names.map(({ name, sceneCount, missingCount, missingIn }) => (
                <li key={name} className="py-2">
                  <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                    <span className="min-w-0 font-mono break-words">{name}</span>
                    {missingCount === 0 ? (
                      <Badge tone="good">{`in all ${plural(sceneCount, "scene")}`}</Badge>
                    ) : (
                      <Badge tone="warn">{`missing in ${missingCount} of ${sceneCount + missingCount}`}</Badge>
                    )}
                    {sceneId !== null && missingIn.some(({ id }) => id === sceneId) && (
                      <span className="text-sm text-warn">also here</span>
                    )}
                  </p>
                  {missingIn.length > 0 && (
                    <p className="mt-1 flex flex-wrap gap-x-3 gap-y-1 text-sm text-ink-3">
                      {missingIn.slice(0, shownScenes).map(({ id, number, title, branch }) => (
                        <Link
                          key={id}
                          href={`/stories/scenes/${encodeURIComponent(id)}/prompts`}
                          className="min-w-0 break-words underline hover:text-ink"
                        >
                          {`${isProject ? `${branch.name} · ` : ""}${number} ${title}`}
                        </Link>
                      ))}
                      {missingCount > shownScenes && (
                        <span>{`and ${missingCount - Math.min(shownScenes, missingIn.length)} more`}</span>
                      )}
                    </p>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Pages>
    </Panel>
  );
}
