"use client";

import { graphql } from "#gql/gql.ts";
import { type PickerProps, shownAtOnce, usePicker } from "#lib/graphql/pickers/use-picker.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Combobox } from "#ui/combobox.tsx";

const ProjectPicks = graphql(`
  query ProjectPicks($first: Int!, $search: String) {
    projects(first: $first, search: $search) {
      totalCount
      nodes {
        id
        name
      }
    }
  }
`);

const PickedProject = graphql(`
  query PickedProject($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Project {
        name
      }
    }
  }
`);

export function ProjectPicker({ label = "Project", ...props }: PickerProps) {
  const { term, pause, props: state } = usePicker();
  const [found] = useQuery({ query: ProjectPicks, variables: { first: shownAtOnce, search: term }, pause });
  const [picked] = useQuery({ query: PickedProject, variables: { id: props.value }, pause: props.value === "" });
  const page = found.data?.projects;
  const project = picked.data?.node;
  return (
    <Combobox
      label={label}
      chosen={project?.__typename === "Project" ? project.name : null}
      options={page?.nodes.map(({ id, name }) => ({ value: id, label: name })) ?? null}
      total={page?.totalCount ?? 0}
      isBusy={found.fetching}
      {...state}
      {...props}
    />
  );
}
