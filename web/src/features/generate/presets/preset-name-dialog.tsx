"use client";

import { type FormEvent, useState } from "react";
import type { OwnPreset } from "#features/generate/presets/preset.ts";
import { type Failure, issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";

interface PresetNameDialogProps {
  title: string;
  name?: string;
  isPending: boolean;
  failure: Failure | null;
  /** Saving under one of these is saving over it. */
  takenNames: readonly string[];
  /** Prompt presets that settings may bring along. */
  prompts: readonly OwnPreset[];
  promptPresetId: string;
  onSave: (kept: { name: string; promptPresetId: string; overwrite: boolean }) => Promise<void>;
  onClose: () => void;
}

export function PresetNameDialog(props: PresetNameDialogProps) {
  const { title, isPending, failure, takenNames, prompts, onSave, onClose } = props;
  const [name, setName] = useState(props.name ?? "");
  const [promptPresetId, setPromptPresetId] = useState(
    prompts.some(({ id }) => id === props.promptPresetId) ? props.promptPresetId : "",
  );
  const overwrite = takenNames.includes(name.trim());
  const save = (event: FormEvent) => {
    event.preventDefault();
    // The dialog stands inside the page's own form as far as events go.
    event.stopPropagation();
    void onSave({ name: name.trim(), promptPresetId, overwrite });
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={title} className="max-w-md">
      <form onSubmit={save} onKeyDown={(event) => event.stopPropagation()} className="flex flex-col gap-4">
        <Field
          label="Name"
          help={overwrite ? "A preset of this name exists: it will be replaced." : undefined}
          error={issueFor(failure, "name")}
        >
          <Input required autoFocus maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        {prompts.length > 0 && (
          <Field label="Prompts that come with it" error={issueFor(failure, "promptPresetId")}>
            <Select
              value={promptPresetId}
              onValueChange={setPromptPresetId}
              options={[{ value: "", label: "None" }, ...prompts.map(({ id, name: label }) => ({ value: id, label }))]}
            />
          </Field>
        )}
        <FailureNotice failure={failure} shownFields={["name", "promptPresetId"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            {overwrite ? "Save over it" : props.name === undefined ? "Save" : "Rename"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
