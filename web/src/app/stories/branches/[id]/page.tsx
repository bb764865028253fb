import type { Metadata } from "next";
import { Suspense } from "react";
import { BranchPage } from "#features/stories/branch/branch-page.tsx";

export const metadata: Metadata = { title: "Branch" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <Suspense>
      <BranchPage id={decodeURIComponent(id)} />
    </Suspense>
  );
}
