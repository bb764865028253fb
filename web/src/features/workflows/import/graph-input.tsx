"use client";

import { FileImage, X } from "lucide-react";
import { useState } from "react";
import { acceptedFiles, type WorkflowSource } from "#features/workflows/import/workflow-file.ts";
import { formatBytes } from "#lib/format.ts";
import { Button } from "#ui/button.tsx";
import { Dropzone } from "#ui/dropzone.tsx";
import { Field } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Textarea } from "#ui/textarea.tsx";

interface GraphInputProps {
  source: WorkflowSource;
  isInvalid: boolean;
  onFile: (file: File) => void;
  onSourceChange: (source: WorkflowSource) => void;
}

const previewLength = 4_000;

/** A file or a pasted text. Of a long text only the beginning is shown: a field of megabytes would hold up the page. */
export function GraphInput({ source, isInvalid, onFile, onSourceChange }: GraphInputProps) {
  const { media, text, name } = source;
  const isLong = text.length > previewLength;
  const clear = () => onSourceChange({ name, text: "" });
  return (
    <div className="flex flex-col gap-3">
      <Dropzone
        label="Choose a file or drop it here"
        accept={acceptedFiles}
        onFiles={([file]) => {
          if (file) onFile(file);
        }}
      >
        <span className="text-sm text-ink-3">JSON, YAML, or a PNG, WebP or MP4 that ComfyUI saved</span>
      </Dropzone>
      {media ? (
        <MediaFile key={`${media.name} ${media.lastModified}`} file={media} onRemove={clear} />
      ) : (
        <Field
          label="Graph"
          aside={
            text && (
              <span className="flex items-center gap-2 text-sm text-ink-3">
                {formatBytes(new Blob([text]).size)}
                {isLong && (
                  <Button size="sm" variant="quiet" onClick={clear}>
                    Clear the graph
                  </Button>
                )}
              </span>
            )
          }
          help="In ComfyUI: Workflow, Export (API)."
        >
          <Textarea
            spellCheck={false}
            readOnly={isLong}
            {...(isInvalid && { "aria-invalid": true })}
            className="max-h-56 min-h-24 font-mono text-sm"
            placeholder="…or paste the JSON or YAML here"
            value={isLong ? `${text.slice(0, previewLength)}\n…` : text}
            onChange={(event) => onSourceChange({ name, text: event.target.value })}
          />
        </Field>
      )}
    </div>
  );
}

function MediaFile({ file, onRemove }: { file: File; onRemove: () => void }) {
  const [url] = useState(() => (file.type.startsWith("image/") ? URL.createObjectURL(file) : null));
  const release = () => {
    if (url) URL.revokeObjectURL(url);
  };
  return (
    <div className="flex items-center gap-3">
      {url ? (
        <img
          src={url}
          alt=""
          onLoad={release}
          onError={release}
          className="size-16 rounded-md bg-sunken object-cover"
        />
      ) : (
        <span className="grid size-16 place-items-center rounded-md bg-sunken text-ink-3">
          <FileImage aria-hidden className="size-5" />
        </span>
      )}
      <p className="min-w-0 grow">
        <span className="block truncate font-medium">{file.name}</span>
        <span className="text-sm text-ink-3">{`${formatBytes(file.size)} · the graph inside it is imported`}</span>
      </p>
      <IconButton label={`Remove ${file.name}`} icon={<X />} onClick={onRemove} />
    </div>
  );
}
