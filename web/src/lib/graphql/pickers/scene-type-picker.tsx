"use client";

import { graphql } from "#gql/gql.ts";
import { type PickerProps, shownAtOnce, usePicker } from "#lib/graphql/pickers/use-picker.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Combobox } from "#ui/combobox.tsx";

const SceneTypePicks = graphql(`
  query SceneTypePicks($first: Int!, $search: String, $projectId: ID) {
    sceneTypes(first: $first, search: $search, forProjectId: $projectId) {
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

const PickedSceneType = graphql(`
  query PickedSceneType($id: ID!) {
    sceneType(id: $id) {
      id
      name
    }
  }
`);

/** @param projectId only what its characters can use; null for those of all projects */
export function SceneTypePicker({
  label = "Scene type",
  projectId = null,
  ...props
}: PickerProps & { projectId?: string | null }) {
  const { term, pause, props: state } = usePicker();
  const [found] = useQuery({
    query: SceneTypePicks,
    variables: { first: shownAtOnce, search: term, projectId },
    pause,
  });
  const [picked] = useQuery({ query: PickedSceneType, variables: { id: props.value }, pause: props.value === "" });
  const page = found.data?.sceneTypes;
  return (
    <Combobox
      label={label}
      chosen={picked.data?.sceneType?.name ?? null}
      options={page?.nodes.map(({ id, name, project }) => ({ value: id, label: name, detail: project?.name })) ?? null}
      total={page?.totalCount ?? 0}
      isBusy={found.fetching}
      {...state}
      {...props}
    />
  );
}
