import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { formatSeconds } from "#lib/format.ts";

const StageEstimateFields = graphql(`
  fragment StageEstimate on JobEstimate {
    runCount
    sampleCount
    credits
    machineSecs {
      p50
      p90
    }
    elapsedSecs {
      p50
    }
  }
`);

interface Props {
  /** What is made: "image". */
  name: string;
  estimate: FragmentType<typeof StageEstimateFields>;
}

/** What a stage takes on the machines, told by earlier runs. */
export function StageEstimate({ name, estimate }: Props) {
  const { runCount, credits, machineSecs, elapsedSecs } = readFragment(StageEstimateFields, estimate);
  const words = machineSecs
    ? [
        `about ${formatSeconds(machineSecs.p50)} on machines`,
        elapsedSecs && `done in about ${formatSeconds(elapsedSecs.p50)}`,
        credits != null && `${credits.toLocaleString("en", { maximumFractionDigits: 2 })} credits`,
      ]
        .filter(Boolean)
        .join(", ")
    : "time unknown: nothing like it has run yet";
  return (
    <p>
      <span className="text-ink">{`${runCount.toLocaleString("en")} ${name}${runCount === 1 ? "" : "s"}`}</span>
      {`: ${words}`}
    </p>
  );
}
