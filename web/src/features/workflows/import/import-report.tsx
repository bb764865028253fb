"use client";

import { useState } from "react";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Notice } from "#ui/notice.tsx";

const ImportReportFields = graphql(`
  fragment ImportReportFields on ImportReport {
    format
    warnings
    slotsAdded {
      id
    }
    slotsKept {
      id
    }
    slotsUpdated {
      id
      label
    }
    slotsRemoved {
      id
      label
    }
    parametersOrphaned {
      key
      label
      missing {
        nodeId
        inputName
      }
    }
    slotsOrphaned {
      defaultCount
      overrideCount
      slot {
        id
        label
        nodeId
      }
    }
  }
`);

interface ImportReportProps {
  report: FragmentType<typeof ImportReportFields>;
  /** Whether the texts of the slots that are gone are gone, too. */
  areOrphansRemoved: boolean;
  isPending: boolean;
  onRemoveOrphans: () => void;
}

/** Counts, warnings, and slots that are gone from the graph but still carry people's texts. */
export function ImportReport(props: ImportReportProps) {
  const { report: source, areOrphansRemoved, isPending, onRemoveOrphans } = props;
  const report = readFragment(ImportReportFields, source);
  const orphans = report.slotsOrphaned;
  const [isAsking, setIsAsking] = useState(false);
  const texts = orphans.reduce((sum, { defaultCount, overrideCount }) => sum + defaultCount + overrideCount, 0);
  return (
    <>
      <p className="text-ink-2">
        {`Read in ${report.format.toUpperCase().replaceAll("_", " ")} format. `}
        {[
          report.slotsAdded.length > 0 && `${plural(report.slotsAdded.length, "slot")} added`,
          report.slotsKept.length > 0 && `${plural(report.slotsKept.length, "slot")} kept`,
          report.slotsRemoved.length > 0 && `${plural(report.slotsRemoved.length, "slot")} removed`,
        ]
          .filter(Boolean)
          .join(", ")}
      </p>
      {report.slotsUpdated.length > 0 && (
        <p className="text-ink-2">
          {`The graph has another text for ${report.slotsUpdated.map((slot) => slot.label).join(", ")}.`}
        </p>
      )}
      {report.warnings.map((warning) => (
        <Notice key={warning} tone="warn" title={warning} />
      ))}
      {report.parametersOrphaned.length > 0 && (
        <Notice
          tone="warn"
          title={`${plural(report.parametersOrphaned.length, "edited parameter")} lost inputs that are gone from the graph.`}
        >
          <ul className="list-disc pl-4">
            {report.parametersOrphaned.map(({ key, label, missing }) => (
              <li key={key}>
                {`${label}: ${missing.map(({ nodeId, inputName }) => `${nodeId}.${inputName}`).join(", ")}`}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {orphans.length > 0 && areOrphansRemoved && (
        <Notice tone="info" title={`${plural(texts, "text")} of ${plural(orphans.length, "slot")} removed.`} />
      )}
      {orphans.length > 0 && !areOrphansRemoved && (
        <Notice
          tone="warn"
          title={`${plural(orphans.length, "slot")} no longer in the graph still hold texts.`}
          actions={
            <Button size="sm" onClick={() => setIsAsking(true)}>
              Remove them…
            </Button>
          }
        >
          <ul className="list-disc pl-4">
            {orphans.map(({ slot, defaultCount, overrideCount }) => (
              <li key={slot.id}>
                {`${slot.label} (node ${slot.nodeId}): ${plural(defaultCount, "scene default")}, ${plural(overrideCount, "override")}`}
              </li>
            ))}
          </ul>
          They stay until you remove them; removing deletes these texts.
        </Notice>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={`Remove ${plural(orphans.length, "slot")} and ${plural(texts, "text")}?`}
        confirmLabel={`Remove ${plural(texts, "text")}`}
        isDangerous
        isPending={isPending}
        onConfirm={() => {
          setIsAsking(false);
          onRemoveOrphans();
        }}
      >
        <p>{`${orphans.map(({ slot }) => slot.label).join(", ")}: what people wrote there is deleted for good.`}</p>
      </ConfirmDialog>
    </>
  );
}
