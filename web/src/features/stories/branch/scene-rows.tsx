"use client";

import { useState } from "react";
import { SceneRow, SceneRowFields } from "#features/stories/branch/scene-row.tsx";
import { MoveScene } from "#features/stories/scene-operations.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { SortableItem, SortableList, withMoved } from "#ui/sortable.tsx";

interface Props {
  scenes: readonly FragmentType<typeof SceneRowFields>[];
  /** How many scenes come before these. */
  offset: number;
  totalCount: number;
  /** What does not fit together in a scene. */
  warningsOf: (sceneId: string) => readonly string[];
}

/** Scenes that can be put into another order, by their handles or with Alt and an arrow key. */
export function SceneRows({ scenes, offset, totalCount, warningsOf }: Props) {
  const move = useAction(MoveScene);
  const stored = scenes.map((scene) => readFragment(SceneRowFields, scene));
  /** The order as it was just dragged, until the server has it. */
  const [dragged, setDragged] = useState<string[] | null>(null);
  const ids = stored.map(({ id }) => id);
  const shown = (dragged && dragged.length === ids.length ? dragged : ids).flatMap(
    (id) => stored.find((scene) => scene.id === id) ?? [],
  );
  const put = async (from: number, to: number) => {
    const scene = shown[from];
    if (!scene) return;
    setDragged(
      withMoved(
        shown.map(({ id }) => id),
        from,
        to,
      ),
    );
    await move.run({ input: { id: scene.id, number: offset + to + 1 } });
    setDragged(null);
  };
  return (
    <>
      <SortableList
        label="Scenes"
        needs="CREATOR"
        ids={shown.map(({ id }) => id)}
        nameOf={(id) => shown.find((scene) => scene.id === id)?.title ?? "the scene"}
        onMove={(from, to) => void put(from, to)}
        isDisabled={move.isPending}
        className="divide-y border-b"
      >
        {shown.map((scene, index) => (
          <SortableItem
            key={scene.id}
            id={scene.id}
            name={scene.title}
            isDisabled={move.isPending}
            className="flex items-center gap-2 py-2.5 max-sm:items-start"
          >
            <SceneRow
              scene={scene}
              number={offset + index + 1}
              sceneCount={totalCount}
              warnings={warningsOf(scene.id)}
            />
          </SortableItem>
        ))}
      </SortableList>
      <FailureNotice failure={move.failure} />
    </>
  );
}
