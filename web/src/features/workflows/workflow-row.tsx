import { Sparkles } from "lucide-react";
import { categoryLabels } from "#lib/categories.ts";
import { WorkflowStatusBadge } from "#features/workflows/workflow-status-badge.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { Button } from "#ui/button.tsx";
import { Link } from "#ui/link.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const WorkflowRowFields = graphql(`
  fragment WorkflowRow on Workflow {
    id
    name
    description
    category
    status
    updatedAt
    promptSlots {
      id
    }
    currentVersion {
      id
      number
    }
  }
`);

export function WorkflowRow(props: { workflow: FragmentType<typeof WorkflowRowFields> }) {
  const workflow = readFragment(WorkflowRowFields, props.workflow);
  const id = encodeURIComponent(workflow.id);
  return (
    <li className="flex items-center gap-3 py-2">
      <div className="min-w-0 grow">
        <Link href={`/workflows/${id}`} className="block truncate text-lg font-medium hover:text-accent-ink">
          {workflow.name}
        </Link>
        <p className="flex flex-wrap items-center gap-x-3 text-ink-2">
          <WorkflowStatusBadge status={workflow.status} />
          <span>{categoryLabels[workflow.category]}</span>
          <span>{`version ${workflow.currentVersion.number}`}</span>
          <span>{plural(workflow.promptSlots.length, "prompt slot")}</span>
          <span className="text-ink-3 max-sm:hidden">
            <TimeAgo at={workflow.updatedAt} />
          </span>
        </p>
        {workflow.description && <p className="truncate text-ink-3">{workflow.description}</p>}
      </div>
      <Button asChild size="sm">
        <Link href={`/generate?workflow=${id}`} aria-label={`Generate with ${workflow.name}`}>
          <Sparkles aria-hidden />
          Generate
        </Link>
      </Button>
    </li>
  );
}
