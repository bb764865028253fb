import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { Button } from "#ui/button.tsx";
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
  isPending: boolean;
  onRemoveOrphans: () => void;
}

/** Counts, warnings, and slots that are gone from the graph but still carry people's texts. */
export function ImportReport({ report: source, isPending, onRemoveOrphans }: ImportReportProps) {
  const report = readFragment(ImportReportFields, source);
  const orphans = report.slotsOrphaned;
  return (
    <>
      <p className="text-ink-2">
        {`Read in ${report.format.toUpperCase().replaceAll("_", " ")} format. `}
        {[
          report.slotsAdded.length > 0 && `${plural(report.slotsAdded.length, "slot")} added`,
          report.slotsKept.length > 0 && `${plural(report.slotsKept.length, "slot")} kept`,
        ]
          .filter(Boolean)
          .join(", ")}
      </p>
      {report.warnings.map((warning) => (
        <Notice key={warning} tone="warn" title={warning} />
      ))}
      {orphans.length > 0 && (
        <Notice
          tone="warn"
          title={`${plural(orphans.length, "slot")} no longer in the graph still hold texts.`}
          actions={
            <Button size="sm" isPending={isPending} onClick={onRemoveOrphans}>
              Remove them
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
    </>
  );
}
