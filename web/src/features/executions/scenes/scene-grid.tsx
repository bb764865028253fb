"use client";

import { useRef, useState } from "react";
import { ChooseVariant } from "#features/executions/execution-operations.ts";
import { SceneRow, SceneRowFields } from "#features/executions/scenes/scene-row.tsx";
import { useGridKeys } from "#features/executions/scenes/use-grid-keys.ts";
import { VariantLightbox } from "#features/executions/scenes/variant-lightbox.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { PictureFields } from "#lib/graphql/picture.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { useRefused } from "#ui/access.ts";
import { Kbd } from "#ui/kbd.tsx";
import { LazyRow } from "#ui/lazy-row.tsx";
import { Panel } from "#ui/panel.tsx";
import { toast } from "#ui/toast.tsx";

const SceneGridFields = graphql(`
  fragment SceneGrid on Execution {
    id
    status
    variants
    scenes {
      id
      ...ExecutionSceneRow
    }
  }
`);

/** Rows that are rendered at once. */
const firstScreen = 4;

/** The images of each scene as they come, and the choice of one each. */
export function SceneGrid({ execution }: { execution: FragmentType<typeof SceneGridFields> }) {
  const { status, variants, scenes: sources } = readFragment(SceneGridFields, execution);
  const scenes = sources.map((source) => readFragment(SceneRowFields, source));
  const [openId, setOpenId] = useState<string | null>(null);
  const grid = useRef<HTMLUListElement>(null);
  const { run, failure } = useAction(ChooseVariant);
  const isFixed = status === "VIDEOS" || status === "STITCHING";
  const hasChoice = variants > 1 && !isFixed;
  const refusal = useRefused("CREATOR");
  const canChoose = hasChoice && refusal === null;
  const choose = (sceneId: string, variant: number) => {
    const scene = scenes.find(({ id }) => id === sceneId);
    if (hasChoice && refusal !== null) toast.message(refusal);
    if (!canChoose || !scene || scene.chosenVariant === variant || !scene.images[variant]?.asset) return;
    void run({ input: { executionSceneId: sceneId, variant } });
  };
  const onKeyDown = useGridKeys(grid, { onChoose: choose, onOpen: setOpenId });
  const first = scenes.flatMap(({ images }) => images).find(({ asset }) => asset)?.asset;
  const { width, height } = first ? readFragment(PictureFields, first) : { width: 16, height: 9 };
  return (
    <Panel title="Scenes">
      {variants > 1 && (
        <p className="mb-4 text-ink-2">
          {isFixed
            ? "Clips are being made from the chosen images. Choose others when they are there, or cancel first."
            : refusal !== null
              ? `${refusal}.`
              : status === "SUCCEEDED"
                ? "Another choice makes the clips that touch its scene anew; the film stays until then."
                : "Choose the image of each scene that its clips begin and end with."}
          {canChoose && (
            <span className="ml-2 [@media(hover:none)]:hidden">
              <Kbd>←↑↓→</Kbd> to move, <Kbd>↵</Kbd> or <Kbd>1</Kbd>–<Kbd>9</Kbd> to choose, <Kbd>O</Kbd> for the large
              view
            </span>
          )}
        </p>
      )}
      {failure && (
        <p role="alert" className="mb-3 text-bad">
          {failure.message}
        </p>
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys are those of the buttons within */}
      <ul ref={grid} aria-label="Scenes" className="flex flex-col gap-6" onKeyDown={onKeyDown}>
        {scenes.map((scene, index) => (
          <LazyRow key={scene.id} estimate={260} startsNear={index < firstScreen}>
            <SceneRow
              scene={scene}
              aspect={(width ?? 16) / (height ?? 9)}
              canChoose={canChoose}
              onChoose={(variant) => choose(scene.id, variant)}
              onOpen={setOpenId}
            />
          </LazyRow>
        ))}
      </ul>
      <VariantLightbox
        scenes={scenes}
        openId={openId}
        onOpen={setOpenId}
        canChoose={hasChoice}
        onChoose={choose}
        focusPlace={(id) => {
          const place = grid.current?.querySelector<HTMLElement>(`[data-image="${CSS.escape(id)}"]`);
          place?.focus();
          return place !== null;
        }}
      />
    </Panel>
  );
}
