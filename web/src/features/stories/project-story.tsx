"use client";

import { CircleCheck, GitBranch, GitBranchPlus } from "lucide-react";
import { useState } from "react";
import { assetKinds } from "#features/stories/asset-types.ts";
import { BranchDialog } from "#features/stories/branch/branch-dialog.tsx";
import { MembersButton } from "#features/stories/members/members-button.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { cn } from "#lib/cn.ts";
import { plural } from "#lib/format.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { Link } from "#ui/link.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { Badge } from "#ui/badge.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const ProjectStoryFields = graphql(`
  fragment ProjectStory on Project {
    id
    name
    viewerRole
    branches {
      id
      name
      isActive
      updatedAt
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
    }
    activeBranch {
      id
      assets(first: 8) {
        nodes {
          id
          type
          name
          image {
            id
            ...PictureFields
          }
        }
      }
    }
  }
`);

const branchPath = (id: string) => `/stories/branches/${encodeURIComponent(id)}`;

export function ProjectStory(props: { project: FragmentType<typeof ProjectStoryFields> }) {
  const { id, name, viewerRole, branches, activeBranch } = readFragment(ProjectStoryFields, props.project);
  const [isAdding, setIsAdding] = useState(false);
  const cast = activeBranch.assets.nodes;
  return (
    <li className="py-4">
      {cast.length > 0 && (
        <Link
          href={branchPath(activeBranch.id)}
          aria-hidden
          tabIndex={-1}
          className="mb-3 flex gap-1.5 overflow-hidden"
        >
          {cast.map((asset) => (
            <CastTile key={asset.id} {...asset} />
          ))}
        </Link>
      )}
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 truncate text-lg font-semibold">
          <Link href={branchPath(activeBranch.id)} className="hover:text-accent-ink">
            {name}
          </Link>
        </h2>
        <ProjectAccess role={viewerRole}>
          <IconButton
            needs="CREATOR"
            label={`New branch in ${name}`}
            size="iconSm"
            icon={<GitBranchPlus />}
            onClick={() => setIsAdding(true)}
          />
        </ProjectAccess>
        <MembersButton projectId={id} name={name} />
      </div>
      <ul aria-label={`Branches of ${name}`} className="mt-1">
        {branches.map((branch) => (
          <li key={branch.id} className="flex min-h-8 flex-wrap items-center gap-x-3 py-0.5 text-ink-2">
            <Link href={branchPath(branch.id)} className="flex items-center gap-1.5 text-ink hover:text-accent-ink">
              <GitBranch aria-hidden className="size-4 text-ink-3" />
              {branch.name}
            </Link>
            {branch.isActive && (
              <Badge tone="good">
                <CircleCheck aria-hidden />
                Active
              </Badge>
            )}
            <span>{plural(branch.scenes.totalCount, "scene")}</span>
            <span>{plural(branch.assets.totalCount, "asset")}</span>
            {branch.forkedFrom && <span className="text-ink-3">{`forked from ${branch.forkedFrom.name}`}</span>}
            <span className="text-ink-3">
              <TimeAgo at={branch.updatedAt} />
            </span>
          </li>
        ))}
      </ul>
      {isAdding && <BranchDialog projectId={id} onClose={() => setIsAdding(false)} />}
    </li>
  );
}

interface CastTileProps {
  type: keyof typeof assetKinds;
  name: string;
  image?: Parameters<typeof toPicture>[0] | null;
}

function CastTile({ type, name, image }: CastTileProps) {
  const { icon: Icon, aspect } = assetKinds[type];
  return image ? (
    <Thumbnail picture={toPicture(image)} className={cn(aspect, "h-32 shrink-0")} />
  ) : (
    <span className="grid aspect-[3/4] h-32 shrink-0 content-center justify-items-center gap-1 rounded-sm bg-sunken p-2 text-center text-sm text-ink-3">
      <Icon aria-hidden className="size-5" strokeWidth={1.5} />
      <span className="line-clamp-2">{name}</span>
    </span>
  );
}
