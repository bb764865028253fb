import type { Metadata } from "next";
import { StartPage } from "#features/executions/start/start-page.tsx";

export const metadata: Metadata = { title: "Render the film" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <StartPage branchId={decodeURIComponent(id)} />;
}
