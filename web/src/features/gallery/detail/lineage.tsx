"use client";

import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { type PictureFields, toPicture } from "#lib/graphql/picture.ts";
import { Link } from "#ui/link.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

const LineageFields = graphql(`
  fragment Lineage on Asset {
    id
    lineage {
      sources {
        id
        ...PictureFields
      }
      results {
        id
        ...PictureFields
      }
      takes {
        id
        status
        sceneType {
          id
          name
        }
        character {
          id
          name
        }
      }
    }
  }
`);

interface Props {
  asset: FragmentType<typeof LineageFields>;
  onOpen: (id: string) => void;
}

/** From the files that something was made from, over itself, to what was made from it. */
export function Lineage({ asset, onOpen }: Props) {
  const { sources, results, takes } = readFragment(LineageFields, asset).lineage;
  return (
    <section aria-label="Lineage">
      <h3 className="mb-1.5 text-base font-medium">Lineage</h3>
      <Relatives title="Made from" none="Nothing: it starts from text alone." assets={sources} onOpen={onOpen} />
      <Relatives title="Made from it" none="Nothing yet." assets={results} onOpen={onOpen} />
      {takes.length > 0 && (
        <>
          <h4 className="mt-3 mb-1 text-ink-3">Takes that start from it</h4>
          <ul className="flex flex-col gap-1">
            {takes.map(({ id, status, sceneType, character }) => (
              <li key={id} className="flex items-center gap-2">
                <Link
                  href={`/gallery?view=takes&character=${encodeURIComponent(character.id)}&scene=${encodeURIComponent(sceneType.id)}`}
                  className="min-w-0 truncate text-accent-ink hover:underline"
                >
                  {`${character.name} in ${sceneType.name}`}
                </Link>
                <StatusBadge status={status} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface RelativesProps {
  title: string;
  none: string;
  assets: readonly FragmentType<typeof PictureFields>[];
  onOpen: (id: string) => void;
}

function Relatives({ title, none, assets, onOpen }: RelativesProps) {
  return (
    <>
      <h4 className="mt-2 mb-1 text-ink-3">{title}</h4>
      {assets.length === 0 ? (
        <p className="text-ink-2">{none}</p>
      ) : (
        <ul aria-label={title} className="grid grid-cols-[repeat(auto-fill,64px)] gap-1.5">
          {assets
            .map((asset) => toPicture(asset))
            .map((picture) => (
              <li key={picture.id}>
                <button
                  type="button"
                  onClick={() => onOpen(picture.id)}
                  className="block rounded-sm transition-opacity hover:opacity-85"
                >
                  <Thumbnail picture={picture} className="size-16" />
                </button>
              </li>
            ))}
        </ul>
      )}
    </>
  );
}
