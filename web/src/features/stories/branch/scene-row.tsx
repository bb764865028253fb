"use client";

import { Clapperboard, TriangleAlert } from "lucide-react";
import { assetKinds } from "#features/stories/asset-types.ts";
import { SceneActions } from "#features/stories/scene/scene-actions.tsx";
import { SceneStatusBadge } from "#features/stories/scene-status.tsx";
import type { SceneRowFragment } from "#gql/graphql.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { Badge } from "#ui/badge.tsx";
import { Link } from "#ui/link.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

export const SceneRowFields = graphql(`
  fragment SceneRow on Scene {
    id
    title
    status
    shotCount
    endFrame {
      id
      ...PictureFields
    }
    assets {
      id
      reviewStatus
      image {
        id
        ...PictureFields
      }
      projectAsset {
        id
        name
        type
      }
    }
  }
`);

interface Props {
  scene: SceneRowFragment;
  number: number;
  sceneCount: number;
  warnings: readonly string[];
}

/** A scene in the list: how it ends or where it is, what it is called, and who and what is in it. */
export function SceneRow({ scene, number, sceneCount, warnings }: Props) {
  const { id, title, status, shotCount, endFrame, assets } = scene;
  const place = assets.find(({ projectAsset, image }) => projectAsset.type === "LOCATION" && image);
  const still = endFrame ?? place?.image;
  const waiting = assets.filter(({ reviewStatus }) => reviewStatus === "UNREVIEWED").length;
  return (
    <>
      <span className="w-7 shrink-0 text-right text-xl text-ink-3 max-sm:w-5 max-sm:text-lg">{number}</span>
      <Link
        href={`/stories/scenes/${encodeURIComponent(id)}`}
        aria-hidden
        tabIndex={-1}
        className="mx-2 shrink-0 max-sm:hidden"
      >
        {still ? (
          <Thumbnail picture={toPicture(still)} className="aspect-video h-20" />
        ) : (
          <span className="grid aspect-video h-20 place-items-center rounded-sm bg-sunken">
            <Clapperboard aria-hidden className="size-5 text-ink-3" strokeWidth={1.5} />
          </span>
        )}
      </Link>
      <div className="min-w-0 grow">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Link
            href={`/stories/scenes/${encodeURIComponent(id)}`}
            className="text-lg font-medium hover:text-accent-ink"
          >
            {title}
          </Link>
          <SceneStatusBadge status={status} />
          {warnings.length > 0 && (
            <Badge tone="warn" title={warnings.join("\n")}>
              <TriangleAlert aria-hidden />
              {plural(warnings.length, "warning")}
            </Badge>
          )}
        </div>
        <p className="flex flex-wrap gap-x-3 text-ink-2">
          <span>{plural(shotCount, "shot")}</span>
          <span>{plural(assets.length, "asset")}</span>
          {waiting > 0 && <span>{`${waiting} without an image`}</span>}
        </p>
        {assets.length > 0 && (
          <ul aria-label={`Assets of ${title}`} className="mt-1.5 flex flex-wrap gap-1">
            {assets.slice(0, shownAssets).map(({ id: assetId, image, projectAsset }) => {
              const Icon = assetKinds[projectAsset.type].icon;
              return (
                <li key={assetId} title={projectAsset.name}>
                  {image ? (
                    <Thumbnail picture={{ ...toPicture(image), name: projectAsset.name }} className="size-12" />
                  ) : (
                    <span className="grid size-12 place-items-center rounded-sm border border-dashed text-ink-3">
                      <Icon role="img" aria-label={projectAsset.name} className="size-4" />
                    </span>
                  )}
                </li>
              );
            })}
            {assets.length > shownAssets && (
              <li className="self-center text-ink-3">{`and ${assets.length - shownAssets} more`}</li>
            )}
          </ul>
        )}
      </div>
      <SceneActions scene={{ id, title, number, assetCount: assets.length }} sceneCount={sceneCount} />
    </>
  );
}

const shownAssets = 12;
