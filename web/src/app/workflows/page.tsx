import type { Metadata } from "next";
import { WorkflowDropTarget } from "#features/workflows/import/drop-target.tsx";
import { WorkflowList } from "#features/workflows/workflow-list.tsx";

export const metadata: Metadata = { title: "Workflows" };

export default function WorkflowsPage() {
  return (
    <>
      <WorkflowDropTarget />
      <WorkflowList />
    </>
  );
}
