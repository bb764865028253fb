import type { Metadata } from "next";
import { LibraryDetail } from "#features/libraries/library-detail.tsx";

export const metadata: Metadata = { title: "Library" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <LibraryDetail id={decodeURIComponent(id)} />;
}
