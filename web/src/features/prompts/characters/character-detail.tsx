"use client";

import { Users } from "lucide-react";
import { CharacterActions } from "#features/prompts/characters/character-actions.tsx";
import { CharacterImages } from "#features/prompts/characters/character-images.tsx";
import { CharacterScenes } from "#features/prompts/characters/character-scenes.tsx";
import { MetadataEditor } from "#features/prompts/characters/metadata-editor.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Link } from "#ui/link.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const CharacterDetailQuery = graphql(`
  query CharacterDetail($id: ID!) {
    character(id: $id) {
      id
      name
      project {
        id
        name
        viewerRole
      }
      group {
        id
        name
      }
      ...MetadataEditor
      ...CharacterActions
      ...CharacterImages
    }
  }
`);

/** A character: its metadata, and what it changes in each scene type's prompts. */
export function CharacterDetail({ id }: { id: string }) {
  const [result, refetch] = useQuery({ query: CharacterDetailQuery, variables: { id } });
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={4} className="h-24" />}>
      {({ character }) => {
        if (!character) {
          return (
            <EmptyState
              icon={Users}
              title="This character does not exist"
              isPage
              actions={
                <Button asChild>
                  <Link href="/characters">All characters</Link>
                </Button>
              }
            />
          );
        }
        return (
          <ProjectAccess role={character.project.viewerRole}>
            <PageHeader
              title={character.name}
              parent={{ href: "/characters", label: "Characters" }}
              meta={character.project.name}
              actions={<CharacterActions character={character} />}
            />
            <div className="flex flex-col gap-8">
              <div className="grid gap-x-8 gap-y-8 xl:grid-cols-2">
                <ErrorBoundary name="The metadata">
                  <MetadataEditor key={character.id} character={character} />
                </ErrorBoundary>
                <ErrorBoundary name="The images">
                  <CharacterImages key={character.id} character={character} />
                </ErrorBoundary>
              </div>
              <CharacterScenes targets={{ character, group: character.group ?? null, project: character.project }} />
            </div>
          </ProjectAccess>
        );
      }}
    </QueryPanel>
  );
}
