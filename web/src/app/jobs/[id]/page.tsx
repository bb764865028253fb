import type { Metadata } from "next";
import { JobDetail } from "#features/queue/job-detail.tsx";

export const metadata: Metadata = { title: "Job" };

export default async function JobPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <JobDetail id={decodeURIComponent(id)} />;
}
