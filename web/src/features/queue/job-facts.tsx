import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { sentence } from "#lib/format.ts";
import { showValue } from "#lib/show-value.ts";
import { CopyableId } from "#ui/copy-button.tsx";
import { Elapsed } from "#ui/elapsed.tsx";
import { Facts } from "#ui/facts.tsx";
import { Link } from "#ui/link.tsx";
import { Panel } from "#ui/panel.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const JobFactsFields = graphql(`
  fragment JobFacts on Job {
    id
    pool
    priority
    requiredLabels
    stageOnSubmit
    seedMode
    params
    createdAt
    startedAt
    finishedAt
    createdBy {
      id
      name
    }
    project {
      id
      name
    }
    workflow {
      id
      name
    }
    workflowVersion {
      id
      number
    }
  }
`);

export function JobFacts(props: { job: FragmentType<typeof JobFactsFields> }) {
  const job = readFragment(JobFactsFields, props.job);
  const params = job.params !== null && typeof job.params === "object" ? Object.entries(job.params) : [];
  return (
    <aside className="flex min-w-0 flex-col gap-8">
      <Panel title="Job">
        <Facts
          facts={[
            ["Id", <CopyableId key="id" name="job id" value={job.id} />],
            [
              "Workflow",
              <Link
                key="workflow"
                href={`/workflows/${encodeURIComponent(job.workflow.id)}`}
                className="hover:text-accent-ink"
              >
                {job.workflow.name}
              </Link>,
            ],
            ["Version", job.workflowVersion.number],
            ["Project", job.project?.name],
            ["Pool", job.pool],
            ["Priority", job.priority],
            ["Only machines with", job.requiredLabels.join(", ")],
            ["Files on the server", job.stageOnSubmit ? "Copied when submitted" : "Read where they lie"],
            ["Seeds", sentence(job.seedMode)],
            ["By", job.createdBy?.name],
            ["Queued", <TimeAgo key="queued" at={job.createdAt} />],
            ["Started", job.startedAt && <TimeAgo key="started" at={job.startedAt} />],
            ["Finished", job.finishedAt && <TimeAgo key="finished" at={job.finishedAt} />],
            ["Took", job.startedAt && <Elapsed key="took" from={job.startedAt} to={job.finishedAt} />],
          ]}
        />
      </Panel>
      <Panel title="Parameters">
        {params.length === 0 ? (
          <p className="text-ink-2">All as in the workflow.</p>
        ) : (
          <Facts facts={params.map(([name, value]) => [name, showValue(value)])} />
        )}
      </Panel>
    </aside>
  );
}
