"use client";

import { FileJson } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import { toast } from "#ui/toast.tsx";
import { readWorkflowFile, type WorkflowSource } from "#features/workflows/import/workflow-file.ts";

/** Loaded with the first file: the page that takes it is about something else. */
const ImportDialog = dynamic(async () => (await import("#features/workflows/import/import-dialog.tsx")).ImportDialog);

/**
 * Takes a workflow file dropped anywhere on the page and opens the import with it.
 * @param existingName the workflow that it becomes a version of; a new one unless given
 */
export function WorkflowDropTarget({ existingName }: { existingName?: string }) {
  const [isOver, setIsOver] = useState(false);
  const [source, setSource] = useState<WorkflowSource | null>(null);
  const depth = useRef(0);

  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth.current += 1;
      setIsOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth.current = Math.max(0, depth.current - 1);
      if (depth.current === 0) setIsOver(false);
    };
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      // A field below the pointer takes the files itself.
      setIsOver(!(event.target instanceof Element && event.target.closest("[data-takes-files]")));
    };
    const drop = (event: DragEvent) => {
      depth.current = 0;
      setIsOver(false);
      const file = event.dataTransfer?.files[0];
      if (!file || event.defaultPrevented) return;
      event.preventDefault();
      readWorkflowFile(file).then(setSource, (error: Error) => toast.error(error.message));
    };
    window.addEventListener("dragenter", enter);
    window.addEventListener("dragleave", leave);
    window.addEventListener("dragover", over);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragenter", enter);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("dragover", over);
      window.removeEventListener("drop", drop);
    };
  }, []);

  return (
    <>
      {isOver && (
        <div className="pointer-events-none fixed inset-0 z-50 grid animate-fade place-items-center bg-scrim p-4">
          <p className="flex items-center gap-2 rounded-lg border-2 border-dashed border-accent bg-surface px-6 py-5 text-lg font-medium">
            <FileJson aria-hidden className="size-5 text-accent-ink" />
            Drop the workflow to import it
          </p>
        </div>
      )}
      {source && (
        <ImportDialog initial={source} {...(existingName && { existingName })} onClose={() => setSource(null)} />
      )}
    </>
  );
}
