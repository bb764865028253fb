import type { Metadata } from "next";
import { WorkflowDetail } from "#features/workflows/workflow-detail.tsx";

export const metadata: Metadata = { title: "Workflow" };

export default async function WorkflowPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <WorkflowDetail id={decodeURIComponent(id)} />;
}
