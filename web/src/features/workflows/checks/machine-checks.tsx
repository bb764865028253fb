"use client";

import { CircleCheck, CircleHelp, CircleX, RefreshCw } from "lucide-react";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { MachineValidationStatus, ValidationItemKind } from "#gql/graphql.ts";
import { plural } from "#lib/format.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Badge, type Tone } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { CopyButton } from "#ui/copy-button.tsx";
import { Notice } from "#ui/notice.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const ValidateWorkflow = graphql(`
  query ValidateWorkflow($workflowId: ID!) {
    validateWorkflow(workflowId: $workflowId) {
      machine {
        id
        name
      }
      ...MachineCheck
    }
  }
`);

const MachineCheckFields = graphql(`
  fragment MachineCheck on MachineValidation {
    status
    message
    machine {
      id
      name
    }
    items(problemsOnly: true) {
      kind
      nodeId
      classType
      inputName
      message
      suggestions
    }
  }
`);

/** Whether each machine has what the graph needs, asked of the machines at this moment. */
export function MachineChecks({ workflowId }: { workflowId: string }) {
  const [result, again] = useQuery({
    query: ValidateWorkflow,
    variables: { workflowId },
    requestPolicy: "network-only",
  });
  return (
    <section aria-label="Machines" className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <p className="text-ink-2">Whether each machine has the node classes and files that the graph names.</p>
        <Button size="sm" variant="quiet" isPending={result.fetching} onClick={again}>
          {!result.fetching && <RefreshCw aria-hidden />}
          Check again
        </Button>
      </div>
      <QueryPanel result={result} onRetry={again} loading={<SkeletonRows count={2} className="h-10" />}>
        {({ validateWorkflow: machines }) =>
          machines.length === 0 ? (
            <Notice tone="info" title="No machine is enabled." />
          ) : (
            <ul className="divide-y border-y">
              {machines.map((check) => (
                <li key={check.machine.id} className="py-2">
                  <MachineCheck check={check} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryPanel>
    </section>
  );
}

const outcomes: Record<MachineValidationStatus, { tone: Tone; word: string; icon: typeof CircleX }> = {
  PASSED: { tone: "good", word: "Can run it", icon: CircleCheck },
  FAILED: { tone: "bad", word: "Cannot run it", icon: CircleX },
  UNREACHABLE: { tone: "warn", word: "Does not answer", icon: CircleHelp },
};

const kinds: Record<ValidationItemKind, string> = {
  PASS: "Fine",
  MISSING_NODE: "Missing node class",
  MISSING_FILE: "Missing file",
  MISSING_INPUT: "Missing input",
  BAD_VALUE: "Bad value",
  NO_OUTPUT: "No output",
};

function MachineCheck(props: { check: FragmentType<typeof MachineCheckFields> }) {
  const { machine, status, message, items } = readFragment(MachineCheckFields, props.check);
  const { tone, word, icon: Icon } = outcomes[status];
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{machine.name}</span>
        <Badge tone={tone}>
          <Icon aria-hidden />
          {word}
        </Badge>
        {items.length > 0 && <span className="text-ink-3">{plural(items.length, "problem")}</span>}
      </p>
      {message && <p className="mt-1 text-ink-2">{message}</p>}
      {items.length > 0 && (
        <ul aria-label={`Problems on ${machine.name}`} className="mt-2 flex flex-col gap-2">
          {items.map((item) => (
            <li
              key={`${item.kind} ${item.nodeId} ${item.inputName} ${item.message}`}
              className="border-l-2 border-bad pl-3"
            >
              <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
                <span className="font-medium text-bad">{kinds[item.kind]}</span>
                {item.nodeId && (
                  <span className="font-mono text-ink-3">
                    {[item.nodeId, item.inputName].filter(Boolean).join(".")}
                    {item.classType && ` ${item.classType}`}
                  </span>
                )}
              </p>
              {item.message && <p className="break-words">{item.message}</p>}
              {item.suggestions.length > 0 && (
                <p className="mt-0.5 flex flex-wrap items-center gap-x-3 text-sm text-ink-2">
                  The machine has:
                  {item.suggestions.map((name) => (
                    <span key={name} className="inline-flex items-center gap-0.5">
                      <code className="font-mono">{name}</code>
                      <CopyButton text={name} label={`Copy ${name}`} />
                    </span>
                  ))}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
