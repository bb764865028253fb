"use client";

import { useState } from "react";
import {
  clipPositions,
  type DefaultDrafts,
  draftText,
  savedText,
  withDraft,
} from "#features/prompts/scene-types/default-drafts.ts";
import { SaveBar } from "#features/prompts/save-bar.tsx";
import { SceneDefaultField } from "#features/prompts/scene-types/scene-default-field.tsx";
import { useResolved } from "#features/prompts/use-resolved.ts";
import { useSaveDefaults } from "#features/prompts/scene-types/use-save-defaults.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { ClipPosition } from "#gql/graphql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useUnsavedGuard } from "#lib/hooks/use-unsaved-guard.ts";
import { Field } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { TabPanel, Tabs } from "#ui/tabs.tsx";

const SceneDefaultsEditorFields = graphql(`
  fragment SceneDefaultsEditor on SceneType {
    id
    promptDefaults {
      id
      text
      clipPosition
      slot {
        id
      }
    }
    workflow {
      id
      promptSlots {
        id
        label
        sortOrder
        ...SceneDefaultField
      }
    }
  }
`);

interface Props {
  sceneType: FragmentType<typeof SceneDefaultsEditorFields>;
  characters: readonly { id: string; name: string }[];
}

/** The scene type's texts slot by slot, with the prompt that they become for a chosen character. */
export function SceneDefaultsEditor({ sceneType: source, characters }: Props) {
  const sceneType = readFragment(SceneDefaultsEditorFields, source);
  const saved = sceneType.promptDefaults;
  const [drafts, setDrafts] = useState<DefaultDrafts>({});
  const [clipPosition, setClipPosition] = useState<ClipPosition>("FULL_CLIP");
  const [characterId, setCharacterId] = useState("");
  const changed = Object.values(drafts);
  const { save, isPending, failures } = useSaveDefaults(sceneType.id);
  useUnsavedGuard(changed.length > 0);
  const resolved = useResolved({
    sceneTypeId: sceneType.id,
    clipPosition,
    ...(characterId && { characterId }),
    draftDefaults: changed,
  });
  const saveAll = async () => {
    const done = await save(changed);
    setDrafts((before) => Object.fromEntries(Object.entries(before).filter(([, draft]) => !done.includes(draft))));
  };
  const slots = sceneType.workflow.promptSlots.toSorted((a, b) => a.sortOrder - b.sortOrder);

  return (
    <>
      <Field label="Preview with" className="mb-2 w-64 max-w-full">
        <Select
          value={characterId}
          onValueChange={setCharacterId}
          options={[
            { value: "", label: "No character" },
            ...characters.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </Field>
      <Tabs
        label="Clip position"
        value={clipPosition}
        onValueChange={(next) => setClipPosition(next as ClipPosition)}
        tabs={clipPositions.map(({ value, label }) => ({
          value,
          label: changed.some((draft) => draft.clipPosition === value) ? `${label} •` : label,
        }))}
      >
        <TabPanel value={clipPosition}>
          {clipPosition !== "FULL_CLIP" && (
            <p className="mb-3 text-ink-2">Slots left empty here use the text for the full clip.</p>
          )}
          <FailureNotice failure={resolved.failure} />
          <div className="flex flex-col divide-y">
            {slots.map((slot) => (
              <SceneDefaultField
                key={`${slot.id} ${clipPosition}`}
                slot={slot}
                text={draftText(drafts, slot.id, clipPosition) ?? savedText(saved, slot.id, clipPosition)}
                inheritedText={clipPosition === "FULL_CLIP" ? "" : savedText(saved, slot.id, "FULL_CLIP")}
                isUnsaved={draftText(drafts, slot.id, clipPosition) !== undefined}
                error={failures.get(`${slot.id} ${clipPosition}`)?.message}
                resolved={resolved.bySlot.get(slot.id)}
                isStale={resolved.isStale}
                onTextChange={(text) =>
                  setDrafts((before) => withDraft(before, saved, { slotId: slot.id, clipPosition, text }))
                }
              />
            ))}
          </div>
        </TabPanel>
      </Tabs>
      <SaveBar
        count={changed.length}
        isPending={isPending}
        onSave={() => void saveAll()}
        onDiscard={() => setDrafts({})}
      />
    </>
  );
}
