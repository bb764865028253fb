"use client";

import { DirectoryField } from "#features/generate/inputs/directory-field.tsx";
import { InputFiles } from "#features/generate/inputs/input-files.tsx";
import type { FolderFiles } from "#features/generate/inputs/use-folder.ts";
import type { Uploads } from "#features/generate/inputs/use-uploads.ts";
import type { Inputs } from "#features/generate/workspaces/workspace.ts";
import { plural } from "#lib/format.ts";

interface InputsSectionProps {
  workflowId: string;
  kind: "IMAGE" | "VIDEO";
  label: string;
  help: string | undefined;
  /** One file at most, and no folder. */
  isSingle: boolean;
  inputs: Inputs;
  folder: FolderFiles;
  uploads: Uploads;
  errorAt: (field: string) => string | undefined;
  onInputsChange: (change: (inputs: Inputs) => Partial<Inputs>) => void;
}

/** Where the runs' files come from, and what will be submitted of them. */
export function InputsSection(props: InputsSectionProps) {
  const { workflowId, kind, label, help, isSingle, inputs, folder, uploads, errorAt } = props;
  const { files } = inputs;
  const directory = isSingle ? "" : inputs.directory;
  const isDropped = files.length > 0;
  const folderError =
    folder.failure?.message ?? (folder.matchCount === 0 ? "No file in it is one that this workflow takes" : undefined);
  return (
    <section aria-label="Inputs" className="flex flex-col gap-3">
      <InputFiles
        label={label}
        kind={kind}
        isSingle={isSingle}
        help={help}
        error={errorAt("inputs")}
        files={files}
        uploads={uploads}
        problemOf={(index) => errorAt(`inputs.${uploadedBefore(files, index)}`)}
        onFilesChange={(change) => props.onInputsChange((before) => ({ files: change(before.files) }))}
      />
      {!isSingle && (
        <DirectoryField
          directory={directory}
          workflowId={workflowId}
          isDisabled={isDropped}
          error={folderError ?? errorAt("directory")}
          onDirectoryChange={(next) => props.onInputsChange(() => ({ directory: next }))}
        />
      )}
      <p role="status" className="text-ink-2">
        {whatIsSubmitted(files, directory, folder.matchCount, kind)}
      </p>
    </section>
  );
}

/** The place in the submission of the file at this place on the page: only what is uploaded goes along. */
function uploadedBefore(files: Inputs["files"], index: number): number {
  return files.slice(0, index).filter(({ assetId }) => assetId).length;
}

function whatIsSubmitted(
  files: Inputs["files"],
  directory: string,
  matchCount: number | null,
  kind: "IMAGE" | "VIDEO",
): string {
  if (files.length > 0) {
    const waits = directory ? " The folder waits until they are cleared." : "";
    return `Submits the ${files.length === 1 ? "dropped file" : plural(files.length, "dropped file")}.${waits}`;
  }
  if (directory) {
    if (matchCount === null) return "Submits every matching file of the folder.";
    return matchCount === 0
      ? "The folder gives nothing to submit."
      : `Submits ${plural(matchCount, "file")} of the folder.`;
  }
  return `No file chosen: runs with the workflow's own ${kind === "IMAGE" ? "image" : "video"}.`;
}
