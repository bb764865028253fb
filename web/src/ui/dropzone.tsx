"use client";

import { Upload } from "lucide-react";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { cn } from "#lib/cn.ts";
import { type Need, useRefused } from "#ui/access.ts";
import { useFieldProps } from "#ui/field.tsx";

interface DropzoneProps {
  label: string;
  /** As in an input's accept attribute. */
  accept: string;
  isMultiple?: boolean;
  /** The role that it needs. */
  needs?: Need;
  onFiles: (files: File[]) => void;
  children?: ReactNode;
  className?: string;
}

/** A button that opens the file chooser and takes dropped files as well. */
export function Dropzone({ label, accept, isMultiple = false, needs, onFiles, children, className }: DropzoneProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const refusal = useRefused(needs);
  const field = useFieldProps();
  const drop = (event: DragEvent) => {
    // The page's own drop target sees the event too, and that it has been taken.
    event.preventDefault();
    setIsOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length > 0) onFiles(isMultiple ? files : files.slice(0, 1));
  };
  if (refusal !== null) return <p className="text-ink-3">{refusal}.</p>;
  return (
    <>
      <button
        type="button"
        data-takes-files
        {...field}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
        className={cn(
          "flex min-h-16 w-full flex-col items-center justify-center gap-1 rounded-md border border-dashed border-field-line px-3 py-3 text-center text-ink-2 transition-colors hover:border-ink-3 hover:text-ink",
          isOver && "border-accent bg-accent-soft text-ink",
          className,
        )}
      >
        <span className="flex items-center gap-2">
          <Upload aria-hidden className="size-4 shrink-0" />
          {label}
        </span>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        tabIndex={-1}
        className="sr-only"
        aria-hidden
        accept={accept}
        multiple={isMultiple}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
