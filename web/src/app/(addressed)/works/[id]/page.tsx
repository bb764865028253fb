import type { Metadata } from "next";
import { WorkDetail } from "#features/works/work-detail.tsx";

export const metadata: Metadata = { title: "Work" };

export default async function WorkPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <WorkDetail id={decodeURIComponent(id)} />;
}
