import type { Metadata } from "next";
import { Suspense } from "react";
import { StartPage } from "#features/executions/start/start-page.tsx";

export const metadata: Metadata = { title: "Render the film" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <Suspense>
      <StartPage branchId={decodeURIComponent(id)} />
    </Suspense>
  );
}
