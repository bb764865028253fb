import type { ResultOf } from "@graphql-typed-document-node/core";
import { ImportReport } from "#features/workflows/import/import-report.tsx";
import type { ImportWorkflow } from "#features/workflows/import/import-operation.ts";
import { ParameterListFields } from "#features/workflows/parameters/parameter-fields.ts";
import { typeLabel } from "#features/workflows/parameters/parameter-types.ts";
import { SlotSummary } from "#features/workflows/slots/slot-summary.tsx";
import { readFragment } from "#gql/fragment-masking.ts";
import { plural } from "#lib/format.ts";
import type { Failure } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Badge } from "#ui/badge.tsx";
import { Link } from "#ui/link.tsx";
import { Notice } from "#ui/notice.tsx";

interface ImportResultProps {
  imported: Extract<
    NonNullable<ResultOf<typeof ImportWorkflow>["importWorkflow"]>,
    { __typename: "ImportWorkflowPayload" }
  >;
  /** Whether texts of slots that are gone were removed by it. */
  areOrphansRemoved: boolean;
  failure: Failure | null;
  isPending: boolean;
  onRemoveOrphans: () => void;
}

/** What the import found, before anything is done with it. */
export function ImportResult(props: ImportResultProps) {
  const { imported, areOrphansRemoved, failure, isPending, onRemoveOrphans } = props;
  const { workflow, version, isNewVersion, report } = imported;
  const { parameters } = readFragment(ParameterListFields, workflow);
  return (
    <div className="flex flex-col gap-4">
      {!isNewVersion && !areOrphansRemoved && (
        <Notice tone="info" title={`Nothing changed: version ${version.number} already has this content.`} />
      )}
      <ImportReport report={report} {...{ areOrphansRemoved, isPending, onRemoveOrphans }} />
      {workflow.duplicateOf && (
        <Link
          href={`/workflows/${encodeURIComponent(workflow.duplicateOf.id)}`}
          className="self-start text-accent-ink hover:underline"
        >
          {`See ${workflow.duplicateOf.name}`}
        </Link>
      )}
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
        <h3 className="mb-1 font-medium text-ink-2">{plural(parameters.length, "parameter")}</h3>
        <ul className="flex flex-wrap gap-1">
          {parameters.map((parameter) => (
            <li key={parameter.key}>
              <Badge title={parameter.bindings.map((each) => `${each.nodeId}.${each.inputName}`).join(", ")}>
                {parameter.label}
                <span className="font-normal text-ink-3">{typeLabel(parameter.type)}</span>
              </Badge>
            </li>
          ))}
        </ul>
      </section>
      <FailureNotice failure={failure} />
    </div>
  );
}
