"use client";

import { useState } from "react";
import { FileThumbnail } from "#features/generate/inputs/input-file.tsx";
import type { FolderFiles } from "#features/generate/inputs/use-folder.ts";
import type { UploadState } from "#features/generate/inputs/use-uploads.ts";
import type { DroppedFile, Inputs, PerFilePrompts } from "#features/generate/workspaces/workspace.ts";
import { LazyRow } from "#ui/lazy-row.tsx";
import { Panel } from "#ui/panel.tsx";
import { Segments } from "#ui/segments.tsx";
import { Select } from "#ui/select.tsx";
import { Textarea } from "#ui/textarea.tsx";

/** An input, dropped or in the folder. */
export interface PromptedFile {
  /** How perFileParams names it. */
  key: string;
  name: string;
  /** How the server calls it. */
  storedName: string;
  dropped: DroppedFile | null;
}

export function promptedFiles({ files }: Inputs, folder: FolderFiles): PromptedFile[] {
  if (files.length === 0)
    return (folder.files ?? []).map(({ path, name }) => ({ key: path, name, storedName: name, dropped: null }));
  return files.map((file) => ({
    key: file.assetId ?? file.key,
    name: file.name,
    storedName: file.storedName ?? file.name,
    dropped: file,
  }));
}

interface PerFilePromptsTableProps {
  mode: PerFilePrompts;
  files: readonly PromptedFile[];
  uploads: Readonly<Record<string, UploadState>>;
  /** The prompts that a file may have for itself, and the text that all others get. */
  slots: readonly { key: string; label: string; text: string }[];
  texts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What is wrong with a file's prompts. */
  problemOf: (file: PromptedFile) => string | undefined;
  onModeChange: (mode: PerFilePrompts) => void;
  onTextChange: (file: string, slot: string, text: string) => void;
}

const modes: readonly { value: PerFilePrompts; label: string }[] = [
  { value: "OFF", label: "One for all" },
  { value: "OPTIONAL", label: "Per file, else the shared one" },
  { value: "REQUIRED", label: "Per file, each of its own" },
];
/** Comes with the auto-prompts that are applied. */
const autoMode = { value: "AUTO", label: "Auto-prompts" } as const;

/** A prompt for single files, beside the one for all. */
export function PerFilePromptsTable(props: PerFilePromptsTableProps) {
  const { mode, files, uploads, slots, texts, problemOf, onModeChange, onTextChange } = props;
  const [chosen, setChosen] = useState("");
  const slot = slots.find(({ key }) => key === chosen) ?? slots[0];
  if (!slot) return null;
  return (
    <Panel
      title="Prompts per file"
      actions={
        mode !== "OFF" && slots.length > 1 ? (
          <Select
            aria-label="Prompt to write per file"
            value={slot.key}
            onValueChange={setChosen}
            options={slots.map(({ key, label }) => ({ value: key, label }))}
          />
        ) : undefined
      }
    >
      <Segments
        label="Prompts per file"
        value={mode}
        onValueChange={onModeChange}
        segments={mode === "AUTO" ? [...modes, autoMode] : modes}
        className="w-fit"
      />
      {mode !== "OFF" && (
        <ul aria-label="Prompts per file" className="mt-2 divide-y border-y">
          {files.map((file, index) => {
            const problem = problemOf(file);
            return (
              <LazyRow
                key={file.key}
                estimate={81}
                startsNear={index < 10}
                className="grid grid-cols-[120px_minmax(0,1fr)] gap-3 py-2 max-sm:grid-cols-1"
              >
                <div className="flex min-w-0 items-center gap-2">
                  {file.dropped && (
                    <span className="block size-12 shrink-0">
                      <FileThumbnail file={file.dropped} upload={uploads[file.dropped.key]} className="size-full" />
                    </span>
                  )}
                  <span className="min-w-0 text-sm break-words text-ink-2">{file.name}</span>
                </div>
                <div className="min-w-0">
                  <Textarea
                    aria-label={`${slot.label} of ${file.name}`}
                    aria-invalid={problem ? true : undefined}
                    placeholder={mode === "OPTIONAL" ? slot.text : "Its own prompt"}
                    value={texts[file.key]?.[slot.key] ?? ""}
                    onChange={(event) => onTextChange(file.key, slot.key, event.target.value)}
                  />
                  {problem && <p className="text-sm text-bad">{problem}</p>}
                </div>
              </LazyRow>
            );
          })}
        </ul>
      )}
      {mode !== "OFF" && files.length === 0 && <p className="mt-2 text-ink-2">Choose files or a folder first.</p>}
    </Panel>
  );
}
