import { CircleAlert, CornerDownRight, Minus, Plus } from "lucide-react";
import { useId } from "react";
import { ResolvedText, type ResolvedTextFields } from "#features/prompts/resolved-text.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { Badge } from "#ui/badge.tsx";
import type { PromptVocabulary } from "#ui/prompt-editor/completions.ts";
import { PromptEditor } from "#ui/prompt-editor/prompt-editor.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

const SceneDefaultFieldFields = graphql(`
  fragment SceneDefaultField on PromptSlot {
    id
    label
    slotType
    defaultText
    isLinked
    isUserEditable
    description
  }
`);

interface Props {
  slot: FragmentType<typeof SceneDefaultFieldFields>;
  text: string;
  /** The full clip's text, which an empty one of another position falls back to. */
  inheritedText: string;
  isUnsaved: boolean;
  error: string | undefined;
  resolved: FragmentType<typeof ResolvedTextFields> | undefined;
  isStale: boolean;
  vocabulary: PromptVocabulary;
  onTextChange: (text: string) => void;
}

/** One slot: what is written for the scene type, and what becomes of it. */
export function SceneDefaultField({
  slot: source,
  text,
  inheritedText,
  isUnsaved,
  error,
  resolved,
  isStale,
  vocabulary,
  onTextChange,
}: Props) {
  const slot = readFragment(SceneDefaultFieldFields, source);
  const noteId = useId();
  const Sign = slot.slotType === "POSITIVE" ? Plus : Minus;
  const isLocked = !slot.isUserEditable;
  const fallback = inheritedText || slot.defaultText || (slot.isLinked ? "Comes from another node of the graph" : "");
  const inEffect = inheritedText ? "the full clip's text" : "the workflow's text";
  return (
    <div className="grid gap-x-8 gap-y-3 py-4 first:pt-0 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex min-h-5 items-center gap-2">
          <h2 className="flex shrink-0 items-center gap-1.5 font-medium text-ink-2">
            <Sign aria-hidden className={slot.slotType === "POSITIVE" ? "size-3.5 text-good" : "size-3.5 text-bad"} />
            {slot.label}
          </h2>
          <span className="min-w-0 grow truncate text-sm text-ink-3">{slot.description}</span>
          {isUnsaved && <Badge tone="live">Unsaved</Badge>}
        </div>
        <PromptEditor
          label={slot.label}
          value={text}
          placeholder={fallback}
          isReadOnly={isLocked}
          isInvalid={error !== undefined}
          describedBy={noteId}
          vocabulary={vocabulary}
          onValueChange={onTextChange}
        />
        <div id={noteId} className="min-h-4 text-sm text-ink-3">
          {error ? (
            <p role="alert" className="flex items-start gap-1 text-bad">
              <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
              {error}
            </p>
          ) : isLocked ? (
            "Locked in the workflow: used as it is."
          ) : (
            text.trim() === "" &&
            fallback && (
              <span className="flex items-center gap-1">
                <CornerDownRight aria-hidden className="size-3.5 shrink-0" />
                {`Empty: falls back to ${inEffect}`}
              </span>
            )
          )}
        </div>
      </div>
      <section aria-label={`${slot.label}, resolved`} className="min-w-0">
        <p className="mb-1 text-ink-3">Becomes</p>
        {resolved ? <ResolvedText slot={resolved} isStale={isStale} /> : <Skeleton className="h-16" />}
      </section>
    </div>
  );
}
