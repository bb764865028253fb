"use client";

import type { ResultOf } from "@graphql-typed-document-node/core";
import { CircleAlert } from "lucide-react";
import type { AutoPromptUpdated } from "#features/generate/auto-prompts/auto-prompt-operations.ts";
import { captionOf, promptsOf, type WrittenText } from "#features/generate/auto-prompts/written-texts.ts";
import type { AutoPromptDraft } from "#features/generate/workspaces/workspace.ts";
import type { AutoPromptItemStatus } from "#gql/graphql.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { Textarea } from "#ui/textarea.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

type AutoPromptItem = ResultOf<typeof AutoPromptUpdated>["autoPromptUpdated"]["items"][number];

interface AutoPromptRowProps {
  item: AutoPromptItem;
  edits: AutoPromptDraft["edits"];
  /** Its prompt is written too, not the description alone. */
  hasPrompts: boolean;
  onEdit: (field: string, text: string) => void;
}

const captionWords: Partial<Record<AutoPromptItemStatus, string>> = {
  PENDING: "Waits for its turn",
  CAPTIONING: "Is being described …",
};
const promptWords: Partial<Record<AutoPromptItemStatus, string>> = {
  PENDING: "Waits for its turn",
  CAPTIONING: "Waits for the description",
  WRITING: "Is being written …",
};

/** A picture with its description and its prompts, which people may change. */
export function AutoPromptRow({ item, edits, hasPrompts, onEdit }: AutoPromptRowProps) {
  const picture = toPicture(item.asset);
  const caption = captionOf(item, edits);
  const prompts = promptsOf(item, edits);
  const nothing = item.status === "CANCELED" ? "Canceled" : "Nothing was written";
  return (
    <div className="grid grid-cols-[96px_minmax(0,1fr)] gap-3 py-3 max-sm:grid-cols-1">
      <div className="flex min-w-0 flex-col gap-1 max-sm:flex-row max-sm:items-center max-sm:gap-2">
        <Thumbnail picture={picture} className="aspect-square w-full max-sm:w-16" />
        <span className="min-w-0 text-sm break-words text-ink-2">{picture.name}</span>
      </div>
      <div className="flex min-w-0 flex-col gap-2">
        <div className="grid items-start gap-3 md:grid-cols-2">
          {caption.text !== "" || item.caption != null ? (
            <EditedText written={caption} name={picture.name} onEdit={onEdit} />
          ) : (
            <Waiting label={caption.label} words={captionWords[item.status] ?? nothing} />
          )}
          {hasPrompts && (
            <div className="flex min-w-0 flex-col gap-2">
              {prompts.map((written) => (
                <EditedText key={written.field} written={written} name={picture.name} onEdit={onEdit} />
              ))}
              {prompts.length === 0 && <Waiting label="Prompt" words={promptWords[item.status] ?? nothing} />}
            </div>
          )}
        </div>
        {item.error && (
          <p role="alert" className="flex items-start gap-1 text-sm text-bad">
            <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
            <span className="min-w-0 break-words">
              {item.error.message}
              {item.error.hint && <span className="block text-ink-2">{item.error.hint}</span>}
            </span>
          </p>
        )}
      </div>
    </div>
  );
}

interface EditedTextProps {
  written: WrittenText;
  name: string;
  onEdit: (field: string, text: string) => void;
}

function EditedText({ written: { field, label, text }, name, onEdit }: EditedTextProps) {
  return (
    <label className="flex min-w-0 flex-col gap-1">
      <span className="text-sm font-medium text-ink-2">{label}</span>
      <Textarea
        aria-label={`${label} of ${name}`}
        className="text-base leading-5"
        value={text}
        onChange={(event) => onEdit(field, event.target.value)}
      />
    </label>
  );
}

function Waiting({ label, words }: { label: string; words: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="text-sm font-medium text-ink-2">{label}</span>
      <p className="min-h-16 rounded-md border border-dashed px-2.5 py-1.5 text-ink-3">{words}</p>
    </div>
  );
}
