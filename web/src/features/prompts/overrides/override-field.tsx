"use client";

import { Lock, Minus, Plus } from "lucide-react";
import { FragmentEntries } from "#features/prompts/overrides/fragment-entries.tsx";
import type { OverrideDraft } from "#features/prompts/overrides/override-drafts.ts";
import { ResolvedText, type ResolvedTextFields } from "#features/prompts/resolved-text.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { Badge } from "#ui/badge.tsx";
import { Disclosure } from "#ui/disclosure.tsx";
import { Field } from "#ui/field.tsx";
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

interface Props {
  slot: FragmentType<typeof OverrideFieldFields>;
  sceneTypeId: string;
  draft: OverrideDraft;
  isUnsaved: boolean;
  resolved: FragmentType<typeof ResolvedTextFields> | undefined;
  isStale: boolean;
  onDraftChange: (draft: OverrideDraft) => void;
}

/** One slot for this character: the text in place of the scene type's, fragments after it, notes, the outcome. */
export function OverrideField({
  slot: source,
  sceneTypeId,
  draft,
  isUnsaved,
  resolved,
  isStale,
  onDraftChange,
}: Props) {
  const slot = readFragment(OverrideFieldFields, source);
  const Sign = slot.slotType === "POSITIVE" ? Plus : Minus;
  const set = (part: Partial<OverrideDraft>) => onDraftChange({ ...draft, ...part });
  return (
    <section aria-label={slot.label} className="grid gap-x-8 gap-y-3 py-4 first:pt-0 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-3">
        <h3 className="flex items-center gap-1.5">
          <Sign aria-hidden className={slot.slotType === "POSITIVE" ? "size-3.5 text-good" : "size-3.5 text-bad"} />
          {slot.label}
          {!slot.isUserEditable && <Lock role="img" aria-label="Locked" className="size-3.5 text-ink-3" />}
          {isUnsaved && (
            <Badge tone="live" className="ml-auto">
              Unsaved
            </Badge>
          )}
        </h3>
        {slot.isUserEditable ? (
          <>
            <Field label="Instead of the scene type's text">
              <Textarea
                value={draft.text}
                placeholder="Keep the scene type's text"
                onChange={(event) => set({ text: event.target.value })}
              />
            </Field>
            <FragmentEntries
              slotLabel={slot.label}
              sceneTypeId={sceneTypeId}
              entries={draft.fragments}
              onEntriesChange={(fragments) => set({ fragments })}
            />
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
      <div className="min-w-0">
        <p className="mb-1 text-ink-3">Becomes</p>
        {resolved ? <ResolvedText slot={resolved} isStale={isStale} /> : <Skeleton className="h-16" />}
      </div>
    </section>
  );
}
