"use client";

import { Check, Info } from "lucide-react";
import { useState } from "react";
import { MadeWith } from "#features/executions/made-with.tsx";
import type { ExecutionSceneRowFragment } from "#gql/graphql.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { Button } from "#ui/button.tsx";
import { Lightbox } from "#ui/lightbox.tsx";
import { ToggleButton } from "#ui/media/toggle-button.tsx";

interface Props {
  scenes: readonly ExecutionSceneRowFragment[];
  openId: string | null;
  onOpen: (imageId: string | null) => void;
  canChoose: boolean;
  onChoose: (sceneId: string, variant: number) => void;
  /** @param id of an image */
  focusPlace: (id: string) => boolean;
}

/** The large view of all images, in story order, with what made each of them; Enter chooses. */
export function VariantLightbox({ scenes, openId, onOpen, canChoose, onChoose, focusPlace }: Props) {
  const [hasDetail, setHasDetail] = useState(isWide);
  const shown = scenes.flatMap((scene) =>
    scene.images.flatMap(({ asset, ...image }) =>
      asset ? [{ scene, image, picture: { ...toPicture(asset), id: image.id } }] : [],
    ),
  );
  const index = openId === null ? -1 : shown.findIndex(({ picture }) => picture.id === openId);
  const open = shown[index];
  const isChosen = open !== undefined && open.scene.chosenVariant === open.image.variant;
  const choose = () => open && onChoose(open.scene.id, open.image.variant);
  return (
    <Lightbox
      pictures={shown.map(({ picture }) => picture)}
      index={index === -1 ? null : index}
      onIndexChange={(next) => onOpen(next === null ? null : (shown[next]?.picture.id ?? null))}
      focusPlace={focusPlace}
      shortcuts={{ Enter: choose, i: () => setHasDetail(!hasDetail) }}
      actions={() => (
        <ToggleButton
          label="What made this (I)"
          icon={<Info />}
          isOn={hasDetail}
          onToggle={() => setHasDetail(!hasDetail)}
        />
      )}
      caption={() =>
        open && (
          <>
            <span className="font-medium text-ink">{`${open.scene.order + 1}. ${open.scene.title}`}</span>
            <span>{`image ${open.image.variant + 1} of ${open.scene.images.length}`}</span>
            {canChoose && (
              <Button needs="CREATOR" size="sm" aria-pressed={isChosen} onClick={choose}>
                <Check aria-hidden />
                {isChosen ? "Chosen" : "Choose (Enter)"}
              </Button>
            )}
          </>
        )
      }
      {...(hasDetail && {
        aside: () =>
          open && (
            <MadeWith
              seed={open.image.seed}
              prompts={open.image.prompts}
              params={open.scene.params}
              jobId={open.scene.job?.id ?? null}
            />
          ),
      })}
    />
  );
}

/** On a phone the panel would take the picture's place. */
function isWide(): boolean {
  return typeof window !== "undefined" && window.matchMedia("(min-width: 1024px)").matches;
}
