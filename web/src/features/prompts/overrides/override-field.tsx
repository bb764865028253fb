"use client";

import { Lock, Minus, Plus } from "lucide-react";
import { FragmentEntries } from "#features/prompts/overrides/fragment-entries.tsx";
import { type OverrideDraft, withAdded } from "#features/prompts/overrides/override-drafts.ts";
import { SlotTools } from "#features/prompts/overrides/slot-tools.tsx";
import type { OverrideTargets } from "#features/prompts/overrides/scopes.ts";
import { Suggestions } from "#features/prompts/overrides/suggestions.tsx";
import type { BaseText } from "#features/prompts/overrides/use-base-texts.ts";
import { ResolvedText, type ResolvedTextFields } from "#features/prompts/resolved-text.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { PromptSource } from "#gql/graphql.ts";
import { Badge } from "#ui/badge.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { Disclosure } from "#ui/disclosure.tsx";
import { Field } from "#ui/field.tsx";
import type { PromptVocabulary } from "#ui/prompt-editor/completions.ts";
import { PromptEditor } from "#ui/prompt-editor/prompt-editor.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Textarea } from "#ui/textarea.tsx";

export const OverrideFieldFields = graphql(`
  fragment OverrideField on PromptSlot {
    id
    label
    slotType
    isUserEditable
  }
`);

const sourceLabels: Record<PromptSource, string> = {
  WORKFLOW_DEFAULT: "from the workflow",
  SCENE_TYPE_DEFAULT: "from the scene type",
  OVERRIDE: "from a wider override",
  WITH_FRAGMENTS: "with wider fragments after it",
};

interface Props {
  slot: FragmentType<typeof OverrideFieldFields>;
  sceneTypeId: string;
  targets: OverrideTargets;
  base: BaseText | undefined;
  draft: OverrideDraft;
  isUnsaved: boolean;
  resolved: FragmentType<typeof ResolvedTextFields> | undefined;
  isStale: boolean;
  vocabulary: PromptVocabulary;
  onDraftChange: (draft: OverrideDraft) => void;
}

/** One slot: the text that is there, what replaces it, fragments after it, notes, and the outcome. */
export function OverrideField(props: Props) {
  const { sceneTypeId, targets, base, draft, isUnsaved, resolved, isStale, vocabulary, onDraftChange } = props;
  const slot = readFragment(OverrideFieldFields, props.slot);
  const Sign = slot.slotType === "POSITIVE" ? Plus : Minus;
  const hasFragments = draft.fragments.length > 0;
  const set = (part: Partial<OverrideDraft>) => onDraftChange({ ...draft, ...part });
  return (
    <section aria-label={slot.label} className="grid gap-x-8 gap-y-3 py-4 first:pt-0 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-3">
        <div className="flex min-h-8 items-center gap-2">
          <h3 className="flex min-w-0 items-center gap-1.5">
            <Sign aria-hidden className={slot.slotType === "POSITIVE" ? "size-3.5 text-good" : "size-3.5 text-bad"} />
            {slot.label}
            {!slot.isUserEditable && <Lock role="img" aria-label="Locked" className="size-3.5 text-ink-3" />}
          </h3>
          <span className="ml-auto">{isUnsaved && <Badge tone="live">Unsaved</Badge>}</span>
          {slot.isUserEditable && (
            <SlotTools
              slot={slot}
              sceneTypeId={sceneTypeId}
              targets={targets}
              entries={draft.fragments}
              onAdd={(added) => set({ fragments: withAdded(draft.fragments, added) })}
            />
          )}
        </div>
        <div>
          <p className="mb-1 font-medium text-ink-2">
            Base prompt {base && <span className="text-sm font-normal text-ink-3">{sourceLabels[base.source]}</span>}
          </p>
          {base ? (
            <PromptEditor
              label={`Base prompt of ${slot.label}`}
              value={base.text}
              placeholder="Empty"
              isReadOnly
              vocabulary={vocabulary}
            />
          ) : (
            <Skeleton className="h-9" />
          )}
        </div>
        {slot.isUserEditable ? (
          <>
            <div>
              <p aria-hidden className="mb-1 font-medium text-ink-2">
                Replacement text
              </p>
              <PromptEditor
                label={`Replacement text of ${slot.label}`}
                value={draft.text}
                placeholder={draft.leavesOutBase && hasFragments ? "The fragments stand alone" : "Keep the base prompt"}
                vocabulary={vocabulary}
                onValueChange={(text) => set({ text })}
              />
            </div>
            <FragmentEntries
              slotLabel={slot.label}
              sceneTypeId={sceneTypeId}
              entries={draft.fragments}
              onEntriesChange={(fragments) => set({ fragments })}
            />
            {hasFragments && draft.text.trim() === "" && (
              <Checkbox
                label="Leave the base prompt out: the fragments stand alone"
                checked={draft.leavesOutBase}
                onCheckedChange={(leavesOutBase) => set({ leavesOutBase })}
              />
            )}
            <Disclosure title="Suggestions">
              <Suggestions
                characterId={targets.character.id}
                sceneTypeId={sceneTypeId}
                slotId={slot.id}
                used={draft.fragments.flatMap(({ fragmentId }) => fragmentId ?? [])}
                onAdd={(entry) => set({ fragments: [...draft.fragments, entry] })}
              />
            </Disclosure>
            <Disclosure title={draft.notes ? "Notes (1)" : "Notes"}>
              <Field label="Notes" hideLabel>
                <Textarea
                  value={draft.notes}
                  placeholder="For the team; never part of the prompt"
                  onChange={(event) => set({ notes: event.target.value })}
                />
              </Field>
            </Disclosure>
          </>
        ) : (
          <p className="text-ink-2">Locked in the workflow: used as it is.</p>
        )}
      </div>
      <div className="min-w-0 lg:sticky lg:top-4 lg:self-start">
        <p className="mb-1 text-ink-3">{`Becomes for ${targets.character.name}`}</p>
        {resolved ? <ResolvedText slot={resolved} isStale={isStale} /> : <Skeleton className="h-16" />}
      </div>
    </section>
  );
}
