"use client";

import { Plus } from "lucide-react";
import { ShotFields } from "#features/stories/scene/shot-fields.tsx";
import { useShotDrafts } from "#features/stories/scene/use-shot-drafts.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useUnsavedGuard } from "#lib/hooks/use-unsaved-guard.ts";
import { Editable } from "#ui/editable.tsx";
import { Button } from "#ui/button.tsx";
import { Panel } from "#ui/panel.tsx";
import { SaveBar } from "#ui/save-bar.tsx";
import { SortableItem, SortableList } from "#ui/sortable.tsx";

const ShotListFields = graphql(`
  fragment ShotList on Scene {
    id
    shots {
      number
      action
      setting
      foreground
      background
      camera
    }
  }
`);

/** The shots of a scene, in their order; saved together. */
export function ShotList(props: { scene: FragmentType<typeof ShotListFields> }) {
  const { id, shots } = readFragment(ShotListFields, props.scene);
  const { drafts, isChanged, isPending, failure, change, add, remove, move, save, discard } = useShotDrafts(id, shots);
  useUnsavedGuard(isChanged);
  return (
    <Panel
      title="Shots"
      actions={
        <Button needs="CREATOR" size="sm" onClick={add}>
          <Plus aria-hidden />
          Add shot
        </Button>
      }
    >
      <Editable needs="CREATOR">
        {drafts.length === 0 ? (
          <p className="text-ink-2">No shot yet. A shot is what is seen between two cuts.</p>
        ) : (
          <SortableList
            label="Shots"
            ids={drafts.map(({ key }) => key)}
            nameOf={(key) => `shot ${drafts.findIndex((draft) => draft.key === key) + 1}`}
            onMove={move}
            className="divide-y"
          >
            {drafts.map(({ key, shot }, index) => (
              <SortableItem key={key} id={key} name={`shot ${index + 1}`} className="flex items-start gap-2 py-3">
                <ShotFields
                  number={index + 1}
                  shot={shot}
                  onChange={(part) => change(key, part)}
                  onRemove={() => remove(key)}
                />
              </SortableItem>
            ))}
          </SortableList>
        )}
      </Editable>
      <FailureNotice failure={failure} />
      {isChanged && (
        <SaveBar count={1} isPending={isPending} note="The shots" onSave={() => void save()} onDiscard={discard} />
      )}
    </Panel>
  );
}
