"use client";

import { Info } from "lucide-react";
import { useRef, useState } from "react";
import { TransitionTile } from "#features/executions/film/transition-tile.tsx";
import { MadeWith } from "#features/executions/made-with.tsx";
import { PartFailure } from "#features/executions/part-failure.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { Lightbox } from "#ui/lightbox.tsx";
import { ToggleButton } from "#ui/media/toggle-button.tsx";
import { Panel } from "#ui/panel.tsx";

const TransitionStripFields = graphql(`
  fragment TransitionStrip on Execution {
    id
    scenes {
      id
      order
      title
      chosenVariant
      images {
        id
        variant
        asset {
          id
          ...PictureFields
        }
      }
    }
    transitions {
      id
      order
      status
      seed
      params
      durationSecs
      error
      prompts {
        nodeId
        inputName
        slotLabel
        text
      }
      job {
        id
      }
      asset {
        id
        ...PictureFields
      }
    }
  }
`);

/** The clips between the scenes, in story order, as they come. */
export function TransitionStrip({ execution }: { execution: FragmentType<typeof TransitionStripFields> }) {
  const { scenes, transitions } = readFragment(TransitionStripFields, execution);
  const [openId, setOpenId] = useState<string | null>(null);
  const [hasDetail, setHasDetail] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  const titleOf = (order: number) => scenes[order]?.title ?? "";
  const chosenOf = (order: number) => {
    const scene = scenes[order];
    return scene?.images.find(({ variant }) => variant === scene.chosenVariant)?.asset ?? null;
  };
  const clips = transitions.flatMap((transition) =>
    transition.asset ? [{ transition, picture: { ...toPicture(transition.asset), id: transition.id } }] : [],
  );
  const index = openId === null ? -1 : clips.findIndex(({ picture }) => picture.id === openId);
  const open = clips[index]?.transition;
  return (
    <Panel title="Clips">
      <div className="mb-2 flex flex-col gap-1 empty:hidden">
        {transitions.map(
          ({ id, order, status, error, job }) =>
            status === "FAILED" && (
              <PartFailure
                key={id}
                name={`${titleOf(order)} to ${titleOf(order + 1)}`}
                error={error ?? null}
                jobId={job?.id ?? null}
              />
            ),
        )}
      </div>
      <ol ref={list} aria-label="Clips" className="flex gap-3 overflow-x-auto p-1">
        {transitions.map((transition) => (
          <TransitionTile
            key={transition.id}
            transition={transition}
            from={{ title: titleOf(transition.order), image: chosenOf(transition.order) }}
            to={{ title: titleOf(transition.order + 1), image: chosenOf(transition.order + 1) }}
            onOpen={() => setOpenId(transition.id)}
          />
        ))}
      </ol>
      <Lightbox
        pictures={clips.map(({ picture }) => picture)}
        index={index === -1 ? null : index}
        onIndexChange={(next) => setOpenId(next === null ? null : (clips[next]?.picture.id ?? null))}
        focusPlace={(id) => {
          const place = list.current?.querySelector<HTMLElement>(`[data-clip="${CSS.escape(id)}"]`);
          place?.focus();
          return Boolean(place);
        }}
        shortcuts={{ i: () => setHasDetail(!hasDetail) }}
        actions={() => (
          <ToggleButton
            label="What made this (I)"
            icon={<Info />}
            isOn={hasDetail}
            onToggle={() => setHasDetail(!hasDetail)}
          />
        )}
        caption={() => open && `${titleOf(open.order)} to ${titleOf(open.order + 1)}`}
        {...(hasDetail && {
          aside: () =>
            open && (
              <MadeWith seed={open.seed} prompts={open.prompts} params={open.params} jobId={open.job?.id ?? null} />
            ),
        })}
      />
    </Panel>
  );
}
