import type { Metadata } from "next";
import { Suspense } from "react";
import { LibrariesPage } from "#features/libraries/libraries-page.tsx";

export const metadata: Metadata = { title: "Libraries" };

export default function Page() {
  return (
    <Suspense>
      <LibrariesPage />
    </Suspense>
  );
}
