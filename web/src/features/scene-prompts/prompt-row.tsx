import { Trash2 } from "lucide-react";
import { useState } from "react";
import type { DraftPrompt } from "#features/scene-prompts/collection-draft.ts";
import { PromptDetails } from "#features/scene-prompts/prompt-details.tsx";
import { Badge } from "#ui/badge.tsx";
import { Field } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Input } from "#ui/input.tsx";
import type { PromptVocabulary } from "#ui/prompt-editor/completions.ts";
import { PromptEditor } from "#ui/prompt-editor/prompt-editor.tsx";
import { SortableItem } from "#ui/sortable.tsx";

interface Props {
  prompt: DraftPrompt;
  isUnsaved: boolean;
  problem: string | undefined;
  /** Names of compositions. */
  usedIn: readonly string[];
  vocabulary: PromptVocabulary;
  onChange: (part: Partial<DraftPrompt>) => void;
  onRemove: () => void;
}

/** One prompt: its name, its text, and what people find it by. */
export function PromptRow({ prompt, isUnsaved, problem, usedIn, vocabulary, onChange, onRemove }: Props) {
  const [isNew] = useState(prompt.name === "");
  const name = prompt.name.trim() || "new prompt";
  return (
    <SortableItem id={prompt.key} name={name} className="flex items-start gap-2 py-4 first:pt-0" handleClassName="mt-1">
      <div className="flex min-w-0 grow flex-col gap-2">
        <div className="flex items-start gap-2">
          <Field label={`Name of ${name}`} hideLabel error={problem} className="w-64 max-w-full min-w-0 shrink">
            <Input
              className="font-mono"
              placeholder="name"
              autoFocus={isNew}
              value={prompt.name}
              onChange={(event) => onChange({ name: event.target.value })}
            />
          </Field>
          <span className="flex min-h-8 min-w-0 grow flex-wrap items-center gap-1 text-sm text-ink-3">
            {isUnsaved && <Badge tone="live">Unsaved</Badge>}
            {usedIn.length > 0 && <span className="min-w-0 break-words">{`in ${usedIn.join(", ")}`}</span>}
          </span>
          <IconButton needs="CREATOR" label={`Remove ${name}`} icon={<Trash2 />} onClick={onRemove} />
        </div>
        <PromptEditor
          label={`Text of ${name}`}
          value={prompt.value}
          placeholder="What the picture or clip shows"
          vocabulary={vocabulary}
          onValueChange={(value) => onChange({ value })}
        />
        <PromptDetails prompt={prompt} name={name} onChange={onChange} />
      </div>
    </SortableItem>
  );
}
