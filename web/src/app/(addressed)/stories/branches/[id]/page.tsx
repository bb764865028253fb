import type { Metadata } from "next";
import { BranchPage } from "#features/stories/branch/branch-page.tsx";

export const metadata: Metadata = { title: "Branch" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <BranchPage id={decodeURIComponent(id)} />;
}
