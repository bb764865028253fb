"use client";

import { CircleCheck, CircleDashed, CircleDot, CircleX } from "lucide-react";
import { useState } from "react";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { WorkflowStatus } from "#gql/graphql.ts";
import { cn } from "#lib/cn.ts";
import { sentence } from "#lib/format.ts";
import { pathOf } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { Field } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";

const StatusPanelFields = graphql(`
  fragment StatusPanel on Workflow {
    id
    status
  }
`);

const StatusPools = graphql(`
  query StatusPools {
    pools {
      name
    }
  }
`);

const SetWorkflowStatus = graphql(`
  mutation SetWorkflowStatus($input: SetWorkflowStatusInput!) {
    setWorkflowStatus(input: $input) {
      __typename
      ... on SetWorkflowStatusPayload {
        workflow {
          id
          ...StatusPanel
        }
      }
      ...FailureFields
    }
  }
`);

const statuses: { status: WorkflowStatus; meaning: string; action: string }[] = [
  { status: "DRAFT", meaning: "Imported, not tried.", action: "Back to draft" },
  { status: "TESTED", meaning: "A dry run of this version passed.", action: "Mark as tested" },
  {
    status: "PRODUCTION",
    meaning: "A dry run passed, and every machine of the pool can run it.",
    action: "Mark as production",
  },
];

/** How far the workflow is trusted, the way to more, and what stands against it. */
export function StatusPanel(props: { workflow: FragmentType<typeof StatusPanelFields> }) {
  const workflow = readFragment(StatusPanelFields, props.workflow);
  const [{ data }] = useQuery({ query: StatusPools });
  const [pool, setPool] = useState("default");
  const [wanted, setWanted] = useState<WorkflowStatus | null>(null);
  const { run, isPending, failure } = useAction(SetWorkflowStatus);
  const reached = statuses.findIndex(({ status }) => status === workflow.status);
  const against = failure?.issues.filter((issue) => pathOf(issue) === "status") ?? [];
  const set = (status: WorkflowStatus) => {
    setWanted(status);
    void run({ input: { id: workflow.id, status, pool } });
  };
  const pools = data?.pools.map(({ name }) => name) ?? [];
  return (
    <div className="flex flex-col gap-3">
      <ol className="flex flex-col gap-1">
        {statuses.map(({ status, meaning, action }, index) => {
          const isCurrent = index === reached;
          const Icon = isCurrent ? CircleDot : index < reached ? CircleCheck : CircleDashed;
          return (
            <li
              key={status}
              aria-current={isCurrent ? "step" : undefined}
              className={cn("flex flex-wrap items-center gap-x-3 rounded-md px-2 py-1.5", isCurrent && "bg-hover")}
            >
              <Icon
                aria-hidden
                className={cn(
                  "size-4 shrink-0",
                  isCurrent ? "text-accent-ink" : index < reached ? "text-good" : "text-ink-3",
                )}
              />
              <span className={cn("w-24", isCurrent ? "font-medium" : "text-ink-2")}>{sentence(status)}</span>
              <span className="min-w-0 grow text-ink-3 max-sm:basis-full max-sm:pl-7">{meaning}</span>
              {!isCurrent && (
                <Button
                  needs="ADMIN"
                  size="sm"
                  className="max-sm:mt-1 max-sm:ml-7"
                  variant={index > reached ? "secondary" : "quiet"}
                  isPending={isPending && wanted === status}
                  onClick={() => set(status)}
                >
                  {action}
                </Button>
              )}
            </li>
          );
        })}
      </ol>
      {pools.length > 1 && (
        <Field label="Pool that production counts on" className="max-w-56">
          <Select
            value={pool}
            onValueChange={setPool}
            options={[...new Set(["default", ...pools])].map((name) => ({ value: name, label: name }))}
          />
        </Field>
      )}
      {against.length > 0 && wanted && (
        <div role="alert" className="rounded-md bg-bad-soft px-3 py-2">
          <p className="font-medium text-bad">{`Not ${wanted.toLowerCase()} yet`}</p>
          <ul aria-label="What stands against it" className="mt-1 flex flex-col gap-1">
            {against.map(({ message }) => (
              <li key={message} className="flex gap-2">
                <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
                <span className="min-w-0 break-words text-ink-2">{message}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {against.length === 0 && <FailureNotice failure={failure} />}
    </div>
  );
}
