import { SlidersHorizontal } from "lucide-react";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { remixHref } from "#lib/remix.ts";
import { Button } from "#ui/button.tsx";
import { Link } from "#ui/link.tsx";

const RemixJobFields = graphql(`
  fragment RemixJob on Job {
    id
    runs(first: 1) {
      nodes {
        id
      }
    }
    failedRuns: runs(first: 1, status: [FAILED, CANCELED]) {
      nodes {
        id
      }
    }
  }
`);

/** Opens the job's settings in Submit: those of the first run that failed, else of the first. */
export function RemixJob(props: { job: FragmentType<typeof RemixJobFields> }) {
  const { runs, failedRuns } = readFragment(RemixJobFields, props.job);
  const [failed] = failedRuns.nodes;
  const run = failed ?? runs.nodes[0];
  if (!run) return null;
  return (
    <Button asChild>
      <Link href={remixHref(run.id)}>
        <SlidersHorizontal aria-hidden />
        {failed ? "Retry with changes" : "Remix"}
      </Link>
    </Button>
  );
}
