"use client";

import { FolderPlus, UserPlus, Users } from "lucide-react";
import { useState } from "react";
import { AssignBar, type SelectedCharacter } from "#features/prompts/characters/assign-bar.tsx";
import { CharacterRow } from "#features/prompts/characters/character-row.tsx";
import { GroupsSheet } from "#features/prompts/characters/groups-sheet.tsx";
import { CharacterDialog } from "#features/prompts/characters/character-dialog.tsx";
import { ProjectDialog } from "#lib/graphql/project-dialog.tsx";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { ProjectPicker } from "#lib/graphql/pickers/project-picker.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SearchInput } from "#ui/search-input.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const CharacterProjectsQuery = graphql(`
  query CharacterProjects($projectId: ID) {
    projects(first: 1) {
      nodes {
        id
      }
    }
    characterGroups(first: 200, projectId: $projectId) {
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

const CharacterListQuery = graphql(`
  query CharacterList($after: String, $projectId: ID, $groupId: ID, $search: String) {
    characters(first: 50, after: $after, projectId: $projectId, groupId: $groupId, search: $search) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        project {
          id
          viewerRole
        }
        ...CharacterRow
      }
    }
  }
`);

/** Characters of all projects or of one. */
export function CharacterList() {
  const [projectId, setProjectId] = useUrlParam("project");
  const [search, setSearch] = useState("");
  const settled = useDebounced(search.trim(), 200);
  const [groupId, setGroupId] = useUrlParam("group");
  const [dialog, setDialog] = useState<"project" | "character" | "groups" | null>(null);
  const [selected, setSelected] = useState<ReadonlyMap<string, SelectedCharacter>>(new Map());
  const [{ data }] = useQuery({ query: CharacterProjectsQuery, variables: { projectId: projectId || null } });
  const newest = data?.projects.nodes[0]?.id;
  const groups = data?.characterGroups.nodes ?? [];
  const chooseProject = (id: string) => {
    setGroupId("");
    setProjectId(id);
  };
  const select = (character: SelectedCharacter, isSelected: boolean) =>
    setSelected((before) => {
      const after = new Map(before);
      if (isSelected) after.set(character.id, character);
      else after.delete(character.id);
      return after;
    });
  const hasProject = newest !== undefined;
  const newProject = (
    <Button
      needs="CREATOR"
      variant={data && !hasProject ? "primary" : "secondary"}
      onClick={() => setDialog("project")}
    >
      <FolderPlus aria-hidden />
      New project
    </Button>
  );
  const newCharacter = (
    <Button needs="CREATOR" variant="primary" disabled={!hasProject} onClick={() => setDialog("character")}>
      <UserPlus aria-hidden />
      New character
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Characters"
        actions={
          <>
            {hasProject && (
              <Button needs="CREATOR" onClick={() => setDialog("groups")}>
                <Users aria-hidden />
                Groups
              </Button>
            )}
            {newProject}
            {hasProject && newCharacter}
          </>
        }
      />
      <div className="mb-3 flex flex-wrap gap-2">
        <SearchInput
          label="Search characters"
          value={search}
          onValueChange={setSearch}
          className="w-64 max-sm:w-full"
        />
        <ProjectPicker
          none="All projects"
          className="w-56 max-sm:w-full"
          value={projectId}
          onValueChange={chooseProject}
        />
        {(groups.length > 0 || groupId) && (
          <Select
            aria-label="Group"
            className="w-56 max-sm:w-full"
            value={groupId}
            onValueChange={setGroupId}
            options={[
              { value: "", label: "All groups" },
              ...groups.map(({ id, name, project }) => ({
                value: id,
                label: projectId ? name : `${name} (${project.name})`,
              })),
            ]}
          />
        )}
      </div>
      <Pages
        query={CharacterListQuery}
        variables={{ projectId: projectId || null, groupId: groupId || null, search: settled || null }}
        select={(page) => page.characters}
        loading={<SkeletonRows count={5} className="h-12" />}
        more={(load) => <LoadMore onLoad={load} />}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(characters, { offset }) =>
          offset === 0 && characters.length === 0 ? (
            settled ? (
              <EmptyState icon={Users} title={`No character matches “${settled}”`} />
            ) : groupId ? (
              <EmptyState icon={Users} title="Nobody is in this group">
                Select characters in the list of all and move them here.
              </EmptyState>
            ) : (
              <EmptyState icon={Users} title="No character yet" actions={hasProject ? newCharacter : newProject}>
                {hasProject
                  ? "A character brings its name, hair, outfit and the like to every scene type's prompts."
                  : "Characters live in a project. Create the project first."}
              </EmptyState>
            )
          ) : (
            <ul className="divide-y border-t last:border-b">
              {characters.map((character) => (
                <CharacterRow
                  key={character.id}
                  character={character}
                  isSelected={selected.has(character.id)}
                  onSelectedChange={(isSelected) => select(character, isSelected)}
                />
              ))}
            </ul>
          )
        }
      </Pages>
      <AssignBar selected={[...selected.values()]} groups={groups} onDone={() => setSelected(new Map())} />
      {dialog === "project" && <ProjectDialog onClose={() => setDialog(null)} onCreated={chooseProject} />}
      {dialog === "groups" && (
        <GroupsSheet initialProjectId={projectId || (newest ?? "")} onClose={() => setDialog(null)} />
      )}
      {dialog === "character" && (
        <CharacterDialog initialProjectId={projectId || (newest ?? "")} onClose={() => setDialog(null)} />
      )}
    </>
  );
}
