import type { Metadata } from "next";
import { Suspense } from "react";
import { CharacterList } from "#features/prompts/characters/character-list.tsx";

export const metadata: Metadata = { title: "Characters" };

export default function CharactersPage() {
  return (
    <Suspense>
      <CharacterList />
    </Suspense>
  );
}
