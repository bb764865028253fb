import type { ResultOf } from "@graphql-typed-document-node/core";
import { Sparkles } from "lucide-react";
import Link from "next/link";
import { ImportReport } from "#features/workflows/import-report.tsx";
import type { ImportWorkflow } from "#features/workflows/import-operation.ts";
import { SlotSummary } from "#features/workflows/slot-summary.tsx";
import { plural, sentence } from "#lib/format.ts";
import type { Failure } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { DialogActions } from "#ui/dialog.tsx";
import { Notice } from "#ui/notice.tsx";

interface ImportResultProps {
  imported: Extract<
    NonNullable<ResultOf<typeof ImportWorkflow>["importWorkflow"]>,
    { __typename: "ImportWorkflowPayload" }
  >;
  failure: Failure | null;
  isPending: boolean;
  onRemoveOrphans: () => void;
  onClose: () => void;
}

/** What the import found, and the two places to go from here. */
export function ImportResult({ imported, failure, isPending, onRemoveOrphans, onClose }: ImportResultProps) {
  const { workflow, version, isNewVersion, report } = imported;
  return (
    <div className="flex flex-col gap-4">
      {!isNewVersion && (
        <Notice tone="info" title={`Nothing changed: version ${version.number} already has this content.`} />
      )}
      {workflow.duplicateOf && (
        <Notice tone="warn" title={`The graph is the same as that of ${workflow.duplicateOf.name}.`} />
      )}
      <ImportReport report={report} isPending={isPending} onRemoveOrphans={onRemoveOrphans} />
      <section>
        <h3 className="mb-1 font-medium text-ink-2">{plural(workflow.promptSlots.length, "prompt slot")}</h3>
        <ul className="divide-y border-y">
          {workflow.promptSlots.map((slot) => (
            <li key={slot.id} className="py-2">
              <SlotSummary slot={slot} />
            </li>
          ))}
        </ul>
        {workflow.promptSlots.length === 0 && (
          <p className="text-ink-2">The graph has no text encoder, so there is no prompt to write.</p>
        )}
      </section>
      <section>
        <h3 className="mb-1 font-medium text-ink-2">{plural(workflow.parameters.length, "parameter")}</h3>
        <ul className="flex flex-wrap gap-1">
          {workflow.parameters.map((parameter) => (
            <li key={parameter.key}>
              <Badge title={sentence(parameter.type)}>{parameter.label}</Badge>
            </li>
          ))}
        </ul>
      </section>
      <FailureNotice failure={failure} />
      <DialogActions>
        <Button asChild variant="quiet">
          <Link href={`/workflows/${encodeURIComponent(workflow.id)}`} onClick={onClose}>
            Edit slots
          </Link>
        </Button>
        <Button asChild variant="primary">
          <Link href={`/generate?workflow=${encodeURIComponent(workflow.id)}`} onClick={onClose} autoFocus>
            <Sparkles aria-hidden />
            Generate
          </Link>
        </Button>
      </DialogActions>
    </div>
  );
}
