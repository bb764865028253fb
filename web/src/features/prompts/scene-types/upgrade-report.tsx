import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";

export const UpgradeReportFields = graphql(`
  fragment UpgradeReport on SceneTypeUpgradeReport {
    defaultsKept
    overridesKept
    lost {
      slot {
        id
        label
      }
      defaultCount
      overrideCount
    }
  }
`);

/** What another workflow version means for a scene type's texts. */
export function UpgradeReport({ report: source }: { report: FragmentType<typeof UpgradeReportFields> }) {
  const report = readFragment(UpgradeReportFields, source);
  return (
    <>
      <p>{`${plural(report.defaultsKept, "text")} and ${plural(report.overridesKept, "override")} keep their slot.`}</p>
      {report.lost.length === 0 ? (
        <p>Nothing is lost.</p>
      ) : (
        <>
          <p>Slots that the new version does not have:</p>
          <ul className="list-disc pl-4">
            {report.lost.map(({ slot, defaultCount, overrideCount }) => (
              <li key={slot.id}>
                <span className="font-medium text-ink">{slot.label}</span>
                {`: ${plural(defaultCount, "text")}, ${plural(overrideCount, "override")}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
