"use client";

import { graphql } from "#gql/gql.ts";
import type { WorkflowCategory, WorkflowPicksQuery } from "#gql/graphql.ts";
import { type PickerProps, shownAtOnce, usePicker } from "#lib/graphql/pickers/use-picker.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Combobox } from "#ui/combobox.tsx";

const WorkflowPicks = graphql(`
  query WorkflowPicks($first: Int!, $search: String, $categories: [WorkflowCategory!], $takesFile: Boolean) {
    workflows(first: $first, search: $search, categories: $categories, takesFile: $takesFile) {
      totalCount
      nodes {
        id
        name
        description
        category
        inputKind
      }
    }
  }
`);

const PickedWorkflow = graphql(`
  query PickedWorkflow($id: ID!) {
    workflow(id: $id) {
      id
      name
    }
  }
`);

interface WorkflowPickerProps extends Omit<PickerProps, "onValueChange"> {
  onValueChange: (value: string, workflow: WorkflowPicksQuery["workflows"]["nodes"][number] | undefined) => void;
  /** Only of these; null for all. */
  categories?: readonly WorkflowCategory[] | null;
  /** Only those that start from a file, or only those that start from none; null for both. */
  takesFile?: boolean | null;
}

export function WorkflowPicker({
  label = "Workflow",
  categories = null,
  takesFile = null,
  onValueChange,
  ...props
}: WorkflowPickerProps) {
  const { term, pause, props: state } = usePicker();
  const [found] = useQuery({
    query: WorkflowPicks,
    variables: { first: shownAtOnce, search: term, categories: categories && [...categories], takesFile },
    pause,
  });
  const [picked] = useQuery({ query: PickedWorkflow, variables: { id: props.value }, pause: props.value === "" });
  const page = found.data?.workflows;
  return (
    <Combobox
      label={label}
      chosen={picked.data?.workflow?.name ?? null}
      options={
        page?.nodes.map(({ id, name, description }) => ({
          value: id,
          label: name,
          detail: description ?? undefined,
        })) ?? null
      }
      total={page?.totalCount ?? 0}
      isBusy={found.fetching}
      onValueChange={(id) =>
        onValueChange(
          id,
          page?.nodes.find((workflow) => workflow.id === id),
        )
      }
      {...state}
      {...props}
    />
  );
}
