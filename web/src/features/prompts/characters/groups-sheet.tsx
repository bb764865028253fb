"use client";

import { Plus, Users } from "lucide-react";
import { type FormEvent, useState } from "react";
import { GroupRow } from "#features/prompts/characters/group-row.tsx";
import { graphql } from "#gql/gql.ts";
import { ChosenProjectAccess } from "#lib/graphql/chosen-project-access.tsx";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { ProjectPicker } from "#lib/graphql/pickers/project-picker.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Sheet } from "#ui/sheet.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const GroupsSheetQuery = graphql(`
  query GroupsSheet($projectId: ID!) {
    characterGroups(first: 200, projectId: $projectId) {
      nodes {
        id
        ...GroupRow
      }
    }
  }
`);

const CreateCharacterGroup = graphql(`
  mutation CreateCharacterGroup($input: CreateCharacterGroupInput!) {
    createCharacterGroup(input: $input) {
      __typename
      ... on CreateCharacterGroupPayload {
        group {
          id
        }
      }
      ...FailureFields
    }
  }
`);

interface Props {
  initialProjectId: string;
  onClose: () => void;
}

/** The groups of a project: what their prompts share is written once, in the group's overrides. */
export function GroupsSheet({ initialProjectId, onClose }: Props) {
  const [projectId, setProjectId] = useState(initialProjectId);
  const [name, setName] = useState("");
  const [result, refetch] = useQuery({ query: GroupsSheetQuery, variables: { projectId }, pause: !projectId });
  const { run, isPending, failure } = useAction(CreateCharacterGroup);
  const create = async (event: FormEvent) => {
    event.preventDefault();
    if (await run({ input: { projectId, name: name.trim() } })) setName("");
  };
  return (
    <Sheet isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Character groups">
      <Field label="Project" className="mb-4">
        <ProjectPicker value={projectId} onValueChange={setProjectId} />
      </Field>
      <ChosenProjectAccess projectId={projectId}>
        <form onSubmit={(event) => void create(event)} className="mb-4 flex flex-col gap-2">
          <div className="flex items-start gap-2">
            <Field label="New group" hideLabel error={issueFor(failure, "name")} className="grow">
              <Input
                required
                placeholder="Name of a new group"
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            </Field>
            <Button needs="CREATOR" type="submit" isPending={isPending}>
              <Plus aria-hidden />
              Create group
            </Button>
          </div>
          <FailureNotice failure={failure} shownFields={["name"]} />
        </form>
        <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={3} className="h-10" />}>
          {({ characterGroups }) =>
            characterGroups.nodes.length === 0 ? (
              <EmptyState icon={Users} title="No group yet">
                The guards, the market people: overrides of a group hold for everyone in it.
              </EmptyState>
            ) : (
              <ul className="divide-y border-y">
                {characterGroups.nodes.map((group) => (
                  <GroupRow key={group.id} group={group} />
                ))}
              </ul>
            )
          }
        </QueryPanel>
      </ChosenProjectAccess>
    </Sheet>
  );
}
