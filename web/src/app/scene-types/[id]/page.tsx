import type { Metadata } from "next";
import { SceneTypeDetail } from "#features/prompts/scene-types/scene-type-detail.tsx";

export const metadata: Metadata = { title: "Scene type" };

export default async function SceneTypePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <SceneTypeDetail id={decodeURIComponent(id)} />;
}
