import { useState } from "react";
import type { DraftPrompt } from "#features/scene-prompts/collection-draft.ts";
import { Badge } from "#ui/badge.tsx";
import { Disclosure } from "#ui/disclosure.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

interface Props {
  prompt: DraftPrompt;
  name: string;
  onChange: (part: Partial<DraftPrompt>) => void;
}

/** Category, purpose and tags of a prompt: a line while they are folded. */
export function PromptDetails({ prompt, name, onChange }: Props) {
  const { category, description, tags } = prompt;
  return (
    <Disclosure
      title={
        <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <span className="sr-only">{`Details of ${name}`}</span>
          {category && <Badge>{category}</Badge>}
          {tags.map((tag) => (
            <span key={tag} className="text-sm text-ink-3">{`#${tag}`}</span>
          ))}
          <span className="min-w-0 text-left text-sm break-words text-ink-3">
            {description || (category || tags.length > 0 ? "" : "Category, description, tags")}
          </span>
        </span>
      }
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Category" help="What people sort it under">
          <Input value={category} maxLength={200} onChange={(event) => onChange({ category: event.target.value })} />
        </Field>
        <TagsField tags={tags} onChange={(next) => onChange({ tags: next })} />
        <Field label="Description" className="sm:col-span-2">
          <Input
            value={description}
            maxLength={5000}
            onChange={(event) => onChange({ description: event.target.value })}
          />
        </Field>
      </div>
    </Disclosure>
  );
}

/** Keeps what is typed as it is typed, so that a comma can be written. */
function TagsField({ tags, onChange }: { tags: readonly string[]; onChange: (tags: readonly string[]) => void }) {
  const [text, setText] = useState(tags.join(", "));
  return (
    <Field label="Tags" help="Separated by commas">
      <Input
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          const words = event.target.value.split(",").map((word) => word.trim());
          onChange([...new Set(words.filter((word) => word !== ""))]);
        }}
      />
    </Field>
  );
}
