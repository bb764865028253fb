import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { cn } from "#lib/cn.ts";
import { formatPercent } from "#lib/format.ts";
import { Progress } from "#ui/progress.tsx";

export const ExecutionStepsFields = graphql(`
  fragment ExecutionSteps on Execution {
    id
    status
    progress {
      done
      images {
        total
        succeeded
        failed
      }
      videos {
        total
        succeeded
        failed
      }
      stitched
    }
  }
`);

/** The three steps of an execution, each with how far it is. */
export function ExecutionSteps({ execution }: { execution: FragmentType<typeof ExecutionStepsFields> }) {
  const { status, progress } = readFragment(ExecutionStepsFields, execution);
  const { images, videos, stitched } = progress;
  const share = ({ total, succeeded }: typeof images) => (total === 0 ? 0 : succeeded / total);
  const failures = ({ failed }: typeof images) => (failed > 0 ? `, ${failed} failed` : "");
  const steps = [
    {
      name: "Images",
      value: share(images),
      words: `${images.succeeded} of ${images.total}${failures(images)}`,
      isLive: status === "IMAGES",
    },
    {
      name: "Clips",
      value: share(videos),
      words: `${videos.succeeded} of ${videos.total}${failures(videos)}`,
      isLive: status === "VIDEOS",
    },
    {
      name: "Film",
      value: stitched,
      words: status === "STITCHING" ? `joining, ${formatPercent(stitched)}` : stitched >= 1 ? "joined" : "not yet",
      isLive: status === "STITCHING",
    },
  ];
  return (
    <ol aria-label="Steps" className="mb-6 grid grid-cols-3 gap-3">
      {steps.map(({ name, value, words, isLive }) => (
        <li key={name} className="flex min-w-0 flex-col gap-1.5">
          <p className="flex flex-wrap justify-between gap-x-2">
            <span className={cn("font-medium", isLive ? "text-accent-ink" : "text-ink-2")}>{name}</span>
            <span className="text-ink-2">{words}</span>
          </p>
          <Progress label={name} value={value} isLive={isLive} />
        </li>
      ))}
    </ol>
  );
}
