"use client";

import { Trophy } from "lucide-react";
import { useState } from "react";
import { useSubscription } from "urql";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Lightbox } from "#ui/lightbox.tsx";
import { Link } from "#ui/link.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

const VariantTakeFields = graphql(`
  fragment VariantTake on Take {
    id
    status
    warnings
    job {
      id
    }
    outputs {
      id
      ...PictureFields
    }
  }
`);

const VariantColumnsFields = graphql(`
  fragment VariantColumns on TakeComparison {
    id
    winner {
      take {
        id
      }
    }
    variants {
      label
      texts {
        text
      }
      take {
        id
        ...VariantTake
      }
    }
  }
`);

const VariantEvents = graphql(`
  subscription VariantEvents($ids: [ID!]!) {
    takeUpdated(ids: $ids) {
      take {
        id
        ...VariantTake
      }
    }
  }
`);

interface Props {
  comparison: FragmentType<typeof VariantColumnsFields>;
  onKeep: (takeId: string) => void;
}

/** A column for each variant. The large view steps through the pictures of all, so that two can be flicked between. */
export function VariantColumns({ comparison: source, onKeep }: Props) {
  const { variants, winner } = readFragment(VariantColumnsFields, source);
  const [open, setOpen] = useState<number | null>(null);
  // What the events tell is written into the cache, from which the columns are read.
  const ids = variants.map(({ take }) => take.id);
  useSubscription({ query: VariantEvents, variables: { ids } }, (_previous, event) => event);
  const columns = variants.map((variant) => {
    const take = readFragment(VariantTakeFields, variant.take);
    return { ...variant, take, pictures: take.outputs.map((output) => toPicture(output)) };
  });
  // Place by place: the first picture of each variant, then the second of each.
  const places = Math.max(0, ...columns.map(({ pictures }) => pictures.length));
  const all = Array.from({ length: places }, (_, place) =>
    columns.flatMap(({ label, pictures }) => {
      const picture = pictures[place];
      return picture ? [{ ...picture, label }] : [];
    }),
  ).flat();
  return (
    <>
      <ul
        aria-label="Variants"
        className="grid grid-cols-[repeat(auto-fit,minmax(min(260px,100%),1fr))] gap-x-4 gap-y-8"
      >
        {columns.map(({ label, take, texts, pictures }) => {
          const isWinner = winner?.take.id === take.id;
          return (
            <li key={take.id} className="flex min-w-0 flex-col gap-2">
              <div className="flex min-h-7 flex-wrap items-center gap-2">
                <h2 className="min-w-0 text-lg font-medium break-words">{label}</h2>
                <StatusBadge status={take.status} />
                {isWinner && (
                  <Badge tone="good">
                    <Trophy aria-hidden />
                    Kept
                  </Badge>
                )}
                {take.job && (
                  <Link
                    href={`/jobs/${encodeURIComponent(take.job.id)}`}
                    className="ml-auto text-accent-ink hover:underline"
                  >
                    Open job
                  </Link>
                )}
              </div>
              {pictures.length === 0 ? (
                <p className="grid aspect-square place-items-center rounded-sm bg-sunken text-ink-2">No output yet</p>
              ) : (
                pictures.map((picture) => (
                  <button
                    key={picture.id}
                    type="button"
                    aria-label={`${label}, ${picture.name}`}
                    onClick={() => setOpen(all.findIndex(({ id }) => id === picture.id))}
                    className="block w-full rounded-sm transition-opacity hover:opacity-85"
                  >
                    <Thumbnail picture={picture} className="aspect-square w-full" />
                  </button>
                ))
              )}
              {take.warnings.map((warning) => (
                <p key={warning} className="text-warn">
                  {warning}
                </p>
              ))}
              {texts.length > 0 ? (
                <Button needs="CREATOR" className="self-start" onClick={() => onKeep(take.id)}>
                  <Trophy aria-hidden />
                  {isWinner ? "Keep it elsewhere…" : "Keep the winner…"}
                  <span className="sr-only">{label}</span>
                </Button>
              ) : (
                <p className="flex h-8 items-center text-ink-3">This is what was stored.</p>
              )}
            </li>
          );
        })}
      </ul>
      <Lightbox
        pictures={all}
        index={open}
        onIndexChange={setOpen}
        caption={(picture) => (
          <span className="font-medium text-ink">{all.find(({ id }) => id === picture.id)?.label}</span>
        )}
      />
    </>
  );
}
