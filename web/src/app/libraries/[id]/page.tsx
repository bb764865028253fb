import type { Metadata } from "next";
import { Suspense } from "react";
import { LibraryDetail } from "#features/libraries/library-detail.tsx";

export const metadata: Metadata = { title: "Library" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <Suspense>
      <LibraryDetail id={decodeURIComponent(id)} />
    </Suspense>
  );
}
