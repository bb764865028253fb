"use client";

import { useAssign } from "#features/prompts/characters/use-assign.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { mayLeave } from "#lib/hooks/use-unsaved-guard.ts";
import { Select } from "#ui/select.tsx";

const CharacterGroupSelectFields = graphql(`
  fragment CharacterGroupSelect on Character {
    id
    group {
      id
      name
    }
    project {
      id
    }
  }
`);

const GroupChoicesQuery = graphql(`
  query GroupChoices($projectId: ID) {
    characterGroups(first: 200, projectId: $projectId) {
      nodes {
        id
        name
      }
    }
  }
`);

/** Which group a character is in; a choice is saved at once. */
export function CharacterGroupSelect(props: { character: FragmentType<typeof CharacterGroupSelectFields> }) {
  const { id, group, project } = readFragment(CharacterGroupSelectFields, props.character);
  const [{ data }] = useQuery({ query: GroupChoicesQuery, variables: { projectId: project.id } });
  const { assign, isPending, failure } = useAssign();
  const groups = data?.characterGroups.nodes ?? (group ? [group] : []);
  return (
    <>
      {failure && (
        <span role="alert" className="text-sm text-bad">
          {failure.message}
        </span>
      )}
      <Select
        aria-label="Group"
        className="w-44"
        needs="CREATOR"
        disabled={isPending}
        value={group?.id ?? ""}
        onValueChange={(next) => mayLeave() && void assign([id], next || null)}
        options={[
          { value: "", label: "In no group" },
          ...groups.map(({ id: value, name }) => ({ value, label: name })),
        ]}
      />
    </>
  );
}
