"use client";

import { Play } from "lucide-react";
import { useState } from "react";
import { useSubscription } from "urql";
import { DryRunResult } from "#features/workflows/checks/dry-run-result.tsx";
import { graphql } from "#gql/gql.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const DryRunPanel = graphql(`
  query DryRunPanel($workflowId: ID!) {
    machines {
      id
      name
      isEnabled
    }
    workflow(id: $workflowId) {
      id
      status
      inputKind
      currentVersion {
        id
        number
        latestDryRun {
          createdAt
          status
          ...DryRunResult
        }
      }
    }
  }
`);

const DryRunVerdicts = graphql(`
  subscription DryRunVerdicts($workflowId: ID!) {
    dryRunUpdated(workflowId: $workflowId) {
      id
      status
      currentVersion {
        id
        latestDryRun {
          createdAt
          status
          ...DryRunResult
        }
      }
    }
  }
`);

const DryRunWorkflow = graphql(`
  mutation DryRunWorkflow($input: DryRunWorkflowInput!) {
    dryRunWorkflow(input: $input) {
      __typename
      ... on DryRunWorkflowPayload {
        dryRun {
          createdAt
          job {
            id
          }
        }
      }
      ...FailureFields
    }
  }
`);

const samples = { IMAGE: " and a sample picture", VIDEO: " and a sample clip", NONE: "" } as const;

/** One run with the graph's own values: started here, watched live, and its result. */
export function DryRun({ workflowId }: { workflowId: string }) {
  const [result, reread] = useQuery({
    query: DryRunPanel,
    variables: { workflowId },
    requestPolicy: "cache-and-network",
  });
  // The verdict is written when the job has ended, with which the job's own events end.
  useSubscription({ query: DryRunVerdicts, variables: { workflowId } }, (_previous, event) => event);
  const [machineId, setMachineId] = useState("");
  const [timeout, setTimeout] = useState("300");
  const { run, isPending, failure } = useAction(DryRunWorkflow);
  return (
    <QueryPanel result={result} onRetry={reread} loading={<SkeletonRows count={2} className="h-14" />}>
      {({ workflow, machines }) => {
        if (!workflow) return null;
        const last = workflow.currentVersion.latestDryRun;
        const isRunning = last?.status === "RUNNING";
        const start = async () => {
          const input = { workflowId, ...(machineId && { machineId }), timeoutSecs: Number(timeout) || 0 };
          if (await run({ input })) reread();
        };
        return (
          <section aria-label="Dry run" className="flex flex-col gap-3">
            <p className="text-ink-2">
              {`Runs version ${workflow.currentVersion.number} once with its own values${samples[workflow.inputKind]}, to see whether it works. The workflow is then tested.`}
            </p>
            <div className="flex flex-wrap items-start gap-3">
              <Field label="Machine" error={issueFor(failure, "machineId")} className="min-w-44">
                <Select
                  value={machineId}
                  onValueChange={setMachineId}
                  options={[
                    { value: "", label: "Any of the pool" },
                    ...machines.filter((each) => each.isEnabled).map(({ id, name }) => ({ value: id, label: name })),
                  ]}
                />
              </Field>
              <Field label="Time limit in seconds" error={issueFor(failure, "timeoutSecs")} className="w-44">
                <Input
                  type="number"
                  inputMode="numeric"
                  min={5}
                  max={3600}
                  value={timeout}
                  onChange={(event) => setTimeout(event.target.value)}
                />
              </Field>
              <Button needs="CREATOR" className="mt-6" isPending={isPending || isRunning} onClick={() => void start()}>
                {!isPending && !isRunning && <Play aria-hidden />}
                {isRunning ? "Running" : last ? "Run again" : "Start dry run"}
              </Button>
            </div>
            <FailureNotice failure={failure} shownFields={["machineId", "timeoutSecs"]} />
            {last && <DryRunResult key={last.createdAt} dryRun={last} />}
          </section>
        );
      }}
    </QueryPanel>
  );
}
