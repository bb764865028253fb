"use client";

import { useMemo, useState } from "react";
import {
  type OverrideDraft,
  isSame,
  toDraft,
  toEntryInput,
  toTextInput,
} from "#features/prompts/overrides/override-drafts.ts";
import { OverrideField, type OverrideFieldFields } from "#features/prompts/overrides/override-field.tsx";
import { RefreshAll } from "#features/prompts/overrides/refresh-all.tsx";
import { type OverrideTargets, targetOf } from "#features/prompts/overrides/scopes.ts";
import { useBaseTexts } from "#features/prompts/overrides/use-base-texts.ts";
import { useSaveOverrides } from "#features/prompts/overrides/use-save-overrides.ts";
import { PreviewSeed } from "#features/prompts/preview-seed.tsx";
import { clipPositions } from "#features/prompts/scene-types/default-drafts.ts";
import { SaveBar } from "#features/prompts/save-bar.tsx";
import { useResolved } from "#features/prompts/use-resolved.ts";
import { useVocabulary } from "#features/prompts/use-vocabulary.ts";
import type { FragmentType } from "#gql/fragment-masking.ts";
import type { ClipPosition, OverridePanelQuery, OverrideScope } from "#gql/graphql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useUnsavedGuard } from "#lib/hooks/use-unsaved-guard.ts";
import { Editable } from "#ui/editable.tsx";
import { Field } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";

interface Props {
  sceneTypeId: string;
  scope: OverrideScope;
  targets: OverrideTargets;
  slots: readonly ({ id: string; sortOrder: number } & FragmentType<typeof OverrideFieldFields>)[];
  overrides: OverridePanelQuery["promptOverrides"];
}

const empty = toDraft(undefined);

/** The overrides of one scope in one scene type, slot by slot; saving sends the changed slots in one go. */
export function OverrideEditor({ sceneTypeId, scope, targets, slots, overrides }: Props) {
  const characterId = targets.character.id;
  const targetId = targetOf(targets, scope)?.id ?? characterId;
  const saved = useMemo(
    () => new Map(slots.map((slot) => [slot.id, toDraft(overrides.find((each) => each.slot.id === slot.id))])),
    [slots, overrides],
  );
  const [edits, setEdits] = useState<Readonly<Record<string, OverrideDraft>>>({});
  const [seed, setSeed] = useState("");
  const [clipPosition, setClipPosition] = useState<ClipPosition>("FULL_CLIP");
  const draftOf = (slotId: string) => edits[slotId] ?? saved.get(slotId) ?? empty;
  const changed = Object.entries(edits).filter(([id, draft]) => !isSame(saved.get(id) ?? empty, draft));
  useUnsavedGuard(changed.length > 0);
  const { save, isPending, failure } = useSaveOverrides({ sceneTypeId, scope, targetId });
  const base = useBaseTexts({ sceneTypeId, characterId, scope, clipPosition, slotIds: slots.map(({ id }) => id) });
  const vocabulary = useVocabulary({ sceneTypeId, projectId: targets.project.id, characterId });
  const resolved = useResolved({
    sceneTypeId,
    characterId,
    clipPosition,
    ...(seed && { seed }),
    draftOverrides: changed.map(([slotId, draft]) => ({
      scope,
      slotId,
      text: toTextInput(draft),
      fragments: draft.fragments.map(toEntryInput),
    })),
  });
  const saveAll = async () => {
    if (!(await save(changed))) return;
    // What is written while it is saved stays a draft.
    const sent = new Map(changed);
    setEdits((before) => Object.fromEntries(Object.entries(before).filter(([id, draft]) => sent.get(id) !== draft)));
  };
  const staleCount = slots.flatMap(({ id }) => draftOf(id).fragments.filter(({ newText }) => newText !== null)).length;
  return (
    <>
      <RefreshAll staleCount={staleCount} hasUnsaved={changed.length > 0} place={{ sceneTypeId, scope, targetId }} />
      <div className="mb-4 flex flex-wrap items-end gap-x-4 gap-y-2">
        <Field label="Preview of" className="w-44">
          <Select
            value={clipPosition}
            onValueChange={(next) => setClipPosition(next as ClipPosition)}
            options={clipPositions}
          />
        </Field>
        {(resolved.hasChoices || seed) && <PreviewSeed value={seed} onValueChange={setSeed} />}
      </div>
      <FailureNotice failure={resolved.failure} />
      <Editable needs="CREATOR">
        <div className="flex flex-col divide-y">
          {slots
            .toSorted((a, b) => a.sortOrder - b.sortOrder)
            .map((slot) => (
              <OverrideField
                key={slot.id}
                slot={slot}
                sceneTypeId={sceneTypeId}
                targets={targets}
                base={base.get(slot.id)}
                draft={draftOf(slot.id)}
                isUnsaved={changed.some(([id]) => id === slot.id)}
                resolved={resolved.bySlot.get(slot.id)}
                isStale={resolved.isStale}
                vocabulary={vocabulary}
                onDraftChange={(draft) => setEdits((before) => ({ ...before, [slot.id]: draft }))}
              />
            ))}
        </div>
      </Editable>
      {failure && (
        <div className="mt-3">
          <FailureNotice failure={failure} />
        </div>
      )}
      <SaveBar
        count={changed.length}
        isPending={isPending}
        onSave={() => void saveAll()}
        onDiscard={() => setEdits({})}
      />
    </>
  );
}
