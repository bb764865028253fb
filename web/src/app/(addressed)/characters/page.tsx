import type { Metadata } from "next";
import { CharacterList } from "#features/prompts/characters/character-list.tsx";

export const metadata: Metadata = { title: "Characters" };

export default function CharactersPage() {
  return <CharacterList />;
}
