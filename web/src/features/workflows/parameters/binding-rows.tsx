"use client";

import { Plus, X } from "lucide-react";
import { useMemo } from "react";
import { linkSource, nodesOf } from "#features/workflows/graph/api-graph.ts";
import { WorkflowGraphQuery } from "#features/workflows/graph/graph-query.ts";
import type { BindingDraft } from "#features/workflows/parameters/parameter-draft.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { Field } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Select } from "#ui/select.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

interface BindingRowsProps {
  workflowId: string;
  value: readonly BindingDraft[];
  errorAt: (index: number) => string | undefined;
  onValueChange: (bindings: BindingDraft[]) => void;
}

/** The inputs of the graph that take the value, chosen from those that it has. */
export function BindingRows({ workflowId, value, errorAt, onValueChange }: BindingRowsProps) {
  const [{ data }] = useQuery({ query: WorkflowGraphQuery, variables: { id: workflowId } });
  const graph = data?.workflow?.currentVersion.graph;
  const nodes = useMemo(() => nodesOf(graph), [graph]);
  if (!data) return <Skeleton className="h-8" />;
  const set = (index: number, binding: BindingDraft) =>
    onValueChange(value.map((each, position) => (position === index ? binding : each)));
  const nodeOptions = [
    { value: "", label: "Node…" },
    ...nodes.map(({ id, title }) => ({ value: id, label: `${id} ${title}` })),
  ];
  return (
    <ul aria-label="Inputs that take the value" className="flex flex-col gap-2">
      {value.map(({ nodeId, inputName }, index) => {
        const node = nodes.find(({ id }) => id === nodeId);
        const literals = (node?.inputs ?? []).filter(([, input]) => linkSource(input) === null).map(([name]) => name);
        const names = inputName && !literals.includes(inputName) ? [inputName, ...literals] : literals;
        const ofMissing = nodeId && !node ? [{ value: nodeId, label: `${nodeId} (not in the graph)` }] : [];
        return (
          <li key={index} className="flex items-start gap-2">
            <Field label={`Node of input ${index + 1}`} hideLabel className="grow basis-0" error={errorAt(index)}>
              <Select
                value={nodeId}
                onValueChange={(next) => set(index, { nodeId: next, inputName: "" })}
                options={[...nodeOptions, ...ofMissing]}
              />
            </Field>
            <Field label={`Name of input ${index + 1}`} hideLabel className="grow basis-0">
              <Select
                value={inputName}
                onValueChange={(next) => set(index, { nodeId, inputName: next })}
                options={[{ value: "", label: "Input…" }, ...names.map((name) => ({ value: name, label: name }))]}
              />
            </Field>
            <IconButton
              label={`Remove input ${index + 1}`}
              icon={<X />}
              onClick={() => onValueChange(value.filter((_, position) => position !== index))}
            />
          </li>
        );
      })}
      <li>
        <Button size="sm" variant="quiet" onClick={() => onValueChange([...value, { nodeId: "", inputName: "" }])}>
          <Plus aria-hidden />
          Add an input
        </Button>
      </li>
    </ul>
  );
}
