"use client";

import { Clapperboard } from "lucide-react";
import { VariantForm } from "#features/takes-comparison/variant-form.tsx";
import { readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { CharacterPicker } from "#lib/graphql/pickers/character-picker.tsx";
import { SceneTypePicker } from "#lib/graphql/pickers/scene-type-picker.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { Button } from "#ui/button.tsx";
import { Editable } from "#ui/editable.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Field } from "#ui/field.tsx";
import { Link } from "#ui/link.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

/** What the address names, and the newest ones for when it names none. */
const ComparisonSubjectQuery = graphql(`
  query ComparisonSubject($sceneId: ID!, $hasScene: Boolean!, $characterId: ID!, $hasCharacter: Boolean!) {
    sceneType(id: $sceneId) @include(if: $hasScene) {
      ...ComparisonScene
    }
    sceneTypes(first: 1) {
      nodes {
        ...ComparisonScene
      }
    }
    character(id: $characterId) @include(if: $hasCharacter) {
      id
      project {
        id
        viewerRole
      }
    }
    characters(first: 1) {
      nodes {
        id
        project {
          id
          viewerRole
        }
      }
    }
  }
`);

const ComparisonSceneFields = graphql(`
  fragment ComparisonScene on SceneType {
    id
    project {
      id
    }
    workflow {
      id
      inputKind
    }
  }
`);

/** Choose scene type and character, then write the variants. */
export function NewComparison() {
  const [sceneId, setScene] = useUrlParam("scene");
  const [characterId, setCharacter] = useUrlParam("character");
  const [result, refetch] = useQuery({
    query: ComparisonSubjectQuery,
    variables: { sceneId, hasScene: sceneId !== "", characterId, hasCharacter: characterId !== "" },
  });
  return (
    <>
      <PageHeader title="New comparison" parent={{ href: "/comparisons", label: "Comparisons" }} />
      <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={3} className="h-16" />}>
        {({ sceneType: chosenScene, sceneTypes, character: chosenCharacter, characters }) => {
          const sceneType = readFragment(ComparisonSceneFields, chosenScene ?? sceneTypes.nodes[0]);
          const character = [chosenCharacter, characters.nodes[0]].find(
            (each) => each && (!sceneType?.project || sceneType.project.id === each.project.id),
          );
          if (!sceneType || characters.nodes.length === 0) {
            return (
              <EmptyState
                icon={Clapperboard}
                title={sceneType ? "No character yet" : "No scene type yet"}
                actions={
                  <Button asChild variant="primary">
                    <Link href={sceneType ? "/characters" : "/scene-types"}>
                      {sceneType ? "Create a character" : "Create a scene type"}
                    </Link>
                  </Button>
                }
              >
                A comparison renders a scene type for a character with several wordings.
              </EmptyState>
            );
          }
          return (
            <>
              <div className="mb-6 flex flex-wrap gap-3">
                <Field label="Scene type" className="w-64 max-sm:w-full">
                  <SceneTypePicker value={sceneType.id} onValueChange={setScene} />
                </Field>
                <Field label="Character" className="w-64 max-sm:w-full">
                  <CharacterPicker
                    placeholder="Choose a character"
                    projectId={sceneType.project?.id ?? null}
                    value={character?.id ?? ""}
                    onValueChange={setCharacter}
                  />
                </Field>
              </div>
              {character ? (
                <ProjectAccess role={character.project.viewerRole}>
                  <Editable needs="CREATOR">
                    <VariantForm
                      key={`${sceneType.id} ${character.id}`}
                      sceneTypeId={sceneType.id}
                      characterId={character.id}
                      inputKind={sceneType.workflow.inputKind}
                    />
                  </Editable>
                </ProjectAccess>
              ) : (
                <p className="text-ink-2">Choose a character of the scene type's project.</p>
              )}
            </>
          );
        }}
      </QueryPanel>
    </>
  );
}
