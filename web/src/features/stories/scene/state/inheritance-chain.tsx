"use client";

import { ChevronRight, CircleDashed } from "lucide-react";
import { Fragment } from "react";
import { StatusTags } from "#features/stories/status-tags.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { cn } from "#lib/cn.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { Link } from "#ui/link.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

const InheritanceChainFields = graphql(`
  fragment InheritanceChain on SceneAsset {
    id
    inheritanceChain(last: 12) {
      id
      statusTags
      image {
        id
        ...PictureFields
      }
      scene {
        id
        number
        title
      }
    }
  }
`);

/** The states that this one follows from, scene by scene. */
export function InheritanceChain(props: { state: FragmentType<typeof InheritanceChainFields> }) {
  const { id, inheritanceChain: chain } = readFragment(InheritanceChainFields, props.state);
  if (chain.length < 2) return null;
  return (
    <section aria-label="Inheritance">
      <h3 className="mb-2 font-medium text-ink-2">Inherited</h3>
      <ol className="flex flex-wrap items-start gap-1.5">
        {chain.map(({ id: linkId, image, scene, statusTags }, index) => (
          <Fragment key={linkId}>
            {index > 0 && (
              <li aria-hidden className="pt-7 text-ink-3">
                <ChevronRight className="size-4" />
              </li>
            )}
            <li className="w-20">
              <Link
                href={`/stories/scenes/${encodeURIComponent(scene.id)}?asset=${encodeURIComponent(linkId)}`}
                aria-current={linkId === id ? "true" : undefined}
                className="group block"
              >
                {image ? (
                  <Thumbnail
                    picture={{ ...toPicture(image), name: "" }}
                    className={cn("size-20", linkId === id && "outline-2 outline-accent")}
                  />
                ) : (
                  <span
                    className={cn(
                      "grid size-20 place-items-center rounded-sm bg-sunken text-ink-3",
                      linkId === id && "outline-2 outline-accent",
                    )}
                  >
                    <CircleDashed aria-hidden className="size-5" strokeWidth={1.5} />
                  </span>
                )}
                <span className="mt-1 block truncate text-sm text-ink-2 group-hover:text-ink" title={scene.title}>
                  {`Scene ${scene.number}`}
                </span>
              </Link>
              <StatusTags tags={statusTags} />
            </li>
          </Fragment>
        ))}
      </ol>
    </section>
  );
}
