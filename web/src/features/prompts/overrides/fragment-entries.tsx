"use client";

import { Library, Plus } from "lucide-react";
import { useState } from "react";
import { FragmentEntry } from "#features/prompts/overrides/fragment-entry.tsx";
import { FragmentPicker } from "#features/prompts/overrides/fragment-picker.tsx";
import { type EntryDraft, inlineEntry, libraryEntry, refreshed } from "#features/prompts/overrides/override-drafts.ts";
import { Button } from "#ui/button.tsx";
import { Field } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Input } from "#ui/input.tsx";
import { SortableList, withMoved } from "#ui/sortable.tsx";

interface Props {
  slotLabel: string;
  sceneTypeId: string;
  entries: readonly EntryDraft[];
  onEntriesChange: (entries: readonly EntryDraft[]) => void;
}

/** The fragments added after the text, in order. */
export function FragmentEntries({ slotLabel, sceneTypeId, entries, onEntriesChange }: Props) {
  const [inline, setInline] = useState("");
  const [isPicking, setIsPicking] = useState(false);
  const add = (entry: EntryDraft) => onEntriesChange([...entries, entry]);
  const addInline = () => {
    if (!inline.trim()) return;
    add(inlineEntry(inline.trim()));
    setInline("");
  };
  return (
    <div>
      <p className="mb-1 font-medium text-ink-2">Fragments after the text</p>
      {entries.length > 0 && (
        <SortableList
          label={`Fragments of ${slotLabel}`}
          ids={entries.map(({ key }) => key)}
          nameOf={(id) => entries.find(({ key }) => key === id)?.text ?? "the fragment"}
          onMove={(from, to) => onEntriesChange(withMoved(entries, from, to))}
          className="mb-2 divide-y rounded-md border"
        >
          {entries.map((entry) => (
            <FragmentEntry
              key={entry.key}
              entry={entry}
              onRemove={() => onEntriesChange(entries.filter(({ key }) => key !== entry.key))}
              onRefresh={() =>
                onEntriesChange(entries.map((each) => (each.key === entry.key ? refreshed(each) : each)))
              }
            />
          ))}
        </SortableList>
      )}
      <div className="flex items-end gap-2">
        <Field label={`New fragment for ${slotLabel}`} hideLabel className="grow">
          <Input
            value={inline}
            placeholder="Write one here"
            onChange={(event) => setInline(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              addInline();
            }}
          />
        </Field>
        <IconButton
          label="Add this text"
          variant="secondary"
          icon={<Plus />}
          disabled={!inline.trim()}
          onClick={addInline}
        />
        <Button needs="CREATOR" onClick={() => setIsPicking(true)}>
          <Library aria-hidden />
          Library
        </Button>
      </div>
      {isPicking && (
        <FragmentPicker
          sceneTypeId={sceneTypeId}
          used={entries.flatMap((entry) => entry.fragmentId ?? [])}
          onPick={(fragment) => add(libraryEntry(fragment))}
          onClose={() => setIsPicking(false)}
        />
      )}
    </div>
  );
}
