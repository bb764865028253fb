import type { Metadata } from "next";
import { BranchExecutionsPage } from "#features/executions/branch/branch-executions-page.tsx";

export const metadata: Metadata = { title: "Films" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <BranchExecutionsPage id={decodeURIComponent(id)} />;
}
