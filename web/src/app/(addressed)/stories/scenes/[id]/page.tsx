import type { Metadata } from "next";
import { ScenePage } from "#features/stories/scene/scene-page.tsx";

export const metadata: Metadata = { title: "Scene" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ScenePage id={decodeURIComponent(id)} />;
}
