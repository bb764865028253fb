import { Plus } from "lucide-react";
import {
  type CollectionDraft,
  type DraftPrompt,
  compositionsWith,
  withoutPrompt,
} from "#features/scene-prompts/collection-draft.ts";
import { PromptRow } from "#features/scene-prompts/prompt-row.tsx";
import { uniqueKey } from "#lib/unique-key.ts";
import { Button } from "#ui/button.tsx";
import type { PromptVocabulary } from "#ui/prompt-editor/completions.ts";
import { SortableList, withMoved } from "#ui/sortable.tsx";

interface Props {
  draft: CollectionDraft;
  changes: ReadonlySet<string>;
  problems: ReadonlyMap<string, string>;
  vocabulary: PromptVocabulary;
  onChange: (draft: CollectionDraft) => void;
  /** What stands where there is no prompt. */
  empty: string;
}

/** A collection's prompts in their order: written, named, moved, added and removed. */
export function PromptList({ draft, changes, problems, vocabulary, onChange, empty }: Props) {
  const { prompts } = draft;
  const change = (key: string, part: Partial<DraftPrompt>) =>
    onChange({ ...draft, prompts: prompts.map((each) => (each.key === key ? { ...each, ...part } : each)) });
  const add = () =>
    onChange({
      ...draft,
      prompts: [...prompts, { key: uniqueKey(), name: "", value: "", category: "", description: "", tags: [] }],
    });
  return (
    <>
      {prompts.length === 0 ? (
        <p className="py-4 text-ink-2">{empty}</p>
      ) : (
        <SortableList
          label="Prompts"
          ids={prompts.map(({ key }) => key)}
          nameOf={(key) => prompts.find((each) => each.key === key)?.name || "the prompt"}
          onMove={(from, to) => onChange({ ...draft, prompts: withMoved(prompts, from, to) })}
          className="divide-y"
        >
          {prompts.map((prompt) => (
            <PromptRow
              key={prompt.key}
              prompt={prompt}
              isUnsaved={changes.has(`prompt ${prompt.key}`)}
              problem={problems.get(prompt.key)}
              usedIn={compositionsWith(draft, prompt.key)}
              vocabulary={vocabulary}
              onChange={(part) => change(prompt.key, part)}
              onRemove={() => onChange(withoutPrompt(draft, prompt.key))}
            />
          ))}
        </SortableList>
      )}
      <Button needs="CREATOR" className="mt-3" onClick={add}>
        <Plus aria-hidden />
        Add prompt
      </Button>
    </>
  );
}
