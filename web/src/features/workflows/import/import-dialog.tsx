"use client";

import { Sparkles } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { ResultOf } from "@graphql-typed-document-node/core";
import { DryRun } from "#features/workflows/checks/dry-run.tsx";
import { MachineChecks } from "#features/workflows/checks/machine-checks.tsx";
import { ImportForm } from "#features/workflows/import/import-form.tsx";
import { ImportWorkflow } from "#features/workflows/import/import-operation.ts";
import { ImportResult } from "#features/workflows/import/import-result.tsx";
import { ImportSteps, type ImportStep } from "#features/workflows/import/import-steps.tsx";
import type { WorkflowSource } from "#features/workflows/import/workflow-file.ts";
import type { ImportWorkflowInput } from "#gql/graphql.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Link } from "#ui/link.tsx";

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

/** File in, report out; then, for those who want it, whether machines can run it and a try on one of them. */
export function ImportDialog({ initial, existingName, onClose }: ImportDialogProps) {
  const action = useAction(ImportWorkflow);
  const [input, setInput] = useState<ImportWorkflowInput | null>(null);
  const [imported, setImported] = useState<Imported | null>(null);
  const [step, setStep] = useState<ImportStep>("file");
  const send = async (next: ImportWorkflowInput) => {
    const payload = await action.run({ input: next });
    if (!payload) return;
    setInput(next);
    setImported(payload);
    setStep("found");
  };
  const actions = (next: ReactNode) =>
    imported && (
      <DialogActions>
        <Button asChild variant="quiet">
          <Link href={`/workflows/${encodeURIComponent(imported.workflow.id)}`} onClick={onClose}>
            Open workflow
          </Link>
        </Button>
        {next}
        <Button asChild variant="primary">
          <Link href={`/generate?workflow=${encodeURIComponent(imported.workflow.id)}`} onClick={onClose} autoFocus>
            <Sparkles aria-hidden />
            Generate
          </Link>
        </Button>
      </DialogActions>
    );
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={imported ? `Imported ${imported.workflow.name}` : "Import a workflow"}
      className="max-w-2xl"
    >
      <ImportSteps current={step} isImported={imported !== null} onStep={setStep} />
      {!imported || !input ? (
        <ImportForm
          initial={initial}
          {...(existingName && { existingName })}
          failure={action.failure}
          isPending={action.isPending}
          onSubmit={(next) => void send(next)}
          onCancel={onClose}
        />
      ) : (
        <>
          {step === "found" && (
            <>
              <ImportResult
                imported={imported}
                areOrphansRemoved={input.removeOrphans === true}
                failure={action.failure}
                isPending={action.isPending}
                onRemoveOrphans={() => void send({ ...input, removeOrphans: true })}
              />
              {actions(<Button onClick={() => setStep("machines")}>Check the machines</Button>)}
            </>
          )}
          {step === "machines" && (
            <>
              <MachineChecks workflowId={imported.workflow.id} />
              {actions(<Button onClick={() => setStep("dryRun")}>Next: dry run</Button>)}
            </>
          )}
          {step === "dryRun" && (
            <>
              <DryRun workflowId={imported.workflow.id} />
              {actions(null)}
            </>
          )}
        </>
      )}
    </Dialog>
  );
}
