"use client";

import { RotateCcw, X } from "lucide-react";
import type { InputFile } from "#features/generate/use-input-files.ts";
import { plural } from "#lib/format.ts";
import { Button } from "#ui/button.tsx";
import { Dropzone } from "#ui/dropzone.tsx";
import { Field } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Progress } from "#ui/progress.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

interface InputFilesProps {
  label: string;
  kind: "IMAGE" | "VIDEO";
  help: string | undefined;
  error: string | undefined;
  files: readonly InputFile[];
  onAdd: (files: File[]) => void;
  onRemove: (key: string) => void;
  onRetry: (key: string) => void;
  onClear: () => void;
}

/** The job's input files: each gives its own run, times the tries. */
export function InputFiles({ label, kind, help, error, files, onAdd, onRemove, onRetry, onClear }: InputFilesProps) {
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
              <Button size="sm" variant="quiet" onClick={onClear}>
                Clear
              </Button>
            </span>
          )
        }
      >
        <Dropzone
          label={kind === "IMAGE" ? "Choose or drop images" : "Choose or drop videos"}
          accept={kind === "IMAGE" ? "image/*" : "video/*"}
          isMultiple
          onFiles={onAdd}
        />
      </Field>
      {files.length > 0 && (
        <ul aria-label="Input files" className="grid grid-cols-[repeat(auto-fill,minmax(104px,1fr))] gap-2">
          {files.map((file) => (
            <li key={file.key} className="min-w-0">
              <div className="relative aspect-square rounded-sm bg-sunken">
                {file.picture && <Thumbnail picture={file.picture} className="size-full" />}
                <span className="absolute top-1 right-1 rounded-md bg-surface">
                  <IconButton
                    label={`Remove ${file.name}`}
                    size="iconSm"
                    icon={<X />}
                    onClick={() => onRemove(file.key)}
                  />
                </span>
                {file.failure && (
                  <div
                    className="absolute inset-0 grid place-items-center p-1 text-center text-sm text-bad"
                    role="alert"
                  >
                    <span className="line-clamp-3">{file.failure.message}</span>
                    <Button size="sm" onClick={() => onRetry(file.key)}>
                      <RotateCcw aria-hidden />
                      Again
                    </Button>
                  </div>
                )}
              </div>
              {!file.picture && !file.failure && <Progress label={`Upload of ${file.name}`} value={file.progress} />}
              <p className="truncate text-sm text-ink-2" title={file.name}>
                {file.name}
              </p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
