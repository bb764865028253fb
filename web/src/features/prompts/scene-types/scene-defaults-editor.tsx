"use client";

import { useMemo, useState } from "react";
import { PreviewSeed } from "#features/prompts/preview-seed.tsx";
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
import { useVocabulary } from "#features/prompts/use-vocabulary.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { ClipPosition } from "#gql/graphql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { CharacterPicker } from "#lib/graphql/pickers/character-picker.tsx";
import { useUnsavedGuard } from "#lib/hooks/use-unsaved-guard.ts";
import { Editable } from "#ui/editable.tsx";
import { Field } from "#ui/field.tsx";
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
    project {
      id
    }
    effectiveDefaults(clipPosition: FULL_CLIP) {
      slot {
        id
        sortOrder
        ...SceneDefaultField
      }
    }
  }
`);

interface Props {
  sceneType: FragmentType<typeof SceneDefaultsEditorFields>;
  /** The scene type's project, whose characters it is for; null for those of all projects. */
  projectId: string | null;
}

/** The scene type's texts slot by slot, with the prompt that they become for a chosen character. */
export function SceneDefaultsEditor({ sceneType: source, projectId }: Props) {
  const sceneType = readFragment(SceneDefaultsEditorFields, source);
  const saved = sceneType.promptDefaults;
  const [drafts, setDrafts] = useState<DefaultDrafts>({});
  const [clipPosition, setClipPosition] = useState<ClipPosition>("FULL_CLIP");
  const [characterId, setCharacterId] = useState("");
  const [seed, setSeed] = useState("");
  const changed = useMemo(() => Object.values(drafts), [drafts]);
  const { save, isPending, failure, problems } = useSaveDefaults(sceneType.id);
  const vocabulary = useVocabulary({
    sceneTypeId: sceneType.id,
    projectId: sceneType.project?.id ?? null,
    characterId: characterId || null,
  });
  useUnsavedGuard(changed.length > 0);
  const resolved = useResolved({
    sceneTypeId: sceneType.id,
    clipPosition,
    ...(characterId && { characterId }),
    ...(seed && { seed }),
    draftDefaults: changed,
  });
  const saveAll = async () => {
    // What is typed while it is saved stays a draft.
    if (!(await save(changed))) return;
    setDrafts((before) => Object.fromEntries(Object.entries(before).filter(([, draft]) => !changed.includes(draft))));
  };
  const slots = sceneType.effectiveDefaults.map(({ slot }) => slot).toSorted((a, b) => a.sortOrder - b.sortOrder);

  return (
    <>
      <div className="mb-2 flex flex-wrap items-end gap-x-4 gap-y-2">
        <Field label="Preview with" className="w-64 max-w-full">
          <CharacterPicker
            none="No character"
            projectId={projectId}
            value={characterId}
            onValueChange={setCharacterId}
          />
        </Field>
        {(resolved.hasChoices || seed) && <PreviewSeed value={seed} onValueChange={setSeed} />}
      </div>
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
          <Editable needs="CREATOR">
            <div className="flex flex-col divide-y">
              {slots.map((slot) => (
                <SceneDefaultField
                  key={`${slot.id} ${clipPosition}`}
                  slot={slot}
                  text={draftText(drafts, slot.id, clipPosition) ?? savedText(saved, slot.id, clipPosition)}
                  inheritedText={
                    clipPosition === "FULL_CLIP"
                      ? ""
                      : (draftText(drafts, slot.id, "FULL_CLIP") ?? savedText(saved, slot.id, "FULL_CLIP"))
                  }
                  isUnsaved={draftText(drafts, slot.id, clipPosition) !== undefined}
                  error={problems.get(`${slot.id} ${clipPosition}`)}
                  resolved={resolved.bySlot.get(slot.id)}
                  isStale={resolved.isStale}
                  vocabulary={vocabulary}
                  onTextChange={(text) =>
                    setDrafts((before) => withDraft(before, saved, { slotId: slot.id, clipPosition, text }))
                  }
                />
              ))}
            </div>
          </Editable>
        </TabPanel>
      </Tabs>
      {failure && problems.size === 0 && (
        <div className="mt-3">
          <FailureNotice failure={failure} />
        </div>
      )}
      <SaveBar
        count={changed.length}
        isPending={isPending}
        onSave={() => void saveAll()}
        onDiscard={() => setDrafts({})}
      />
    </>
  );
}
