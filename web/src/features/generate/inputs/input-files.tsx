"use client";

import { useEffect, useRef } from "react";
import { InputFile } from "#features/generate/inputs/input-file.tsx";
import type { Uploads } from "#features/generate/inputs/use-uploads.ts";
import type { DroppedFile } from "#features/generate/workspaces/workspace.ts";
import { plural } from "#lib/format.ts";
import { Button } from "#ui/button.tsx";
import { Dropzone } from "#ui/dropzone.tsx";
import { Field } from "#ui/field.tsx";

interface InputFilesProps {
  label: string;
  kind: "IMAGE" | "VIDEO";
  /** A further file takes the place of the first. */
  isSingle: boolean;
  help: string | undefined;
  error: string | undefined;
  files: readonly DroppedFile[];
  uploads: Uploads;
  /** What stands against the file at a position. */
  problemOf: (index: number) => string | undefined;
  onFilesChange: (change: (files: readonly DroppedFile[]) => readonly DroppedFile[]) => void;
}

/** The job's input files: each gives its own run, times the tries. Dropped, chosen or pasted. */
export function InputFiles(props: InputFilesProps) {
  const { label, kind, isSingle, help, error, files, uploads, problemOf, onFilesChange } = props;
  const remove = (keys: readonly string[]) => {
    uploads.forget(keys);
    onFilesChange((before) => before.filter(({ key }) => !keys.includes(key)));
  };
  const add = (chosen: File[]) => {
    const added = uploads.add(isSingle ? chosen.slice(0, 1) : chosen);
    if (isSingle) uploads.forget(files.map(({ key }) => key));
    onFilesChange((before) => (isSingle ? added : [...before, ...added]));
  };
  usePastedFiles(add);
  const [one, many] = kind === "IMAGE" ? ["an image", "images"] : ["a video", "videos"];
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={label}
        help={help}
        error={error}
        aside={
          files.length > 0 && (
            <span className="flex items-center gap-2 text-sm text-ink-3">
              {plural(files.length, "file")}
              <Button size="sm" variant="quiet" onClick={() => remove(files.map(({ key }) => key))}>
                Clear
              </Button>
            </span>
          )
        }
      >
        <Dropzone
          label={`Choose, drop or paste ${isSingle ? one : many}`}
          accept={kind === "IMAGE" ? "image/*" : "video/*"}
          isMultiple={!isSingle}
          onFiles={add}
        />
      </Field>
      {files.length > 0 && (
        <ul aria-label="Input files" className="grid grid-cols-[repeat(auto-fill,minmax(104px,1fr))] gap-2">
          {files.map((file, index) => (
            <InputFile
              key={file.key}
              file={file}
              upload={uploads.states[file.key]}
              problem={problemOf(index)}
              onRemove={() => remove([file.key])}
              onRetry={() => uploads.retry(file.key)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

/** Files in the clipboard go to the page's inputs, wherever the focus is; text goes where it always goes. */
function usePastedFiles(onFiles: (files: File[]) => void): void {
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  });
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0 || document.querySelector("[role=dialog]")) return;
      event.preventDefault();
      latest.current(files);
    };
    window.addEventListener("paste", paste);
    return () => window.removeEventListener("paste", paste);
  }, []);
}
