import { formatSeconds, plural } from "#lib/format.ts";
import { Facts } from "#ui/facts.tsx";

interface Props {
  estimate: {
    imageCount: number;
    sampleCount: number;
    credits?: number | null;
    machineSecs?: { p50: number; p90: number } | null;
    elapsedSecs?: { p50: number } | null;
  };
}

/** What the pictures take on the machines, told by earlier ones. */
export function ImageEstimate({ estimate }: Props) {
  const { imageCount, sampleCount, credits, machineSecs, elapsedSecs } = estimate;
  return (
    <Facts
      facts={[
        ["Pictures", imageCount],
        [
          "On machines",
          machineSecs
            ? `about ${formatSeconds(machineSecs.p50)}, likely below ${formatSeconds(machineSecs.p90)}`
            : "unknown: nothing like it has run yet",
        ],
        ["Done in", elapsedSecs && `about ${formatSeconds(elapsedSecs.p50)}`],
        ["Credits", credits == null ? null : credits.toLocaleString("en", { maximumFractionDigits: 2 })],
        ["Told by", sampleCount > 0 ? plural(sampleCount, "earlier run") : null],
      ]}
    />
  );
}
