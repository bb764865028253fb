"use client";

import { useState } from "react";
import type { ResultOf } from "@graphql-typed-document-node/core";
import { ImportForm } from "#features/workflows/import-form.tsx";
import { ImportWorkflow } from "#features/workflows/import-operation.ts";
import { ImportResult } from "#features/workflows/import-result.tsx";
import type { WorkflowSource } from "#features/workflows/workflow-file.ts";
import type { ImportWorkflowInput } from "#gql/graphql.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { Dialog } from "#ui/dialog.tsx";

type Imported = Extract<
  NonNullable<ResultOf<typeof ImportWorkflow>["importWorkflow"]>,
  { __typename: "ImportWorkflowPayload" }
>;

interface ImportDialogProps {
  initial: WorkflowSource;
  /** A re-import of this workflow: its name stays. */
  existingName?: string;
  onClose: () => void;
}

/** File or text in, report out. */
export function ImportDialog({ initial, existingName, onClose }: ImportDialogProps) {
  const action = useAction(ImportWorkflow);
  const [input, setInput] = useState<ImportWorkflowInput | null>(null);
  const [imported, setImported] = useState<Imported | null>(null);
  const send = async (next: ImportWorkflowInput) => {
    setInput(next);
    const payload = await action.run({ input: next });
    if (payload) setImported(payload);
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={imported ? `Imported ${imported.workflow.name}` : "Import a workflow"}
      className="max-w-2xl"
    >
      {imported && input ? (
        <ImportResult
          imported={imported}
          failure={action.failure}
          isPending={action.isPending}
          onRemoveOrphans={() => void send({ ...input, removeOrphans: true })}
          onClose={onClose}
        />
      ) : (
        <ImportForm
          initial={initial}
          {...(existingName && { existingName })}
          failure={action.failure}
          isPending={action.isPending}
          onSubmit={(next) => void send(next)}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}
