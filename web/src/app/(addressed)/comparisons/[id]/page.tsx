import type { Metadata } from "next";
import { ComparisonDetail } from "#features/takes-comparison/comparison-detail.tsx";

export const metadata: Metadata = { title: "Comparison" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ComparisonDetail id={decodeURIComponent(id)} />;
}
