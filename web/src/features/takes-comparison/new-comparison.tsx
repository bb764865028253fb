"use client";

import { Clapperboard } from "lucide-react";
import Link from "next/link";
import { VariantForm } from "#features/takes-comparison/variant-form.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Field } from "#ui/field.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const ComparisonChoicesQuery = graphql(`
  query ComparisonChoices {
    sceneTypes(first: 200) {
      nodes {
        id
        name
        project {
          id
        }
        workflow {
          id
          inputKind
        }
      }
    }
    characters(first: 200) {
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

/** Choose scene type and character, then write the variants. */
export function NewComparison() {
  const [result, refetch] = useQuery({ query: ComparisonChoicesQuery });
  const [sceneParam, setScene] = useUrlParam("scene");
  const [characterParam, setCharacter] = useUrlParam("character");
  return (
    <>
      <PageHeader title="New comparison" parent={{ href: "/comparisons", label: "Comparisons" }} />
      <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={3} className="h-16" />}>
        {({ sceneTypes, characters }) => {
          const sceneType = sceneTypes.nodes.find(({ id }) => id === sceneParam) ?? sceneTypes.nodes[0];
          const fitting = characters.nodes.filter(
            ({ project }) => !sceneType?.project || sceneType.project.id === project.id,
          );
          const character = fitting.find(({ id }) => id === characterParam) ?? fitting[0];
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
                  <Select
                    value={sceneType.id}
                    onValueChange={setScene}
                    options={sceneTypes.nodes.map(({ id, name }) => ({ value: id, label: name }))}
                  />
                </Field>
                <Field label="Character" className="w-64 max-sm:w-full">
                  <Select
                    value={character?.id ?? ""}
                    onValueChange={setCharacter}
                    options={fitting.map(({ id, name, project }) => ({
                      value: id,
                      label: `${name} (${project.name})`,
                    }))}
                  />
                </Field>
              </div>
              {character ? (
                <VariantForm
                  key={`${sceneType.id} ${character.id}`}
                  sceneTypeId={sceneType.id}
                  characterId={character.id}
                  inputKind={sceneType.workflow.inputKind}
                />
              ) : (
                <p className="text-ink-2">The scene type's project has no character.</p>
              )}
            </>
          );
        }}
      </QueryPanel>
    </>
  );
}
