import type { Preflight } from "#features/generate/preflight/use-preflight.ts";
import { formatSeconds, plural } from "#lib/format.ts";

type Estimate = NonNullable<Preflight["plan"]>["estimate"];

/** What the runs take on the machines, told by earlier ones; waiting is not counted. */
export function PreflightEstimate({ estimate }: { estimate: Estimate }) {
  const { machineSecs, elapsedSecs, sampleCount, credits, runCount } = estimate;
  if (runCount === 0) return null;
  if (!machineSecs) return <p className="text-ink-3">No estimate: nothing like it has run yet.</p>;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-ink-2">
      <dt className="text-ink-3">On machines</dt>
      <dd>
        {`about ${formatSeconds(machineSecs.p50)}`}
        <span className="text-ink-3">{`, likely below ${formatSeconds(machineSecs.p90)}`}</span>
      </dd>
      {elapsedSecs && (
        <>
          <dt className="text-ink-3">Done in</dt>
          <dd title="With all places of the pool free">{`about ${formatSeconds(elapsedSecs.p50)}`}</dd>
        </>
      )}
      {credits != null && (
        <>
          <dt className="text-ink-3">Credits</dt>
          <dd>{credits.toLocaleString("en", { maximumFractionDigits: 2 })}</dd>
        </>
      )}
      <dt className="text-ink-3">Told by</dt>
      <dd>{plural(sampleCount, "earlier run")}</dd>
    </dl>
  );
}
