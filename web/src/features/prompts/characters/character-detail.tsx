"use client";

import { Clapperboard, Users } from "lucide-react";
import Link from "next/link";
import { CharacterActions } from "#features/prompts/characters/character-actions.tsx";
import { CharacterImages } from "#features/prompts/characters/character-images.tsx";
import { MetadataEditor } from "#features/prompts/characters/metadata-editor.tsx";
import { OverridePanel } from "#features/prompts/overrides/override-panel.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { mayLeave } from "#lib/hooks/use-unsaved-guard.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const CharacterDetailQuery = graphql(`
  query CharacterDetail($id: ID!) {
    character(id: $id) {
      id
      name
      project {
        id
        name
      }
      group {
        id
        name
      }
      ...MetadataEditor
      ...CharacterActions
      ...CharacterImages
    }
    sceneTypes(first: 200) {
      nodes {
        id
        name
        project {
          id
        }
      }
    }
  }
`);

/** A character: its metadata, and what it changes in each scene type's prompts. */
export function CharacterDetail({ id }: { id: string }) {
  const [result, refetch] = useQuery({ query: CharacterDetailQuery, variables: { id } });
  const [chosen, setChosen] = useUrlParam("scene");
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={4} className="h-24" />}>
      {({ character, sceneTypes }) => {
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
        const available = sceneTypes.nodes.filter(({ project }) => !project || project.id === character.project.id);
        const sceneType = available.find((each) => each.id === chosen) ?? available[0];
        return (
          <>
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
              {sceneType ? (
                <Panel
                  title="In the scene type"
                  actions={
                    <Select
                      aria-label="Scene type"
                      className="mb-1 w-60 max-sm:w-40"
                      value={sceneType.id}
                      onValueChange={(next) => mayLeave() && setChosen(next)}
                      options={available.map((each) => ({ value: each.id, label: each.name }))}
                    />
                  }
                >
                  <ErrorBoundary name="The overrides">
                    <OverridePanel
                      key={sceneType.id}
                      sceneTypeId={sceneType.id}
                      targets={{ character, group: character.group ?? null, project: character.project }}
                    />
                  </ErrorBoundary>
                </Panel>
              ) : (
                <EmptyState
                  icon={Clapperboard}
                  title="No scene type yet"
                  actions={
                    <Button asChild variant="primary">
                      <Link href="/scene-types">Create a scene type</Link>
                    </Button>
                  }
                >
                  With one, you can adjust its prompts for this character and generate takes.
                </EmptyState>
              )}
            </div>
          </>
        );
      }}
    </QueryPanel>
  );
}
