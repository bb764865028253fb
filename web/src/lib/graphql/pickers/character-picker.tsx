"use client";

import { type PickerProps, shownAtOnce, usePicker } from "#lib/graphql/pickers/use-picker.ts";
import { graphql } from "#gql/gql.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Combobox } from "#ui/combobox.tsx";

const CharacterPicks = graphql(`
  query CharacterPicks($first: Int!, $search: String, $projectId: ID) {
    characters(first: $first, search: $search, projectId: $projectId) {
      totalCount
      nodes {
        id
        name
        project {
          id
          name
        }
      }
    }
  }
`);

const PickedCharacter = graphql(`
  query PickedCharacter($id: ID!) {
    character(id: $id) {
      id
      name
    }
  }
`);

/** @param projectId only its characters; null for those of all projects */
export function CharacterPicker({
  label = "Character",
  projectId = null,
  ...props
}: PickerProps & { projectId?: string | null }) {
  const { term, pause, props: state } = usePicker();
  const [found] = useQuery({
    query: CharacterPicks,
    variables: { first: shownAtOnce, search: term, projectId },
    pause,
  });
  const [picked] = useQuery({ query: PickedCharacter, variables: { id: props.value }, pause: props.value === "" });
  const page = found.data?.characters;
  return (
    <Combobox
      label={label}
      chosen={picked.data?.character?.name ?? null}
      options={page?.nodes.map(({ id, name, project }) => ({ value: id, label: name, detail: project.name })) ?? null}
      total={page?.totalCount ?? 0}
      isBusy={found.fetching}
      {...state}
      {...props}
    />
  );
}
