"use client";

import { useMemo } from "react";
import { toEntries } from "#features/prompts/characters/metadata.ts";
import { graphql } from "#gql/gql.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import type { PromptVocabulary } from "#ui/prompt-editor/completions.ts";

const PromptVocabularyQuery = graphql(`
  query PromptVocabulary($sceneTypeId: ID!, $projectId: ID, $characterId: ID!, $hasCharacter: Boolean!) {
    metadataKeys(projectId: $projectId) {
      name
      count
    }
    sceneType(id: $sceneTypeId) {
      id
      project {
        id
        libraries {
          id
          name
          delimiter
          keys
        }
      }
    }
    character(id: $characterId) @include(if: $hasCharacter) {
      id
      name
      metadata
      project {
        id
        libraries {
          id
          name
          delimiter
          keys
        }
      }
    }
  }
`);

interface Place {
  sceneTypeId: string;
  projectId: string | null;
  /** The character that prompts are seen with; without one, keys that any character has count as known. */
  characterId: string | null;
}

/** What the prompts of a scene type may name: metadata keys and the keys of the project's libraries. */
export function useVocabulary({ sceneTypeId, projectId, characterId }: Place): PromptVocabulary {
  const [{ data }] = useQuery({
    query: PromptVocabularyQuery,
    variables: { sceneTypeId, projectId, characterId: characterId ?? sceneTypeId, hasCharacter: characterId !== null },
  });
  return useMemo(() => {
    if (!data) return { placeholders: null, libraryKeys: null };
    const { character, sceneType, metadataKeys } = data;
    const own = character ? toEntries(character.metadata).map(([key, value]) => ({ key, detail: value })) : null;
    const keys = own ?? metadataKeys.map(({ name, count }) => ({ key: name, detail: `${count}×` }));
    const name = { key: "character_name", detail: character?.name ?? "the character's name" };
    const project = character?.project ?? sceneType?.project;
    return {
      placeholders: keys.some(({ key }) => key === name.key) ? keys : [name, ...keys],
      libraryKeys: project
        ? project.libraries.flatMap((library) =>
            library.keys.map((key) => ({ key, library: library.name, delimiter: library.delimiter })),
          )
        : null,
    };
  }, [data]);
}
