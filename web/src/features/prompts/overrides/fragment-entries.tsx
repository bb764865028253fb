"use client";

import { ArrowDown, ArrowUp, Library, Plus, X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { FragmentPicker } from "#features/prompts/overrides/fragment-picker.tsx";
import { type EntryDraft, moved } from "#features/prompts/overrides/override-drafts.ts";
import { uniqueKey } from "#lib/unique-key.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Field } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Input } from "#ui/input.tsx";

interface Props {
  slotLabel: string;
  sceneTypeId: string;
  entries: readonly EntryDraft[];
  onEntriesChange: (entries: readonly EntryDraft[]) => void;
}

/** The fragments added after the text, in order. Alt with an arrow key moves the one in focus. */
export function FragmentEntries({ slotLabel, sceneTypeId, entries, onEntriesChange }: Props) {
  const [inline, setInline] = useState("");
  const [isPicking, setIsPicking] = useState(false);
  const add = (entry: Omit<EntryDraft, "key" | "isStale">) =>
    onEntriesChange([...entries, { ...entry, key: uniqueKey(), isStale: false }]);
  const addInline = () => {
    if (!inline.trim()) return;
    add({ type: "INLINE", fragmentId: null, text: inline.trim() });
    setInline("");
  };
  const move = (index: number, by: -1 | 1) => onEntriesChange(moved(entries, index, by));
  const onKeyDown = (index: number) => (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    move(index, event.key === "ArrowUp" ? -1 : 1);
  };
  return (
    <div>
      <p className="mb-1 font-medium text-ink-2">Fragments after the text</p>
      {entries.length > 0 && (
        <ol aria-label={`Fragments of ${slotLabel}`} className="mb-2 divide-y rounded-md border">
          {entries.map((entry, index) => (
            <li key={entry.key} onKeyDown={onKeyDown(index)} className="flex items-center gap-1 py-0.5 pr-1 pl-2">
              <span className="min-w-0 grow break-words">{entry.text}</span>
              {entry.type === "FRAGMENT_REF" && (
                <Badge title="From the fragment library">
                  <Library aria-hidden />
                  Library
                </Badge>
              )}
              {entry.isStale && (
                <Badge tone="warn" title="The library's text has changed since">
                  Changed
                </Badge>
              )}
              <IconButton
                label={`Move ${entry.text} up`}
                size="iconSm"
                icon={<ArrowUp />}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              />
              <IconButton
                label={`Move ${entry.text} down`}
                size="iconSm"
                icon={<ArrowDown />}
                disabled={index === entries.length - 1}
                onClick={() => move(index, 1)}
              />
              <IconButton
                label={`Remove ${entry.text}`}
                size="iconSm"
                icon={<X />}
                onClick={() => onEntriesChange(entries.filter((each) => each.key !== entry.key))}
              />
            </li>
          ))}
        </ol>
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
        <Button onClick={() => setIsPicking(true)}>
          <Library aria-hidden />
          Library
        </Button>
      </div>
      {isPicking && (
        <FragmentPicker
          sceneTypeId={sceneTypeId}
          used={entries.flatMap((entry) => entry.fragmentId ?? [])}
          onPick={({ id, text }) => add({ type: "FRAGMENT_REF", fragmentId: id, text })}
          onClose={() => setIsPicking(false)}
        />
      )}
    </div>
  );
}
