import type { Metadata } from "next";
import { ChapterDetail } from "#features/works/chapters/chapter-detail.tsx";

export const metadata: Metadata = { title: "Chapter" };

export default async function ChapterPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ChapterDetail id={decodeURIComponent(id)} />;
}
