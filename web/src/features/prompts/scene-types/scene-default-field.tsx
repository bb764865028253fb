import { Lock, Minus, Plus } from "lucide-react";
import { ResolvedText, type ResolvedTextFields } from "#features/prompts/resolved-text.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { Badge } from "#ui/badge.tsx";
import { Field } from "#ui/field.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Textarea } from "#ui/textarea.tsx";

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
  onTextChange,
}: Props) {
  const slot = readFragment(SceneDefaultFieldFields, source);
  const Sign = slot.slotType === "POSITIVE" ? Plus : Minus;
  const fallback = inheritedText || slot.defaultText || (slot.isLinked ? "Comes from another node of the graph" : "");
  return (
    <div className="grid gap-x-8 gap-y-3 py-4 first:pt-0 lg:grid-cols-2">
      <Field
        label={
          <span className="flex items-center gap-1.5">
            <Sign aria-hidden className={slot.slotType === "POSITIVE" ? "size-3.5 text-good" : "size-3.5 text-bad"} />
            {slot.label}
            {!slot.isUserEditable && <Lock role="img" aria-label="Locked" className="size-3.5 text-ink-3" />}
          </span>
        }
        aside={
          isUnsaved ? (
            <Badge tone="live">Unsaved</Badge>
          ) : (
            <span className="truncate text-sm text-ink-3">{slot.description}</span>
          )
        }
        error={error}
      >
        <Textarea
          value={text}
          placeholder={fallback}
          readOnly={!slot.isUserEditable}
          className="min-h-24"
          onChange={(event) => onTextChange(event.target.value)}
        />
      </Field>
      <section aria-label={`${slot.label}, resolved`} className="min-w-0">
        <p className="mb-1 text-ink-3">Becomes</p>
        {resolved ? <ResolvedText slot={resolved} isStale={isStale} /> : <Skeleton className="h-16" />}
      </section>
    </div>
  );
}
