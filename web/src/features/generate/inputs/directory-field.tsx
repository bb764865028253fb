"use client";

import { Folder, X } from "lucide-react";
import { useState } from "react";
import { DirectoryDialog } from "#features/generate/inputs/directory-dialog.tsx";
import { Button } from "#ui/button.tsx";
import { Field } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Input } from "#ui/input.tsx";

interface DirectoryFieldProps {
  directory: string;
  workflowId: string;
  /** Files were dropped: the folder waits. */
  isDisabled: boolean;
  error: string | undefined;
  onDirectoryChange: (directory: string) => void;
}

/** A folder of the server as the source of inputs. */
export function DirectoryField({ directory, workflowId, isDisabled, error, onDirectoryChange }: DirectoryFieldProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Field
        label="Folder of the server"
        help={isDisabled ? "Waits while files are dropped; clear them to take the folder." : undefined}
        error={isDisabled ? undefined : error}
      >
        <div className="flex gap-1">
          <Input
            className="font-mono"
            placeholder="Every matching file in it"
            spellCheck={false}
            disabled={isDisabled}
            value={directory}
            onChange={(event) => onDirectoryChange(event.target.value)}
          />
          {directory && (
            <IconButton
              label="Take no folder"
              icon={<X />}
              disabled={isDisabled}
              onClick={() => onDirectoryChange("")}
            />
          )}
          <Button disabled={isDisabled} onClick={() => setIsOpen(true)}>
            <Folder aria-hidden />
            {error && !isDisabled ? "Choose another" : "Browse"}
          </Button>
        </div>
      </Field>
      {isOpen && (
        <DirectoryDialog
          start={directory}
          workflowId={workflowId}
          onChoose={(path) => {
            onDirectoryChange(path);
            setIsOpen(false);
          }}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}
