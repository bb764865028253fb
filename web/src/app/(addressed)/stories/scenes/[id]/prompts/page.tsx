import type { Metadata } from "next";
import { ScenePromptsPage } from "#features/scene-prompts/scene-prompts-page.tsx";

export const metadata: Metadata = { title: "Prompts of a scene" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ScenePromptsPage id={decodeURIComponent(id)} />;
}
