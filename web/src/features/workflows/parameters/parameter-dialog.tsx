"use client";

import { type FormEvent, useState } from "react";
import { BindingRows } from "#features/workflows/parameters/binding-rows.tsx";
import {
  changesBetween,
  draftOf,
  emptyDraft,
  type ParameterDraft,
  wrongNumbers,
} from "#features/workflows/parameters/parameter-draft.ts";
import type { Parameter } from "#features/workflows/parameters/parameter-fields.ts";
import { FormHints } from "#features/workflows/parameters/form-hints.tsx";
import { AddWorkflowParameter, UpdateWorkflowParameter } from "#features/workflows/parameters/parameter-operations.ts";
import { ValueFields } from "#features/workflows/parameters/value-fields.tsx";
import { issueFor, pathOf } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

interface ParameterDialogProps {
  workflowId: string;
  /** Null for a new one. */
  parameter: Parameter | null;
  others: readonly Parameter[];
  onClose: () => void;
}

const ownFields = /^(key|label|type|category|default|min|max|step|options|bindings\.\d+|ui\.\w+)$/;

/** Everything about one parameter; what is not touched stays as the graph has it. */
export function ParameterDialog({ workflowId, parameter, others, onClose }: ParameterDialogProps) {
  const [before] = useState(() => (parameter ? draftOf(parameter) : emptyDraft));
  const [draft, setDraft] = useState<ParameterDraft>(before);
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const set = (part: Partial<ParameterDraft>) => setDraft((current) => ({ ...current, ...part }));
  const update = useAction(UpdateWorkflowParameter);
  const add = useAction(AddWorkflowParameter);
  const failure = update.failure ?? add.failure;
  const errorFor = (field: string) => (wrong.includes(field) ? "Must be a number." : issueFor(failure, field));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const notNumbers = wrongNumbers(draft);
    setWrong(notNumbers);
    if (notNumbers.length > 0) return;
    const changes = changesBetween(before, draft);
    if (parameter) {
      if (Object.keys(changes).length === 0) return onClose();
      if (await update.run({ input: { ...changes, workflowId, key: parameter.key } })) onClose();
      return;
    }
    const { label, ...rest } = changes;
    const input = { ...rest, ...(label && { label }), workflowId, key: draft.key.trim(), type: draft.type };
    if (await add.run({ input: { ...input, bindings: changes.bindings ?? [] } })) onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={parameter ? `Edit ${parameter.label}` : "Add a parameter"}
      className="max-w-2xl"
    >
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          {parameter === null && (
            <Field label="Key" help="Its name in params of a submit" error={errorFor("key")}>
              <Input
                className="font-mono"
                value={draft.key}
                placeholder="style_strength"
                onChange={(event) => set({ key: event.target.value })}
              />
            </Field>
          )}
          <Field label="Label" error={errorFor("label")} className={parameter ? "sm:col-span-2" : ""}>
            <Input
              value={draft.label}
              placeholder={parameter ? undefined : "Made of the key"}
              onChange={(event) => set({ label: event.target.value })}
            />
          </Field>
        </div>
        <ValueFields draft={draft} errorFor={errorFor} onChange={set} />
        <fieldset>
          <legend className="mb-1 font-medium text-ink-2">Goes to</legend>
          <BindingRows
            workflowId={workflowId}
            value={draft.bindings}
            errorAt={(index) =>
              failure?.issues.find((issue) => pathOf(issue).startsWith(`bindings.${index}`))?.message ??
              (index === 0 ? errorFor("bindings") : undefined)
            }
            onValueChange={(bindings) => set({ bindings })}
          />
        </fieldset>
        <FormHints draft={draft} others={others} errorFor={errorFor} onChange={set} />
        <FailureNotice
          failure={failure}
          shownFields={failure?.issues.map(pathOf).filter((path) => ownFields.test(path)) ?? []}
        />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={update.isPending || add.isPending}>
            {parameter ? "Save parameter" : "Add parameter"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
