import { Plus } from "lucide-react";
import { useState } from "react";
import type { CollectionDraft, DraftComposition, SavedCollection } from "#features/scene-prompts/collection-draft.ts";
import { CompositionRow } from "#features/scene-prompts/composition-row.tsx";
import { ComposedText } from "#features/scene-prompts/composed-text.tsx";
import { useComposed } from "#features/scene-prompts/use-composed.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { uniqueKey } from "#lib/unique-key.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { SeedInput } from "#ui/seed-input.tsx";

interface Props {
  draft: CollectionDraft;
  fallback: SavedCollection | null;
  libraryIds: readonly string[];
  changes: ReadonlySet<string>;
  problems: ReadonlyMap<string, string>;
  onChange: (draft: CollectionDraft) => void;
}

/** Prompts joined under a name of their own, each with the text that it becomes. */
export function CompositionList({ draft, fallback, libraryIds, changes, problems, onChange }: Props) {
  const [seed, setSeed] = useState("");
  const preview = useComposed(draft, fallback, libraryIds, seed);
  const { prompts, compositions } = draft;
  const change = (key: string, part: Partial<DraftComposition>) =>
    onChange({ ...draft, compositions: compositions.map((each) => (each.key === key ? { ...each, ...part } : each)) });
  const add = () =>
    onChange({ ...draft, compositions: [...compositions, { key: uniqueKey(), name: "", prompts: [] }] });
  const inherited = preview.composed.filter(({ isFallback }) => isFallback);
  const draws = [...prompts, ...(fallback?.prompts ?? [])].some(({ value }) => value.includes(":*"));
  return (
    <div className="flex flex-col gap-4" aria-busy={preview.isStale}>
      <div className="flex flex-wrap gap-4">
        <Field
          label="Separator"
          help={`Between texts, in all compositions${changes.has("separator") ? " · unsaved" : ""}`}
          className="w-44"
        >
          <Input
            className="font-mono"
            maxLength={100}
            value={draft.separator}
            onChange={(event) => onChange({ ...draft, separator: event.target.value })}
          />
        </Field>
        {draws && (
          <Field label="Seed" help="Draws the entries of *" className="w-52">
            <SeedInput value={seed} onValueChange={setSeed} placeholder="0" />
          </Field>
        )}
      </div>
      {compositions.length > 0 && (
        <ul className="divide-y">
          {compositions.map((composition, index) => (
            <CompositionRow
              key={composition.key}
              composition={composition}
              prompts={prompts}
              isUnsaved={changes.has(`composition ${composition.key}`)}
              problem={problems.get(composition.key)}
              text={preview.composed[index]?.text ?? ""}
              isStale={preview.isStale}
              onChange={(part) => change(composition.key, part)}
              onRemove={() =>
                onChange({ ...draft, compositions: compositions.filter(({ key }) => key !== composition.key) })
              }
            />
          ))}
        </ul>
      )}
      <div>
        <Button needs="CREATOR" onClick={add} disabled={prompts.length === 0}>
          <Plus aria-hidden />
          Add composition
        </Button>
        {prompts.length === 0 && (
          <p className="mt-1 text-sm text-ink-3">A composition joins prompts of its own list.</p>
        )}
      </div>
      {inherited.length > 0 && (
        <section aria-label="Compositions of the branch">
          <h3 className="border-b pb-1 text-ink-2">From the branch, with the scene’s prompts</h3>
          <ul className="divide-y">
            {inherited.map(({ name, text }) => (
              <li key={name} className="py-3">
                <p className="font-mono text-ink-2">{name}</p>
                <ComposedText name={name} text={text} isStale={preview.isStale} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {preview.unknown.length > 0 && (
        <p className="flex flex-wrap items-center gap-1 text-ink-2">
          No library of the project has
          {preview.unknown.map((key) => (
            <Badge key={key} tone="warn" className="font-mono">
              {key}
            </Badge>
          ))}
        </p>
      )}
      {preview.depthExceeded && (
        <p className="text-warn">References are left, perhaps in a circle: a library’s depth was reached.</p>
      )}
      <FailureNotice failure={preview.failure} onRetry={preview.retry} />
    </div>
  );
}
