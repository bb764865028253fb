"use client";

import { X } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import type { Failure } from "#lib/graphql/failure.ts";
import { useUnsavedGuard } from "#lib/hooks/use-unsaved-guard.ts";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

interface Props {
  tags: readonly string[];
  isReadOnly: boolean;
  /** Saves all tags. */
  onChange: (tags: string[]) => Promise<{ failure: Failure | null }>;
}

/** Status tags: Enter or a comma adds what was written, Backspace in the empty field takes the last one away. */
export function TagInput({ tags, isReadOnly, onChange }: Props) {
  const [text, setText] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);
  /** As they were just changed, until the server has them: the next change goes on from here, and after it. */
  const [changed, setChanged] = useState<readonly string[] | null>(null);
  const saving = useRef<Promise<unknown>>(Promise.resolve());
  const shown = changed ?? tags;
  useUnsavedGuard(text.trim() !== "");
  const save = async (next: string[]) => {
    setChanged(next);
    const before = saving.current;
    const send = async () => {
      await before;
      return onChange(next);
    };
    const saved = send();
    saving.current = saved;
    const { failure: refused } = await saved;
    setFailure(refused);
    if (saving.current === saved) setChanged(null);
    return refused === null;
  };
  const add = async () => {
    const written = text.split(",").flatMap((each) => each.trim().toLowerCase() || []);
    const news = written.filter((tag) => !shown.includes(tag));
    if (news.length === 0) setText("");
    else if (await save([...shown, ...news])) setText("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" || event.key === ",") {
      event.preventDefault();
      void add();
    } else if (event.key === "Backspace" && text === "" && shown.length > 0) {
      void save(shown.slice(0, -1));
    }
  };
  return (
    <Field
      label="Status tags"
      error={failure ? (failure.issues[0]?.message ?? failure.message) : undefined}
      {...(!isReadOnly && { help: "Such as muddy or torn; Enter adds one." })}
    >
      {shown.length > 0 && (
        <ul aria-label="Status tags" className="flex flex-wrap gap-1">
          {shown.map((tag) => (
            <li
              key={tag}
              className="flex h-6 max-w-full items-center gap-1 rounded-full border border-line-strong pr-1 pl-2.5 max-lg:h-8"
            >
              <span className="truncate">{tag}</span>
              {!isReadOnly && (
                <button
                  type="button"
                  aria-label={`Remove the tag ${tag}`}
                  className="grid size-5 place-items-center rounded-full text-ink-3 hover:bg-hover hover:text-ink max-lg:size-7"
                  onClick={() => void save(shown.filter((each) => each !== tag))}
                >
                  <X aria-hidden className="size-3.5" />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Input
        value={text}
        readOnly={isReadOnly}
        placeholder={isReadOnly ? "" : "Add a tag"}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => void add()}
      />
    </Field>
  );
}
