"use client";

import { FolderPlus, UserPlus, Users } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useQuery } from "urql";
import { CharacterDialog } from "#features/prompts/characters/character-dialog.tsx";
import { ProjectDialog } from "#features/prompts/characters/project-dialog.tsx";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SearchInput } from "#ui/search-input.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { describeMetadata } from "#features/prompts/characters/metadata.ts";

const CharacterProjectsQuery = graphql(`
  query CharacterProjects {
    projects(first: 200) {
      nodes {
        id
        name
      }
    }
  }
`);

const CharacterListQuery = graphql(`
  query CharacterList($after: String, $projectId: ID, $search: String) {
    characters(first: 50, after: $after, projectId: $projectId, search: $search) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        name
        metadata
        project {
          id
          name
        }
      }
    }
  }
`);

/** Characters of all projects or of one. */
export function CharacterList() {
  const [projectId, setProjectId] = useUrlParam("project");
  const [search, setSearch] = useState("");
  const settled = useDebounced(search.trim(), 200);
  const [dialog, setDialog] = useState<"project" | "character" | null>(null);
  const [{ data }] = useQuery({ query: CharacterProjectsQuery });
  const projects = data?.projects.nodes ?? [];
  const hasProject = projects.length > 0;
  const newProject = (
    <Button variant={data && !hasProject ? "primary" : "secondary"} onClick={() => setDialog("project")}>
      <FolderPlus aria-hidden />
      New project
    </Button>
  );
  const newCharacter = (
    <Button variant="primary" disabled={!hasProject} onClick={() => setDialog("character")}>
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
        <Select
          aria-label="Project"
          className="w-56 max-sm:w-full"
          value={projectId}
          onValueChange={setProjectId}
          options={[
            { value: "", label: "All projects" },
            ...projects.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </div>
      <Pages
        query={CharacterListQuery}
        variables={{ projectId: projectId || null, search: settled || null }}
        select={(page) => page.characters}
        loading={<SkeletonRows count={5} className="h-12" />}
        more={(load) => <LoadMore onLoad={load} />}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(characters, { offset }) =>
          offset === 0 && characters.length === 0 ? (
            settled ? (
              <EmptyState icon={Users} title={`No character matches “${settled}”`} />
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
                <li key={character.id} className="py-2">
                  <Link
                    href={`/characters/${encodeURIComponent(character.id)}`}
                    className="text-lg font-medium hover:text-accent-ink"
                  >
                    {character.name}
                  </Link>
                  <p className="flex gap-x-3 text-ink-2">
                    <span className="shrink-0">{character.project.name}</span>
                    <span className="truncate text-ink-3">{describeMetadata(character.metadata)}</span>
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Pages>
      {dialog === "project" && <ProjectDialog onClose={() => setDialog(null)} onCreated={setProjectId} />}
      {dialog === "character" && (
        <CharacterDialog projects={projects} initialProjectId={projectId} onClose={() => setDialog(null)} />
      )}
    </>
  );
}
