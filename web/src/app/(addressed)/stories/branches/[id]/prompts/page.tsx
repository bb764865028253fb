import type { Metadata } from "next";
import { BranchPromptsPage } from "#features/scene-prompts/branch-prompts-page.tsx";

export const metadata: Metadata = { title: "Prompts of a branch" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <BranchPromptsPage id={decodeURIComponent(id)} />;
}
