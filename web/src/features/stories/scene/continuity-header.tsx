"use client";

import { TriangleAlert } from "lucide-react";
import dynamic from "next/dynamic";
import { useRefetchOn } from "#features/stories/use-branch-revision.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { Disclosure } from "#ui/disclosure.tsx";
import { Link } from "#ui/link.tsx";
import { PictureGrid } from "#ui/picture-grid.tsx";

const SceneDiff = dynamic(async () => (await import("#features/stories/scene/scene-diff.tsx")).SceneDiff);

const ContinuityHeaderFields = graphql(`
  fragment ContinuityHeader on Scene {
    id
    assets {
      id
    }
    branch {
      id
    }
    previous {
      id
      number
      title
      endStateSummary
      endFrame {
        id
        ...PictureFields
      }
    }
  }
`);

const SceneWarningsQuery = graphql(`
  query SceneWarnings($branchId: ID!) {
    continuityWarnings(branchId: $branchId) {
      kind
      message
      scene {
        id
      }
      projectAsset {
        id
      }
      sceneAsset {
        id
      }
    }
  }
`);

interface Props {
  scene: FragmentType<typeof ContinuityHeaderFields>;
  revision: number;
}

/** How the scene before ended, what changed since, and what does not fit. */
export function ContinuityHeader({ scene: source, revision }: Props) {
  const { id, assets, branch, previous } = readFragment(ContinuityHeaderFields, source);
  const [{ data }, refetch] = useQuery({ query: SceneWarningsQuery, variables: { branchId: branch.id } });
  useRefetchOn(revision, refetch);
  const [, setAsset] = useUrlParam("asset");
  const warnings = (data?.continuityWarnings ?? []).filter(({ scene }) => scene.id === id);
  if (!previous && warnings.length === 0) return null;
  return (
    <section aria-label="Continuity" className="mb-4 flex gap-x-6 gap-y-3 border-b pb-4 max-lg:flex-col">
      {previous && (
        <div className="flex min-w-0 grow gap-4 max-sm:flex-col">
          {previous.endFrame && (
            <PictureGrid
              label={`End frame of scene ${previous.number}`}
              pictures={[toPicture(previous.endFrame)]}
              className="w-44 shrink-0 grid-cols-1 [&_span]:aspect-video"
            />
          )}
          <div className="min-w-0">
            <p className="text-ink-3">
              {"Before: "}
              <Link
                href={`/stories/scenes/${encodeURIComponent(previous.id)}`}
                className="text-ink-2 underline decoration-line-strong underline-offset-2 hover:text-ink"
              >
                {`${previous.number} ${previous.title}`}
              </Link>
            </p>
            <p className={previous.endStateSummary ? "max-w-prose text-lg" : "text-ink-3"}>
              {previous.endStateSummary ?? "How it ends is not written down yet."}
            </p>
            {assets.length > 0 && (
              <Disclosure title={`What changed since scene ${previous.number}`} className="mt-1">
                <SceneDiff sceneId={id} revision={revision} />
              </Disclosure>
            )}
          </div>
        </div>
      )}
      {warnings.length > 0 && (
        <div className="rounded-md bg-warn-soft px-3 py-2 lg:w-96 lg:shrink-0 lg:self-start">
          <h2 className="flex items-center gap-2 font-medium text-warn">
            <TriangleAlert aria-hidden className="size-4" />
            {plural(warnings.length, "continuity warning")}
          </h2>
          <ul aria-label="Continuity warnings" className="mt-1 flex flex-col gap-0.5 text-ink-2">
            {warnings.map(({ kind, message, projectAsset, sceneAsset }) => (
              <li key={`${kind} ${projectAsset.id}`}>
                {sceneAsset ? (
                  <button
                    type="button"
                    className="text-left hover:text-ink hover:underline"
                    onClick={() => setAsset(sceneAsset.id)}
                  >
                    {message}
                  </button>
                ) : (
                  message
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
