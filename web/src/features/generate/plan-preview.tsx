import type { ResultOf } from "@graphql-typed-document-node/core";
import type { PlanJob } from "#features/generate/submit-operation.ts";
import { plural } from "#lib/format.ts";
import { Dialog } from "#ui/dialog.tsx";
import { Disclosure } from "#ui/disclosure.tsx";
import { JsonTree } from "#ui/json-tree.tsx";

type Planned = Extract<
  NonNullable<ResultOf<typeof PlanJob>["submitJob"]>,
  { __typename: "SubmitJobPayload" }
>["plannedRuns"];

/** What a submit would queue, run by run, before anything is queued. */
export function PlanPreview({ runs, onClose }: { runs: Planned; onClose: () => void }) {
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Would queue ${plural(runs.length, "run")}`}
      description="Nothing has been queued. Random seeds are drawn anew when you generate."
      className="max-w-3xl"
    >
      <ol className="divide-y">
        {runs.map((run, index) => (
          <li key={run.outputPrefix} className="py-2 first:pt-0">
            <div className="flex flex-wrap gap-x-4">
              <span className="font-medium">{`Run ${index + 1}`}</span>
              {run.input && <span className="text-ink-2">{run.input}</span>}
              {run.seed != null && <span className="text-ink-2">{`seed ${run.seed}`}</span>}
              <code className="font-mono text-sm break-all text-ink-3">{run.outputPrefix}</code>
            </div>
            <Disclosure title="Graph">
              <JsonTree label={`Graph of run ${index + 1}`} value={run.graph} />
            </Disclosure>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
