"use client";

import { useMemo, useState } from "react";
import { type OverrideDraft, isSame, toDraft, toEntryInput } from "#features/prompts/overrides/override-drafts.ts";
import { OverrideField, type OverrideFieldFields } from "#features/prompts/overrides/override-field.tsx";
import { SaveBar } from "#features/prompts/save-bar.tsx";
import { useResolved } from "#features/prompts/use-resolved.ts";
import type { FragmentType } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { OverridePanelQuery } from "#gql/graphql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useUnsavedGuard } from "#lib/hooks/use-unsaved-guard.ts";

const SetPromptOverrides = graphql(`
  mutation SetPromptOverrides($input: SetPromptOverridesInput!) {
    setPromptOverrides(input: $input) {
      __typename
      ... on SetPromptOverridesPayload {
        overrides {
          id
          text
          notes
          slot {
            id
          }
          fragments {
            type
            text
            fragmentId
            isStale
          }
        }
      }
      ...FailureFields
    }
  }
`);

interface Props {
  sceneTypeId: string;
  characterId: string;
  slots: readonly ({ id: string; label: string; sortOrder: number } & FragmentType<typeof OverrideFieldFields>)[];
  overrides: OverridePanelQuery["promptOverrides"];
}

/** A character's overrides of one scene type, slot by slot; saving sends the changed slots in one go. */
export function OverrideEditor({ sceneTypeId, characterId, slots, overrides }: Props) {
  const saved = useMemo(
    () => new Map(slots.map((slot) => [slot.id, toDraft(overrides.find((each) => each.slot.id === slot.id))])),
    [slots, overrides],
  );
  const [edits, setEdits] = useState<Readonly<Record<string, OverrideDraft>>>({});
  const changed = Object.entries(edits).filter(([id, draft]) => {
    const before = saved.get(id);
    return before && !isSame(before, draft);
  });
  const { run, isPending, failure } = useAction(SetPromptOverrides);
  useUnsavedGuard(changed.length > 0);
  const resolved = useResolved({
    sceneTypeId,
    characterId,
    draftOverrides: changed.map(([slotId, draft]) => ({
      scope: "CHARACTER" as const,
      slotId,
      text: draft.text || null,
      fragments: draft.fragments.map(toEntryInput),
    })),
  });
  const save = async () => {
    const input = {
      sceneTypeId,
      scope: "CHARACTER" as const,
      targetId: characterId,
      overrides: changed.map(([slotId, draft]) => ({
        slotId,
        text: draft.text || null,
        notes: draft.notes || null,
        fragments: draft.fragments.map(toEntryInput),
      })),
    };
    if (!(await run({ input }))) return;
    const sent = new Map(changed);
    setEdits((before) => Object.fromEntries(Object.entries(before).filter(([id, draft]) => sent.get(id) !== draft)));
  };
  return (
    <>
      <FailureNotice failure={resolved.failure} />
      <div className="flex flex-col divide-y">
        {slots
          .toSorted((a, b) => a.sortOrder - b.sortOrder)
          .map((slot) => (
            <OverrideField
              key={slot.id}
              slot={slot}
              sceneTypeId={sceneTypeId}
              draft={edits[slot.id] ?? saved.get(slot.id) ?? toDraft(undefined)}
              isUnsaved={changed.some(([id]) => id === slot.id)}
              resolved={resolved.bySlot.get(slot.id)}
              isStale={resolved.isStale}
              onDraftChange={(draft) => setEdits((before) => ({ ...before, [slot.id]: draft }))}
            />
          ))}
      </div>
      {failure && (
        <div className="mt-3">
          <FailureNotice failure={failure} />
        </div>
      )}
      <SaveBar count={changed.length} isPending={isPending} onSave={() => void save()} onDiscard={() => setEdits({})} />
    </>
  );
}
