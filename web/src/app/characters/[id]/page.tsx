import type { Metadata } from "next";
import { Suspense } from "react";
import { CharacterDetail } from "#features/prompts/characters/character-detail.tsx";

export const metadata: Metadata = { title: "Character" };

export default async function CharacterPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <Suspense>
      <CharacterDetail id={decodeURIComponent(id)} />
    </Suspense>
  );
}
