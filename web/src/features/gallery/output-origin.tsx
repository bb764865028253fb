import type { Output } from "#features/gallery/output-page.tsx";
import { Link } from "#ui/link.tsx";

/** Where a picture came from: its job, which run of it, the seed. */
export function OutputOrigin({ run }: { run: Output["run"] | undefined }) {
  if (!run) return null;
  return (
    <>
      <Link
        href={`/jobs/${encodeURIComponent(run.job.id)}`}
        className="max-w-full truncate text-accent-ink hover:underline"
      >
        {run.job.name}
      </Link>
      <span>{`run ${run.index + 1}`}</span>
      {run.seed != null && <span>{`seed ${run.seed}`}</span>}
    </>
  );
}
