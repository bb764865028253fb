import type { Metadata } from "next";
import { CharacterDetail } from "#features/prompts/characters/character-detail.tsx";

export const metadata: Metadata = { title: "Character" };

export default async function CharacterPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <CharacterDetail id={decodeURIComponent(id)} />;
}
