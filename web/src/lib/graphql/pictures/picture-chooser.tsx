"use client";

import { Images } from "lucide-react";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { toPicture } from "#lib/graphql/picture.ts";
import { Dialog } from "#ui/dialog.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

const PicturesQuery = graphql(`
  query ProjectPictures($projectId: ID!, $after: String) {
    outputs(first: 60, after: $after, projectId: $projectId, media: IMAGE) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...PictureFields
      }
    }
  }
`);

interface Props {
  projectId: string;
  onChoose: (assetId: string) => void;
  onClose: () => void;
}

/** The pictures that were made in a project, newest first, to take one of. */
export function PictureChooser({ projectId, onChoose, onClose }: Props) {
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Choose a picture"
      description="What was made in this project, newest first."
      className="max-w-3xl"
    >
      <Pages
        query={PicturesQuery}
        variables={{ projectId }}
        select={(data) => data.outputs}
        loading={<SkeletonRows count={2} className="h-36" />}
        more={(load) => <LoadMore onLoad={load} />}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(pictures, { offset }) =>
          offset === 0 && pictures.length === 0 ? (
            <EmptyState icon={Images} title="No pictures in this project yet">
              Upload one, or generate some for the project first.
            </EmptyState>
          ) : (
            <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(140px,30%),1fr))] gap-1.5 pb-1.5">
              {pictures.map((each) => {
                const picture = toPicture(each);
                return (
                  <li key={picture.id}>
                    <button
                      type="button"
                      onClick={() => onChoose(picture.id)}
                      className="block w-full rounded-sm transition-opacity hover:opacity-85"
                    >
                      <Thumbnail picture={picture} className="aspect-square w-full" />
                    </button>
                  </li>
                );
              })}
            </ul>
          )
        }
      </Pages>
    </Dialog>
  );
}
