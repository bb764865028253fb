import type { Metadata } from "next";
import { ExecutionPage } from "#features/executions/execution-page.tsx";

export const metadata: Metadata = { title: "Film" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ExecutionPage id={decodeURIComponent(id)} />;
}
