import { QueuePage } from "#features/queue/queue-page.tsx";
import { WorkflowDropTarget } from "#features/workflows/import/drop-target.tsx";

export default function HomePage() {
  return (
    <>
      <WorkflowDropTarget />
      <QueuePage />
    </>
  );
}
