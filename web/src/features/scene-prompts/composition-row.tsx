import { Trash2, X } from "lucide-react";
import { useState } from "react";
import type { DraftComposition, DraftPrompt } from "#features/scene-prompts/collection-draft.ts";
import { ComposedText } from "#features/scene-prompts/composed-text.tsx";
import { Badge } from "#ui/badge.tsx";
import { Field } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Input } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";
import { SortableItem, SortableList, withMoved } from "#ui/sortable.tsx";

interface Props {
  composition: DraftComposition;
  prompts: readonly DraftPrompt[];
  isUnsaved: boolean;
  problem: string | undefined;
  text: string;
  isStale: boolean;
  onChange: (part: Partial<DraftComposition>) => void;
  onRemove: () => void;
}

/** One composition: its name, its prompts in their order, and what they become. */
export function CompositionRow({ composition, prompts, isUnsaved, problem, text, isStale, onChange, onRemove }: Props) {
  const [isNew] = useState(composition.name === "");
  const name = composition.name.trim() || "new composition";
  const nameOf = (key: string) => prompts.find((each) => each.key === key)?.name || "unnamed";
  // One prompt may come several times: each place has an id of its own.
  const places = composition.prompts.map((key, index) => ({ id: `${index} ${key}`, key }));
  return (
    <li className="flex flex-col gap-2 py-4 first:pt-0">
      <div className="flex items-start gap-2">
        <Field label={`Name of ${name}`} hideLabel error={problem} className="w-52 max-w-full min-w-0 shrink">
          <Input
            className="font-mono"
            placeholder="name"
            autoFocus={isNew}
            value={composition.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </Field>
        <span className="flex min-h-8 grow items-center">{isUnsaved && <Badge tone="live">Unsaved</Badge>}</span>
        <IconButton needs="CREATOR" label={`Remove ${name}`} icon={<Trash2 />} onClick={onRemove} />
      </div>
      {places.length > 0 && (
        <SortableList
          label={`Prompts of ${name}`}
          isGrid
          ids={places.map(({ id }) => id)}
          nameOf={(id) => nameOf(id.slice(id.indexOf(" ") + 1))}
          onMove={(from, to) => onChange({ prompts: withMoved(composition.prompts, from, to) })}
          className="flex flex-wrap gap-1.5"
        >
          {places.map(({ id, key }, index) => (
            <SortableItem
              key={id}
              id={id}
              name={`${nameOf(key)} in ${name}`}
              className="flex max-w-full items-center rounded-md border bg-surface"
            >
              <span className="min-w-0 font-mono text-sm break-words">{nameOf(key)}</span>
              <IconButton
                needs="CREATOR"
                label={`Take ${nameOf(key)} out of ${name}`}
                size="iconSm"
                icon={<X />}
                onClick={() => onChange({ prompts: composition.prompts.toSpliced(index, 1) })}
              />
            </SortableItem>
          ))}
        </SortableList>
      )}
      <Select
        aria-label={`Add a prompt to ${name}`}
        className="w-52 max-w-full"
        value=""
        onValueChange={(key) => key && onChange({ prompts: [...composition.prompts, key] })}
        options={[
          { value: "", label: "Add a prompt…" },
          ...prompts.map(({ key, name: label }) => ({ value: key, label: label || "unnamed" })),
        ]}
      />
      <ComposedText name={name} text={text} isStale={isStale} />
    </li>
  );
}
